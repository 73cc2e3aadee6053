"""Registers payments."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Money in, through a provider behind one port."""

    name = "apps.payments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the job handlers."""
        from apps.payments import following, handlers, personal  # noqa: F401 (importing them registers them)
