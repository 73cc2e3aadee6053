"""Registers listings."""

from django.apps import AppConfig


class ListingsConfig(AppConfig):
    """A vendor's product from draft to published."""

    name = "apps.listings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Registers the handlers of jobs."""
        from apps.listings import handlers  # noqa: F401 (importing it registers them)
