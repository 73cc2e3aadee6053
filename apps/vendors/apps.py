"""Registers vendors."""

from django.apps import AppConfig


class VendorsConfig(AppConfig):
    """Who sells, who may act for them, and the scope that keeps vendors apart."""

    name = "apps.vendors"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enters its tables into the register of personal data."""
        from apps.vendors import personal  # noqa: F401 (importing it registers them)
