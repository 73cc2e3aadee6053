"""What the counts of searches tell: admins about their words and synonyms, vendors about what is wanted near them."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery, Sum

from apps.kernel.clock import today
from apps.kernel.memo import kept_for
from apps.listings.models import Listing
from apps.listings.states import ListingState
from apps.vendors.models import Vendor
from apps.vendors.scoping import for_vendor
from search.asked import RARE
from search.models import Asked
from search.request import SearchRequest
from search.words import folded_words

NEAR_DAYS = 30
MOST_NEAR = 10
FEW_NEAR = 5  # with fewer searches near a vendor, those of the whole country say more
LEAST_SEEN = 10  # of fewer lists a rate says nothing
LOW_RATE = 4  # one list in so many is opened: of what is shown, that is little
_LOOKED_THROUGH = 500
_KEPT_SECONDS = 60


class Report(StrEnum):
    """What admins ask the counts; the value stands in the address."""

    ASKED = "nhieu"
    MISSED = "khong-thay"
    UNOPENED = "it-mo"


@dataclass(frozen=True, slots=True)
class Line:
    """The searches for the same words in some days; `results` are those of the latest one."""

    folded: str
    words: str
    times: int
    missed: int
    seen: int
    opened: int
    results: int

    @property
    def query(self) -> str:
        """The search itself, as the query of an address."""
        return SearchRequest(q=self.words).query_string()

    @property
    def open_rate(self) -> int | None:
        """Of a hundred lists that were shown, how many were opened; None while none was."""
        return round(100 * self.opened / self.seen) if self.seen else None


@dataclass(frozen=True, slots=True)
class Near:
    """What shoppers want, for one vendor: most wanted, whether near it, and what they look for in vain."""

    wanted: list[Line]
    is_near: bool
    missed: list[Line]


def report(kind: Report, *, days: int) -> QuerySet[Any, Any]:
    """Rows for `line`, of the last so many days, today included; what matters most comes first."""
    rows = _summed(_since(days))
    if kind is Report.MISSED:
        return rows.filter(n_missed__gt=0).order_by("-n_missed", "folded")
    if kind is Report.UNOPENED:
        seldom = rows.filter(n_seen__gte=LEAST_SEEN, n_opened__lte=F("n_seen") / LOW_RATE)
        return seldom.order_by(F("n_opened") - F("n_seen"), "folded")
    return rows.order_by("-n_times", "folded")


def line(row: dict[str, Any]) -> Line:
    """A row of a report."""
    return Line(
        folded=row["folded"],
        words=row["shown"] or row["folded"],
        times=row["n_times"],
        missed=row["n_missed"],
        seen=row["n_seen"],
        opened=row["n_opened"],
        results=row["latest"],
    )


def near(*, vendor: Vendor) -> Near:
    """What is searched for near a vendor; only words that were asked three times, so that nobody's own are shown."""
    here = _frequent(vendor.commune.province_id)
    everywhere = _frequent("")
    wanted = [each for each in here if each.missed < each.times]
    is_near = len(wanted) >= FEW_NEAR
    if not is_near:
        wanted = [each for each in everywhere if each.missed < each.times]
    own = _pairs_of_goods(vendor=vendor)
    vain = [each for each in here if _in_vain(each)]
    known = {each.folded for each in vain}
    vain += [each for each in everywhere if _in_vain(each) and each.folded not in known and own & _pairs(each.folded)]
    return Near(wanted[:MOST_NEAR], is_near, vain[:MOST_NEAR])


@kept_for(_KEPT_SECONDS, most=100)
def _frequent(province_code: str) -> list[Line]:
    """The searches of a province, or of all, that were asked often enough to be shown to others."""
    recent = _since(NEAR_DAYS)
    if province_code:
        recent = recent.filter(province_code=province_code)
    rows = _summed(recent).filter(n_times__gte=RARE).order_by("-n_times", "folded")
    return [line(row) for row in rows[:_LOOKED_THROUGH]]


def _since(days: int) -> QuerySet[Asked]:
    return Asked.objects.filter(day__gt=today() - dt.timedelta(days=days)).order_by()


def _summed(rows: QuerySet[Asked]) -> QuerySet[Any, Any]:
    latest = Asked.objects.filter(folded=OuterRef("folded"), times__gt=0).order_by("-day", "-pk")
    summed = rows.values("folded").annotate(
        n_times=Sum("times"),
        n_missed=Sum("missed"),
        n_seen=Sum("seen"),
        n_opened=Sum("opened"),
        shown=Max("words"),
        latest=Subquery(latest.values("results")[:1]),
    )
    return summed.filter(n_times__gt=0)


def _in_vain(each: Line) -> bool:
    """Whether it mostly found nothing that fits."""
    return 2 * each.missed >= each.times


def _pairs_of_goods(*, vendor: Vendor) -> set[tuple[str, str]]:
    """Words that follow one another in the titles and categories of what a vendor sells."""
    mine = for_vendor(Listing.objects.filter(~Q(state=ListingState.ARCHIVED)), vendor=vendor)
    names = mine.values_list("product__title", "product__categories__name").order_by()
    return {pair for row in names for name in row if name for pair in _pairs(name)}


def _pairs(text: str) -> set[tuple[str, str]]:
    words = folded_words(text)
    return set(pairwise(words))
