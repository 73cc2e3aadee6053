"""Registers the fork of Oscar's catalogue.reviews app."""

from oscar.apps.catalogue.reviews.apps import CatalogueReviewsConfig as Core

from apps.shop.quiet import QuietConfig


class CatalogueReviewsConfig(QuietConfig, Core):
    """Oscar's catalogue.reviews app, quiet."""

    name = "apps.shop.catalogue.reviews"
