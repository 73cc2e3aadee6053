"""Every day: what Stripe says it did with the money beside what the ledger says, and each difference by its number."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from apps.kernel.clock import VIETNAM, now
from apps.ledger.books import AccountKind
from apps.ledger.models import Posting
from apps.payments.models import Dispute, Payment, Reconciliation, Refund
from apps.payments.providers import stripe as provider

# What one side books before midnight the other may book after it.
_AROUND = dt.timedelta(hours=6)
Names = Callable[[Collection[str]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of what moves money at Stripe; its entries are called `<kind>:<id>:<what>`.

    `numbers` gives Stripe's numbers for ids of ours, `ids` ours with Stripe's numbers for such; both by our ids, and
    without those that they do not know.
    """

    kind: str
    whats: tuple[str, ...]
    numbers: Names
    ids: Names


_sources: dict[str, Source] = {}


def compares(source: Source) -> None:
    """Register what else the comparison knows."""
    _sources[source.kind] = source


def of_rows(kind: str, whats: tuple[str, ...], rows: QuerySet[Any], column: str) -> Source:
    """What moves money at Stripe when it is a row that keeps Stripe's number in a column."""

    def named(**which: Any) -> dict[str, str]:
        return {str(pk): number for pk, number in rows.filter(**which).values_list("pk", column)}

    return Source(
        kind,
        whats,
        numbers=lambda ids: named(pk__in=[pk for pk in ids if pk.isdecimal()]),
        ids=lambda numbers: named(**{f"{column}__in": [*numbers]}),
    )


def reconcile(*, day: dt.date) -> Reconciliation:
    """Compare a day (of Vietnam) with Stripe's report of it and keep the result; may be done again.

    Raises ProviderAway.
    """
    since = dt.datetime.combine(day, dt.time(), VIETNAM)
    until = since + dt.timedelta(days=1)
    theirs = provider.moved_between(since, until)
    nearby = provider.moved_between(since - _AROUND, until + _AROUND)
    ours = _ours(since, until)
    wanted = {*theirs, *ours}
    here = _ours_of(wanted)
    differences = [
        {"number": number, "there": nearby.get(number, 0), "here": here[number]}
        for number in sorted(wanted)
        if nearby.get(number, 0) != here[number]
    ]
    with transaction.atomic():
        kept, _created = Reconciliation.objects.update_or_create(
            provider=provider.Stripe.code,
            day=day,
            defaults={"compared": len(wanted), "differences": differences, "made_at": now()},
        )
    return kept


def _ours(since: dt.datetime, until: dt.datetime) -> set[str]:
    """What moved money at Stripe on that day as we know it, by Stripe's numbers."""
    entries = Posting.objects.filter(
        account__kind=AccountKind.STRIPE, entry__booked_at__gte=since, entry__booked_at__lt=until
    )
    return {number for number in _numbers(entries.values_list("entry__key", flat=True)).values() if number}


def _ours_of(numbers: Iterable[str]) -> Mapping[str, int]:
    """What each of Stripe's numbers has moved in our ledger, whenever; in dong."""
    keys = _keys(numbers)
    sums: Counter[str] = Counter()
    rows = Posting.objects.filter(account__kind=AccountKind.STRIPE, entry__key__in=list(keys))
    for key, amount in rows.values_list("entry__key", "amount"):
        sums[keys[key]] += amount
    return sums


def _numbers(keys: Iterable[str]) -> dict[str, str]:
    """Stripe's number for each of our entries."""
    named = {key: key.split(":") for key in keys}
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for kind, pk, *_rest in named.values():
        ids[kind].add(pk)
    known = {kind: _sources[kind].numbers(found) for kind, found in ids.items() if kind in _sources}
    return {key: known.get(kind, {}).get(pk, "") for key, (kind, pk, *_rest) in named.items()}


def _keys(numbers: Iterable[str]) -> dict[str, str]:
    """The entries of ours that may belong to Stripe's numbers."""
    wanted = list(numbers)
    return {
        f"{source.kind}:{pk}:{what}": number
        for source in _sources.values()
        for pk, number in source.ids(wanted).items()
        for what in source.whats
    }


compares(of_rows("payment", ("captured", "fee"), Payment.objects.all(), "charge"))
compares(of_rows("refund", ("paid",), Refund.objects.all(), "reference"))
compares(of_rows("dispute", ("opened", "won", "fee"), Dispute.objects.all(), "reference"))
