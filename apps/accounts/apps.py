"""Registers accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in."""

    name = "apps.accounts"
    default_auto_field = "django.db.models.BigAutoField"
