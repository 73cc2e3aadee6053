"""Registers the fork of Oscar's catalogue app."""

from oscar.apps.catalogue.apps import CatalogueConfig as Core

from apps.shop.quiet import QuietConfig


class CatalogueConfig(QuietConfig, Core):
    """Oscar's catalogue app, quiet."""

    name = "apps.shop.catalogue"
