"""Writes of payments, by what happens to the money."""
