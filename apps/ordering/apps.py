"""Registers ordering."""

from django.apps import AppConfig


class OrderingConfig(AppConfig):
    """Orders split by vendor and driven through their life."""

    name = "apps.ordering"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Registers the handlers of jobs."""
        from apps.ordering import handlers, personal  # noqa: F401 (importing them registers them)
