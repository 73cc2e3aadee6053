"""What each of a vendor's orders has earned, with every fee, and where that money is now."""

import datetime as dt
from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet, Sum
from django_stubs_ext import StrOrPromise

from apps.kernel.clock import VIETNAM
from apps.ledger.books import AccountKind, EntryKind
from apps.ledger.models import Posting
from apps.ledger.selectors import vendor_postings
from apps.ordering.models import VendorOrder
from apps.ordering.services import RETURN_WITHIN
from apps.ordering.states import VendorOrderState
from apps.payouts.models import Payout
from apps.payouts.selectors import payouts_of
from apps.payouts.services.runs import claim_key
from apps.payouts.statements.lines import histories_of, named
from apps.vendors.models import Vendor
from apps.vendors.scoping import for_vendor


@dataclass(frozen=True, slots=True)
class Earning:
    """One vendor order in dong: what it consists of, what is left of it, and where that is."""

    order: VendorOrder
    parts: list[tuple[StrOrPromise, int]]
    amount: int
    # `held` until a day (none: until the money is here), `due` for the next payout, or in a `payout`.
    where: str
    until: dt.date | None = None
    payout: Payout | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """Held money that becomes due on a day; without one it waits for a carrier's cash or the end of a dispute."""

    day: dt.date | None
    amount: int


def earned(*, vendor: Vendor) -> QuerySet[Posting]:
    """Postings that say what an order has earned, the newest first; give a page of them to `earnings`."""
    return vendor_postings(vendor_id=vendor.pk, kind=AccountKind.PENDING).filter(entry__kind=EntryKind.EARNED)


def earnings(postings: Iterable[Posting], *, vendor: Vendor) -> list[Earning]:
    """A page of orders with their money; seven queries."""
    numbers = [posting.entry.part_number for posting in postings]
    orders = {order.number: order for order in _orders(vendor, numbers)}
    histories, held = histories_of(numbers), _held(vendor, numbers)
    released, payouts = _released(vendor, numbers), _claims(vendor)
    found = []
    for number in numbers:
        pieces = histories[number].pieces()
        where: str = "held" if held.get(number) else "due"
        payout = None
        if where == "due" and (place := bisect(payouts[0], released.get(number, 0))) < len(payouts[0]):
            where, payout = "payout", payouts[1][place]
        order = orders[number]
        until = free_on(order) if where == "held" else None
        found.append(Earning(order, named(pieces), sum(pieces.values()), where, until, payout))
    return found


def releases(*, vendor: Vendor) -> list[Release]:
    """When the money that is held becomes due, the nearest day first; two queries."""
    held = _held(vendor)
    days: dict[dt.date | None, int] = {}
    for order in _orders(vendor, held):
        day = free_on(order)
        days[day] = days.get(day, 0) + held[order.number]
    return [Release(day, days[day]) for day in sorted(days, key=lambda day: day or dt.date.max)]


def free_on(order: VendorOrder) -> dt.date | None:
    """The day on which the days for returns are over; None when something else holds the money."""
    if order.state != VendorOrderState.DELIVERED or order.delivered_at is None:
        return None
    return (order.delivered_at + RETURN_WITHIN).astimezone(VIETNAM).date()


def _orders(vendor: Vendor, numbers: Iterable[str]) -> QuerySet[VendorOrder]:
    return for_vendor(VendorOrder.objects.filter(number__in=list(numbers)), vendor=vendor)


def _held(vendor: Vendor, numbers: Iterable[str] | None = None) -> dict[str, int]:
    """Dong still held, by number of the vendor order; of all orders, or of some."""
    pending = vendor_postings(vendor_id=vendor.pk, kind=AccountKind.PENDING).select_related(None).order_by()
    if numbers is not None:
        pending = pending.filter(entry__part_number__in=list(numbers))
    sums = pending.values_list("entry__part_number").annotate(sum=Sum("amount")).exclude(sum=0)
    return {number: -total for number, total in sums}


def _released(vendor: Vendor, numbers: Iterable[str]) -> dict[str, int]:
    """The latest posting that made an order's money due."""
    due = vendor_postings(vendor_id=vendor.pk, kind=AccountKind.PAYABLE).filter(entry__kind=EntryKind.RELEASED)
    rows = due.filter(entry__part_number__in=list(numbers)).order_by("pk")
    return dict(rows.values_list("entry__part_number", "pk"))


def _claims(vendor: Vendor) -> tuple[list[int], list[Payout]]:
    """The postings that took the balance, oldest first, each with its payout."""
    payouts = {claim_key(payout): payout for payout in payouts_of(vendor=vendor)}
    due = vendor_postings(vendor_id=vendor.pk, kind=AccountKind.PAYABLE).filter(entry__kind=EntryKind.PAYOUT_CLAIMED)
    claims = list(due.order_by("pk").values_list("pk", "entry__key"))
    return [pk for pk, _key in claims], [payouts[key] for _pk, key in claims]
