"""Registers the fork of Oscar's order app."""

from oscar.apps.order.apps import OrderConfig as Core

from apps.shop.quiet import QuietConfig


class OrderConfig(QuietConfig, Core):
    """Oscar's order app, quiet."""

    name = "apps.shop.order"

    def ready(self) -> None:
        """Enters the personal data of all of Oscar's tables."""
        from apps.shop import personal
