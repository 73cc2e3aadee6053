"""Whether a vendor order has earned its vendor anything yet, and on which account that lies."""

from apps.ledger.books import AccountKind, EntryKind
from apps.ledger.models import Entry
from apps.ordering.models import VendorOrder


def held_on(part: VendorOrder) -> AccountKind | None:
    """PENDING while the earning is held, PAYABLE once it is released, None before anything was earned.

    True as long as the caller keeps the share's row locked.
    """
    last = (
        Entry.objects.filter(part_number=part.number, kind__in=[EntryKind.EARNED, EntryKind.RELEASED, EntryKind.HELD])
        .order_by("-pk")
        .values_list("kind", flat=True)
        .first()
    )
    if last is None:
        return None
    return AccountKind.PAYABLE if last == EntryKind.RELEASED else AccountKind.PENDING
