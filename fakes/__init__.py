"""Local stand-ins that speak a provider's protocol over a socket: for tests, and for the demo that has no contracts."""
