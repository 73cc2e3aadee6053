"""Registers the demo."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """An invented shop: never installed in production."""

    name = "apps.demo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Handlers register themselves on import."""
        from apps.demo import handlers  # noqa: F401 (importing it registers them)
