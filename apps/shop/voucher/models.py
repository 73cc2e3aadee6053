"""Voucher codes, as Oscar has them."""

from oscar.apps.voucher.models import *
