"""Template libraries of all three interfaces."""
