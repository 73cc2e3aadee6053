"""Registers search."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    """What shoppers mean, and finding it."""

    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Changes of the shop are noted by triggers, from the first `migrate` on."""
        from search import handlers, personal  # noqa: F401 (importing them registers them)
        from search.index import follow  # noqa: F401 (importing it registers it)
        from search.index.triggers import ensure

        post_migrate.connect(ensure, sender=self, dispatch_uid="search.index.triggers")
