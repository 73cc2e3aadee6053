"""Every change of stock: guarded UPDATEs in primary-key order, so that nothing is oversold and nobody deadlocks."""

from collections.abc import Mapping

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from apps.kernel.errors import DomainError
from apps.shop.partner.models import StockRecord


class OutOfStock(DomainError):
    """A line asks for more than is left, or for something that is no longer on sale."""

    def __init__(self, stockrecord_id: int) -> None:
        super().__init__(_("Some goods have just sold out."))
        self.stockrecord_id = stockrecord_id


class StockBelowOrders(DomainError):
    """A vendor tried to set a stock lower than what is already promised to shoppers."""


class StockMismatch(RuntimeError):
    """More units were to leave the allocation than are in it: a programming error, never a user's."""


def reserve(*, quantities: Mapping[int, int]) -> None:
    """Allocate units (stock record id -> quantity) inside the caller's transaction.

    Raises OutOfStock for the first record that cannot give its quantity; the caller's transaction then rolls back.
    """
    for stockrecord_id in sorted(quantities):
        quantity = quantities[stockrecord_id]
        # Only columns of this table may be filtered on: over a join PostgreSQL re-checks with an old snapshot.
        taken = StockRecord.objects.filter(
            pk=stockrecord_id, vendor_open=True, listed=True, num_in_stock__gte=F("num_allocated") + quantity
        ).update(num_allocated=F("num_allocated") + quantity)
        if not taken:
            raise OutOfStock(stockrecord_id)


def release(*, quantities: Mapping[int, int]) -> None:
    """Give back what a cancelled order had allocated."""
    for stockrecord_id in sorted(quantities):
        quantity = quantities[stockrecord_id]
        given_back = StockRecord.objects.filter(pk=stockrecord_id, num_allocated__gte=quantity).update(
            num_allocated=F("num_allocated") - quantity
        )
        if not given_back:
            raise StockMismatch(stockrecord_id)


def consume(*, quantities: Mapping[int, int]) -> None:
    """Take allocated units out of stock when they are handed to a carrier."""
    for stockrecord_id in sorted(quantities):
        quantity = quantities[stockrecord_id]
        taken_out = StockRecord.objects.filter(pk=stockrecord_id, num_allocated__gte=quantity).update(
            num_in_stock=F("num_in_stock") - quantity, num_allocated=F("num_allocated") - quantity
        )
        if not taken_out:
            raise StockMismatch(stockrecord_id)


def set_vendor_open(*, partner_id: int, is_open: bool) -> None:
    """Open or close all records of a vendor, locked in the same order as a sale takes them."""
    records = StockRecord.objects.filter(partner_id=partner_id)
    locked = list(records.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    StockRecord.objects.filter(pk__in=locked).update(vendor_open=is_open)


def set_level(*, stockrecord_id: int, available: int) -> None:
    """Set the units that can still be sold; units promised to open orders stay on top of them."""
    if available < 0:
        raise StockBelowOrders(_("Stock cannot be negative."))
    StockRecord.objects.filter(pk=stockrecord_id).update(num_in_stock=F("num_allocated") + available)
