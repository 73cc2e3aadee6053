"""Registers backoffice."""

from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    """The shop as admins keep it."""

    name = "apps.backoffice"
    default_auto_field = "django.db.models.BigAutoField"
