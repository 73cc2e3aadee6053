"""Registers fees."""

from django.apps import AppConfig


class FeesConfig(AppConfig):
    """Commission rules and tax rates."""

    name = "apps.fees"
    default_auto_field = "django.db.models.BigAutoField"
