"""The layers of the marketplace, from the kernel up to the interfaces."""
