"""Registers the fork of Oscar's voucher app."""

from oscar.apps.voucher.apps import VoucherConfig as Core

from apps.shop.quiet import QuietConfig


class VoucherConfig(QuietConfig, Core):
    """Oscar's voucher app, quiet."""

    name = "apps.shop.voucher"
