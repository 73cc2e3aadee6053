"""The shop as vendors run it."""
