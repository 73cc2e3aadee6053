"""Registers the fork of Oscar's basket app."""

from oscar.apps.basket.apps import BasketConfig as Core

from apps.shop.quiet import QuietConfig


class BasketConfig(QuietConfig, Core):
    """Oscar's basket app, quiet."""

    name = "apps.shop.basket"

    def ready(self) -> None:
        """Handlers register themselves on import."""
        from apps.shop.basket import handlers
