"""Runs of payouts: prepared, looked through by one person, approved by another."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.jobs.services import enqueue, record
from apps.jobs.transitions import transition
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.kernel.errors import DomainError
from apps.kernel.money import dong
from apps.ledger.books import AccountKind, EntryKind, credit, debit
from apps.ledger.models import Entry
from apps.ledger.services import NewEntry, book, owed_to_vendor, reverse
from apps.payouts.models import BankAccount, Payout, PayoutRun, StripeAccount
from apps.payouts.providers import BANK, STRIPE
from apps.payouts.selectors import destination_of, due_vendors
from apps.payouts.states import PAYOUT_TRANSITIONS, RUN_TRANSITIONS, PayoutState, RunState
from apps.vendors.models import Vendor

_OPEN = (RunState.PREPARED, RunState.CHECKED)


class NothingToPay(DomainError):
    """No vendor has enough due and an account to which it can go."""

    default_message = _("Nothing can be paid out now.")


class SamePerson(DomainError):
    """Whoever prepared or checked a run does not approve it: money leaves by four eyes."""

    default_message = _("You prepared or checked this run. Somebody else has to approve it.")


class ReasonMissing(DomainError):
    """A payout is not dropped, and does not fail, without words about why."""

    default_message = _("Write why; the vendor reads it.")


def prepare(*, actor: Actor, due_on: dt.date | None = None) -> PayoutRun:
    """Claim all that is due to every vendor that can be paid; `due_on` is the day of the schedule, done once.

    Each vendor is a transaction of its own: a claim waits for that vendor's account only, so runs and sales never wait
    in a circle. A vendor that another run has claimed meanwhile is left to that one, and what a kill leaves undone the
    next run takes. Raises NothingToPay.
    """
    ready = [due.vendor for due in due_vendors() if due.obstacle is None]
    if not ready:
        raise NothingToPay
    run = _open(actor, due_on)
    claimed = [payout for vendor in ready if (payout := _claim(run_id=run.pk, vendor=vendor, actor=actor))]
    if not claimed and not run.payouts.exists():
        transition(run, RunState.DROPPED, table=RUN_TRANSITIONS, actor=actor)
        raise NothingToPay
    return run


@transaction.atomic
def check(*, run: PayoutRun, actor: Actor) -> PayoutRun:
    """A person has looked through what the schedule prepared. Raises IllegalTransition."""
    return transition(
        run,
        RunState.CHECKED,
        table=RUN_TRANSITIONS,
        actor=actor,
        checked_by_id=actor.user_id,
        checked_at=now(),
    )


@transaction.atomic
def approve(*, run: PayoutRun, actor: Actor) -> PayoutRun:
    """A second person lets the money go; payouts that were not dropped before are on their way from now on.

    Raises SamePerson, NothingToPay or IllegalTransition.
    """
    row = PayoutRun.objects.select_for_update().get(pk=run.pk)
    if row.checked_by_id == actor.user_id:
        raise SamePerson
    row = transition(
        row,
        RunState.APPROVED,
        table=RUN_TRANSITIONS,
        actor=actor,
        approved_by_id=actor.user_id,
        approved_at=now(),
    )
    payouts = list(row.payouts.filter(state=PayoutState.PREPARED).order_by("pk"))
    if not payouts:
        raise NothingToPay
    for payout in payouts:
        transition(payout, PayoutState.APPROVED, table=PAYOUT_TRANSITIONS, actor=actor)
        enqueue("payout.send", {"payout_id": payout.pk})
    return row


@transaction.atomic
def drop(*, payout: Payout, reason: str, actor: Actor) -> Payout:
    """Give up one payout: its money is due to the vendor again. Raises ReasonMissing or IllegalTransition."""
    words = given(reason)
    dropped = transition(
        payout, PayoutState.DROPPED, table=PAYOUT_TRANSITIONS, actor=actor, reason=words, state_reason=words
    )
    claimed = Entry.objects.get(key=claim_key(payout))
    reverse(entry=claimed, key=f"payout:{payout.pk}:dropped", kind=EntryKind.PAYOUT_DROPPED, memo=payout.number)
    return dropped


def drop_run(*, run: PayoutRun, reason: str, actor: Actor) -> PayoutRun:
    """Give up a run that nobody has approved, then its payouts, each in a transaction of its own as when it was made.

    Raises ReasonMissing or IllegalTransition.
    """
    row = transition(run, RunState.DROPPED, table=RUN_TRANSITIONS, actor=actor, reason=given(reason))
    for payout in row.payouts.filter(state=PayoutState.PREPARED).order_by("vendor_id"):
        drop(payout=payout, reason=reason, actor=actor)
    return row


def claim_key(payout: Payout) -> str:
    """The key of the ledger entry that claimed a payout's money."""
    return f"payout:{payout.pk}:claimed"


def given(reason: str) -> str:
    """The words, as long as the column; raises ReasonMissing for none."""
    text = reason.strip()
    if not text:
        raise ReasonMissing
    return text[:300]


@transaction.atomic
def _open(actor: Actor, due_on: dt.date | None) -> PayoutRun:
    """A run to fill; that of a day of the schedule exists once. Whoever prepares one by hand has checked it."""
    if due_on is not None:
        run, _created = PayoutRun.objects.get_or_create(due_on=due_on)
        return run
    run = PayoutRun.objects.create(state=RunState.CHECKED, checked_by_id=actor.user_id, checked_at=now())
    record(actor=actor, verb="payoutrun.checked", obj=run)
    return run


@transaction.atomic
def _claim(*, run_id: int, vendor: Vendor, actor: Actor) -> Payout | None:
    """Take a vendor's whole balance: booking it out of what is due is the claim. None when nothing is left to take."""
    run = PayoutRun.objects.select_for_update(no_key=True).get(pk=run_id)
    account = destination_of(vendor=vendor)
    # The locks decide: of two runs the second reads nothing here. They are taken in the order of every booking.
    owed_to_vendor(kind=AccountKind.IN_TRANSIT, vendor_id=vendor.pk)
    amount = owed_to_vendor(kind=AccountKind.PAYABLE, vendor_id=vendor.pk)
    least = dong(max(settings.PAYOUT_MINIMUM, 1))
    if run.state not in _OPEN or account is None or account.obstacle or amount < least:
        return None
    if run.payouts.filter(vendor=vendor).exists():
        return None
    payout = Payout.objects.create(
        run=run,
        vendor=vendor,
        amount=amount.amount,
        **_where(account),
    )
    lines = [debit(AccountKind.PAYABLE, amount, vendor.pk), credit(AccountKind.IN_TRANSIT, amount, vendor.pk)]
    book(NewEntry(claim_key(payout), EntryKind.PAYOUT_CLAIMED, lines, memo=payout.number))
    record(actor=actor, verb="payout.prepared", obj=payout, after={"amount": amount.amount})
    return payout


def _where(account: BankAccount | StripeAccount) -> dict[str, Any]:
    """By which provider a payout goes and to which account, as it is now."""
    if isinstance(account, StripeAccount):
        return {"provider": STRIPE.code, "stripe_account": account}
    return {
        "provider": BANK.code,
        "bank_account": account,
        "bank_bin": account.bank_bin,
        "account_number": account.number,
        "account_holder": account.holder,
    }
