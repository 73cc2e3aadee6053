"""Registers the fork of Oscar's order app."""

from oscar.apps.order.apps import OrderConfig as Core

from apps.shop.quiet import QuietConfig


class OrderConfig(QuietConfig, Core):
    """Oscar's order app, quiet."""

    name = "apps.shop.order"
