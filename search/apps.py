"""Registers search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """What shoppers mean, and finding it."""

    name = "search"
    default_auto_field = "django.db.models.BigAutoField"
