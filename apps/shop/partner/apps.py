"""Registers the fork of Oscar's partner app."""

from oscar.apps.partner.apps import PartnerConfig as Core

from apps.shop.quiet import QuietConfig


class PartnerConfig(QuietConfig, Core):
    """Oscar's partner app, quiet."""

    name = "apps.shop.partner"
