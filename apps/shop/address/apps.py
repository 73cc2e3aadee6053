"""Registers the fork of Oscar's address app."""

from oscar.apps.address.apps import AddressConfig as Core

from apps.shop.quiet import QuietConfig


class AddressConfig(QuietConfig, Core):
    """Oscar's address app, quiet."""

    name = "apps.shop.address"
