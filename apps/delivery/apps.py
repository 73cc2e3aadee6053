"""Registers delivery."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Carriers, zones and tariffs."""

    name = "apps.delivery"
    default_auto_field = "django.db.models.BigAutoField"
