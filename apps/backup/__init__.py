"""Backups of the whole shop, database and files, and the way back."""
