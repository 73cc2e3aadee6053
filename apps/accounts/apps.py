"""Registers accounts."""

from django.apps import AppConfig
from django.urls import register_converter

from apps.kernel.row_ids import RowId


class AccountsConfig(AppConfig):
    """People who sign in."""

    name = "apps.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Addresses of all interfaces name rows by `<id:...>`; handlers register themselves on import."""
        from apps.accounts import handlers  # noqa: F401 (importing it registers them)

        register_converter(RowId, "id")
