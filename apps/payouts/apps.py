"""Registers payouts."""

from django.apps import AppConfig


class PayoutsConfig(AppConfig):
    """What vendors have earned, on its way to their banks; their statements, and the taxes withheld."""

    name = "apps.payouts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register job handlers, what is done about notices, and personal data."""
        from apps.payouts import following, handlers, personal  # noqa: F401 (importing them registers them)
