"""Registers the ledger."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Every dong that moves, in double entry."""

    name = "apps.ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which of its tables hold personal data: none."""
        from apps.ledger import personal  # noqa: F401 (importing it registers it)
