"""Dates, times and numbers as Vietnamese readers write them, in both languages."""
