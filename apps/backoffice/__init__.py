"""The shop as admins keep it."""
