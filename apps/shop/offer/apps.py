"""Registers the fork of Oscar's offer app."""

from oscar.apps.offer.apps import OfferConfig as Core

from apps.shop.quiet import QuietConfig


class OfferConfig(QuietConfig, Core):
    """Oscar's offer app, quiet."""

    name = "apps.shop.offer"
