"""Every day: what Stripe says it did with the money beside what the ledger says, and each difference by its number."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import transaction

from apps.kernel.clock import VIETNAM, now
from apps.ledger.books import AccountKind
from apps.ledger.models import Posting
from apps.payments.models import Dispute, Payment, Reconciliation, Refund
from apps.payments.providers import stripe as provider

# What one side books before midnight the other may book after it.
_AROUND = dt.timedelta(hours=6)


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
    """Stripe's number for each of our entries: that of the charge, the refund or the dispute."""
    named = {key: key.split(":") for key in keys}
    ids: dict[str, set[int]] = {}
    for kind, pk, *_rest in named.values():
        ids.setdefault(kind, set()).add(int(pk))
    known = {
        "payment": dict(Payment.objects.filter(pk__in=ids.get("payment", ())).values_list("pk", "charge")),
        "refund": dict(Refund.objects.filter(pk__in=ids.get("refund", ())).values_list("pk", "reference")),
        "dispute": dict(Dispute.objects.filter(pk__in=ids.get("dispute", ())).values_list("pk", "reference")),
    }
    return {key: known.get(kind, {}).get(int(pk), "") for key, (kind, pk, *_rest) in named.items()}


def _keys(numbers: Iterable[str]) -> dict[str, str]:
    """The entries of ours that may belong to Stripe's numbers."""
    wanted = list(numbers)
    keys: dict[str, str] = {}
    for pk, charge in Payment.objects.filter(charge__in=wanted).values_list("pk", "charge"):
        keys |= {f"payment:{pk}:captured": charge, f"payment:{pk}:fee": charge}
    for pk, reference in Refund.objects.filter(reference__in=wanted).values_list("pk", "reference"):
        keys[f"refund:{pk}:paid"] = reference
    for pk, reference in Dispute.objects.filter(reference__in=wanted).values_list("pk", "reference"):
        keys |= {f"dispute:{pk}:{what}": reference for what in ("opened", "won", "fee")}
    return keys
