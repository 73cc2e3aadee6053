"""Registers vendors."""

from django.apps import AppConfig


class VendorsConfig(AppConfig):
    """Who sells, who may act for them, and the scope that keeps vendors apart."""

    name = "apps.vendors"
    default_auto_field = "django.db.models.BigAutoField"
