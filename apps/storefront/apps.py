"""Registers storefront."""

from django.apps import AppConfig


class StorefrontConfig(AppConfig):
    """The shop as shoppers see it."""

    name = "apps.storefront"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Checks and handlers register themselves on import."""
        from apps.storefront import checks, handlers  # noqa: F401 (importing them registers them)
