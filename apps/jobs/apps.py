"""Registers jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Work that commits with the business row and runs after it; who did what."""

    name = "apps.jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Handlers register themselves on import."""
        from apps.jobs import handlers  # noqa: F401 (importing it registers them)
