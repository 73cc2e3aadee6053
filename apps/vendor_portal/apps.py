"""Registers vendor_portal."""

from django.apps import AppConfig


class VendorPortalConfig(AppConfig):
    """The shop as vendors run it."""

    name = "apps.vendor_portal"
    default_auto_field = "django.db.models.BigAutoField"
