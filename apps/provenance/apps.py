"""Registers provenance."""

from django.apps import AppConfig


class ProvenanceConfig(AppConfig):
    """What proves where a product comes from."""

    name = "apps.provenance"
    default_auto_field = "django.db.models.BigAutoField"
