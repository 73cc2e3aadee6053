"""Taxes withheld from households and people, as the ledger has them: by month for the tax office, by year for a vendor.

Decree 117/2025/NĐ-CP: the platform withholds of every sale that succeeded, declares month by month, and offsets what
goes back with returns in the month in which it goes back.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import TruncMonth

from apps.kernel.clock import VIETNAM
from apps.ledger.books import AccountKind, EntryKind
from apps.ledger.models import Posting
from apps.vendors.models import Vendor

_SALE = (EntryKind.EARNED,)
_RETURN = (EntryKind.REFUND_CLAIMED, EntryKind.REFUND_FAILED)
_REVENUE = (AccountKind.SHOPPERS, AccountKind.PROMOTIONS, AccountKind.REFUNDING)
_OWED = (AccountKind.PENDING, AccountKind.PAYABLE)
# Whether it was a sale, and the kind of account: the field of `Tax` that it moves, and the sign.
_COUNTED: dict[tuple[bool, str], tuple[str, int]] = {
    **dict.fromkeys(((True, kind) for kind in _REVENUE), ("revenue", 1)),
    **dict.fromkeys(((False, kind) for kind in _REVENUE), ("returned", -1)),
    (True, AccountKind.TAX_VAT): ("vat", -1),
    (False, AccountKind.TAX_VAT): ("vat_back", 1),
    (True, AccountKind.TAX_PIT): ("pit", -1),
    (False, AccountKind.TAX_PIT): ("pit_back", 1),
}


@dataclass(slots=True)
class Tax:
    """One vendor's month, or several together, in dong: sold and withheld, and what of both went back."""

    revenue: int = 0
    returned: int = 0
    vat: int = 0
    vat_back: int = 0
    pit: int = 0
    pit_back: int = 0

    @property
    def net_revenue(self) -> int:
        """What was sold and kept."""
        return self.revenue - self.returned

    @property
    def net_vat(self) -> int:
        """VAT to hand to the tax office; below zero when more went back than was sold."""
        return self.vat - self.vat_back

    @property
    def net_pit(self) -> int:
        """Income tax to hand to the tax office; below zero when more went back than was sold."""
        return self.pit - self.pit_back

    def add(self, other: "Tax") -> None:
        """Count another month or vendor in."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


Row = tuple[int, dt.date, str, str, int]


def month_taxes(month: dt.date) -> list[tuple[Vendor, Tax]]:
    """Every vendor that sold or took back in the month that begins on this day, by name; two queries."""
    found = _taxes(_rows(month, _next_month(month)))
    taxes: defaultdict[int, Tax] = defaultdict(Tax)
    for (vendor_id, _month), tax in found.items():
        taxes[vendor_id].add(tax)
    vendors = Vendor.objects.filter(pk__in=taxes).select_related("commune__province").order_by("name", "pk")
    return [(vendor, taxes[vendor.pk]) for vendor in vendors]


def year_taxes(*, vendor: Vendor, year: int) -> list[tuple[dt.date, Tax]]:
    """The months of a year in which the vendor sold or took back, in their order; one query."""
    found = _taxes(_rows(dt.date(year, 1, 1), dt.date(year + 1, 1, 1), vendor))
    return [(month, tax) for (_vendor_id, month), tax in sorted(found.items())]


def together(taxes: Iterable[Tax]) -> Tax:
    """The sum."""
    whole = Tax()
    for tax in taxes:
        whole.add(tax)
    return whole


def months() -> list[dt.date]:
    """The months in which anything was sold, the latest first; the first days of them."""
    sold = Posting.objects.filter(entry__kind__in=_SALE, account__kind__in=_OWED)
    found = sold.annotate(month=TruncMonth("entry__booked_at", tzinfo=VIETNAM)).order_by("-month")
    return [month.date() for month in found.values_list("month", flat=True).distinct()]


def _rows(start: dt.date, end: dt.date, vendor: Vendor | None = None) -> QuerySet[Posting, Row]:
    """Sums by vendor, month, kind of entry and kind of account, between two days in Vietnamese time."""
    owed = Posting.objects.filter(entry=OuterRef("entry"), account__kind__in=_OWED)
    postings = Posting.objects.filter(
        entry__kind__in=[*_SALE, *_RETURN],
        account__kind__in=[*_REVENUE, AccountKind.TAX_VAT, AccountKind.TAX_PIT],
        entry__booked_at__gte=dt.datetime.combine(start, dt.time(), VIETNAM),
        entry__booked_at__lt=dt.datetime.combine(end, dt.time(), VIETNAM),
    ).annotate(
        whose=Subquery(owed.values("account__vendor_id")[:1]),
        month=TruncMonth("entry__booked_at", tzinfo=VIETNAM),
    )
    # What went back before anything was earned never was the vendor's, nor taxed.
    postings = postings.exclude(whose=None) if vendor is None else postings.filter(whose=vendor.pk)
    grouped = postings.order_by().values_list("whose", "month", "entry__kind", "account__kind")
    return grouped.annotate(sum=Sum("amount"))


def _taxes(rows: Iterable[Row]) -> dict[tuple[int, dt.date], Tax]:
    taxes: defaultdict[tuple[int, dt.date], Tax] = defaultdict(Tax)
    for vendor_id, month, entry_kind, account, amount in rows:
        tax = taxes[vendor_id, dt.date(month.year, month.month, 1)]
        name, sign = _COUNTED[entry_kind in _SALE, account]
        setattr(tax, name, getattr(tax, name) + sign * amount)
    return dict(taxes)


def _next_month(month: dt.date) -> dt.date:
    return (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
