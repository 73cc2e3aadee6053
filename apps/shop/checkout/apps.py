"""Registers the fork of Oscar's checkout app."""

from oscar.apps.checkout.apps import CheckoutConfig as Core

from apps.shop.quiet import QuietConfig


class CheckoutConfig(QuietConfig, Core):
    """Oscar's checkout app, quiet."""

    name = "apps.shop.checkout"
