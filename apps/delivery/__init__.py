"""Carriers, zones and tariffs."""
