"""Registers purchase."""

from django.apps import AppConfig


class PurchaseConfig(AppConfig):
    """One submit of a checkout: order and payment rows in one transaction."""

    name = "apps.purchase"
    default_auto_field = "django.db.models.BigAutoField"
