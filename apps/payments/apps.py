"""Registers payments."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Money in, through a provider behind one port."""

    name = "apps.payments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register checks, job handlers and what is personal."""
        from apps.payments import checks, following, handlers, personal  # noqa: F401 (they register themselves)
