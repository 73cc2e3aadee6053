"""Registers the fork of Oscar's shipping app."""

from oscar.apps.shipping.apps import ShippingConfig as Core

from apps.shop.quiet import QuietConfig


class ShippingConfig(QuietConfig, Core):
    """Oscar's shipping app, quiet."""

    name = "apps.shop.shipping"
