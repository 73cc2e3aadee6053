"""Registers provenance."""

from django.apps import AppConfig


class ProvenanceConfig(AppConfig):
    """What proves where a product comes from."""

    name = "apps.provenance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enters its tables into the register of personal data."""
        from apps.provenance import personal  # noqa: F401 (importing it registers them)
