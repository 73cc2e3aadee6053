"""Statements: of a payout since the one before, and of a month."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from apps.kernel.clock import VIETNAM
from apps.ledger.books import AccountKind, EntryKind
from apps.ledger.models import Posting
from apps.ledger.selectors import vendor_postings
from apps.payouts.models import Payout
from apps.payouts.selectors import payout_of
from apps.payouts.services.runs import claim_key
from apps.payouts.statements.lines import Line, Pieces, lines_of, named, summed
from apps.vendors.models import Vendor


@dataclass(frozen=True, slots=True)
class Statement:
    """Lines in dong between two balances: `opening` plus all lines is `closing`."""

    vendor: Vendor
    # A payout's number, or a month: `11/2026`.
    title: str
    lines: list[Line]
    opening: int
    payout: Payout | None = None

    @property
    def closing(self) -> int:
        """What is due at the end: the payout, or what a month leaves."""
        return self.opening + sum(line.amount for line in self.lines)

    @property
    def pieces(self) -> Pieces:
        """All lines together, by what they consist of."""
        return summed(self.lines)

    @property
    def totals(self) -> list[tuple[StrOrPromise, int]]:
        """The same with names."""
        return named(self.pieces)


def of_payout(*, vendor: Vendor, pk: int) -> Statement:
    """What a payout of this vendor's consists of; raises Payout.DoesNotExist.

    A payout takes the whole balance, so it is the sum of what was booked since the one before took it: whatever became
    of that one, and whatever was booked later.
    """
    payout = payout_of(vendor=vendor, pk=pk)
    return statement_of(payout)


def statement_of(payout: Payout) -> Statement:
    """The same for admins, who may look at any payout."""
    due = vendor_postings(vendor_id=payout.vendor_id, kind=AccountKind.PAYABLE)
    claim = due.get(entry__key=claim_key(payout))
    before = due.filter(entry__kind=EntryKind.PAYOUT_CLAIMED, pk__lt=claim.pk).first()
    since = due.filter(pk__lt=claim.pk, pk__gt=before.pk if before else 0).order_by("pk")
    return Statement(payout.vendor, _("Payout %(number)s") % {"number": payout.number}, lines_of(since), 0, payout)


def of_month(*, vendor: Vendor, month: dt.date) -> Statement:
    """What was due to the vendor, and paid out, in the month that begins on this day, in Vietnamese time."""
    start = dt.datetime.combine(month, dt.time(), VIETNAM)
    due = vendor_postings(vendor_id=vendor.pk, kind=AccountKind.PAYABLE)
    inside = due.filter(entry__booked_at__gte=start, entry__booked_at__lt=_next(start)).order_by("pk")
    before = due.order_by().filter(entry__booked_at__lt=start).aggregate(sum=Coalesce(Sum("amount"), 0))
    return Statement(vendor, f"{month:%m/%Y}", lines_of(inside), -before["sum"])


def months_of(*, vendor: Vendor) -> list[dt.date]:
    """The months in which anything became due to the vendor or was paid out, the latest first."""
    due: QuerySet[Posting] = vendor_postings(vendor_id=vendor.pk, kind=AccountKind.PAYABLE).select_related(None)
    months = due.annotate(month=TruncMonth("entry__booked_at", tzinfo=VIETNAM)).order_by("-month")
    return [month.date() for month in months.values_list("month", flat=True).distinct()]


def _next(start: dt.datetime) -> dt.datetime:
    return (start.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
