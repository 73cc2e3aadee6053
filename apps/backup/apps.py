"""Registers backup."""

from django.apps import AppConfig


class BackupConfig(AppConfig):
    """Backups of the whole shop, database and files, and the way back; it has no tables and knows none by name."""

    name = "apps.backup"
