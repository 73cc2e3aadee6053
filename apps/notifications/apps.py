"""Registers notifications and their handlers."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Tells people what happened."""

    name = "apps.notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Handlers register themselves on import."""
        from apps.notifications import handlers, personal  # noqa: F401 (importing them registers them)
