"""An approved payout goes out: through a provider or in the bank's file, and ends as paid or failed."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.jobs.services import enqueue, record
from apps.jobs.transitions import transition
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.kernel.errors import DomainError
from apps.kernel.money import dong
from apps.ledger.books import AccountKind, EntryKind, credit, debit
from apps.ledger.services import NewEntry, book
from apps.payouts.bank_file import bank_file
from apps.payouts.models import BankAccount, Payout, PayoutRun, StripeAccount
from apps.payouts.providers import BANK, provider_of
from apps.payouts.providers.port import Answer, Standing
from apps.payouts.services.runs import NothingToPay, given
from apps.payouts.states import BANK_ACCOUNT_TRANSITIONS, PAYOUT_TRANSITIONS, BankAccountState, PayoutState


class ReferenceMissing(DomainError):
    """Nothing was paid without the bank's number for it."""

    default_message = _("Enter the bank's number of the transfer.")


def send(*, payout_id: int, actor: Actor) -> Payout:
    """Have a provider pay an approved payout, or ask how one stands that it may have; raises ProviderAway.

    The row says that it is on its way before anybody is asked, and the key is the row's own: being killed anywhere in
    between, or coming twice, pays once. What people do by hand is left to them.
    """
    payout = Payout.objects.get(pk=payout_id)
    provider = provider_of(payout.provider)
    if provider.by_hand:
        return payout
    if payout.state == PayoutState.APPROVED:
        payout = _mark_sent(payout, actor)
        answer = provider.send(payout)
    elif payout.state == PayoutState.SENT:
        answer = provider.ask(payout)
        if answer.standing is Standing.UNKNOWN:
            answer = provider.send(payout)
    else:
        return payout
    return _follow(payout, answer, actor)


@transaction.atomic
def export(*, run: PayoutRun, actor: Actor) -> str:
    """The bank's file of a run: whatever was approved counts as on its way from now on.

    Fetched again, it is the same file as long as nothing has ended. Raises NothingToPay when nothing is left in it.
    """
    row = PayoutRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    by_bank = row.payouts.filter(provider=BANK.code).order_by("pk")
    for payout in by_bank.filter(state=PayoutState.APPROVED):
        _mark_sent(payout, actor)
    rows = list(by_bank.filter(state=PayoutState.SENT))
    if not rows:
        raise NothingToPay
    record(actor=actor, verb="payout.file", obj=row, after={"payouts": [payout.number for payout in rows]})
    return bank_file(rows)


@transaction.atomic
def confirm(*, payout: Payout, reference: str, actor: Actor) -> Payout:
    """The money is with the vendor. Raises ReferenceMissing or IllegalTransition."""
    reference = reference.strip()[:120]
    if not reference:
        raise ReferenceMissing
    paid = transition(
        payout, PayoutState.PAID, table=PAYOUT_TRANSITIONS, actor=actor, reference=reference, paid_at=now()
    )
    amount, account = dong(paid.amount), provider_of(paid.provider).account
    lines = [debit(AccountKind.IN_TRANSIT, amount, paid.vendor_id), credit(account, amount)]
    book(NewEntry(f"payout:{paid.pk}:paid", EntryKind.PAYOUT_PAID, lines, memo=f"{paid.number} {reference}"))
    return paid


@transaction.atomic
def confirm_all(*, run: PayoutRun, reference: str, actor: Actor) -> int:
    """Everything in a run's bank file is with its vendors, by one bank order; returns how many.

    Raises ReferenceMissing.
    """
    sent = run.payouts.filter(state=PayoutState.SENT, provider=BANK.code).order_by("vendor_id")
    return len([confirm(payout=payout, reference=reference, actor=actor) for payout in sent])


@transaction.atomic
def fail(*, payout: Payout, reason: str, account_is_bad: bool, actor: Actor) -> Payout:
    """The money came back, or never left; it stays claimed until the payout is tried again or dropped.

    A bad account is paid to no more until the vendor names another one, or Stripe says that it may receive. Raises
    ReasonMissing or IllegalTransition.
    """
    words = given(reason)
    failed = transition(
        payout, PayoutState.FAILED, table=PAYOUT_TRANSITIONS, actor=actor, reason=words, state_reason=words
    )
    if account_is_bad and failed.bank_account_id is not None:
        _mark_bad(failed.bank_account_id, actor, words)
    if account_is_bad and failed.stripe_account_id is not None:
        StripeAccount.objects.filter(pk=failed.stripe_account_id).update(may_receive=False)
    enqueue("payout.failed", {"payout_id": failed.pk, "at": now().isoformat()})
    return failed


@transaction.atomic
def retry(*, payout: Payout, actor: Actor) -> Payout:
    """Send a failed payout once more, with the same key, to the same account. Raises IllegalTransition."""
    again = transition(
        payout,
        PayoutState.APPROVED,
        table=PAYOUT_TRANSITIONS,
        actor=actor,
        expect={"state": PayoutState.FAILED},
    )
    enqueue("payout.send", {"payout_id": again.pk})
    return again


def _follow(payout: Payout, answer: Answer, actor: Actor) -> Payout:
    if answer.standing is Standing.DONE:
        return confirm(payout=payout, reference=answer.reference or str(payout.key), actor=actor)
    if answer.standing is Standing.REFUSED:
        return fail(payout=payout, reason=answer.reason or "-", account_is_bad=answer.account_is_bad, actor=actor)
    if answer.reference:
        Payout.objects.filter(pk=payout.pk).update(reference=answer.reference)
    return payout


@transaction.atomic
def _mark_sent(payout: Payout, actor: Actor) -> Payout:
    sent = transition(payout, PayoutState.SENT, table=PAYOUT_TRANSITIONS, actor=actor, sent_at=now())
    enqueue("payout.sent", {"payout_id": sent.pk, "at": now().isoformat()})
    return sent


def _mark_bad(account_id: int, actor: Actor, reason: str) -> None:
    account = BankAccount.objects.select_for_update().get(pk=account_id)
    if account.state == BankAccountState.CONFIRMED:
        transition(account, BankAccountState.BAD, table=BANK_ACCOUNT_TRANSITIONS, actor=actor, reason=reason)
