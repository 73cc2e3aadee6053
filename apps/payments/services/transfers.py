"""Money that comes to the bank account: taken in once, matched to the order that its content names, or sent back.

A transfer that belongs to no payment yet is locked before the payment; those of a payment are locked after it.
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.jobs.services import enqueue, record
from apps.jobs.transitions import IllegalTransition, transition
from apps.kernel.actor import Actor
from apps.kernel.errors import DomainError
from apps.kernel.ids import normalise
from apps.kernel.money import Money, dong
from apps.ledger.books import AccountKind, EntryKind, credit, debit
from apps.ledger.services import NewEntry, book
from apps.payments.models import BankTransfer, Payment
from apps.payments.selectors import payment_for_transfer
from apps.payments.services.receiving import receive
from apps.payments.states import TRANSFER_TRANSITIONS, PaymentState, TransferState
from apps.payments.transfer_content import PREFIX, numbers_in

CONTENT_LENGTH = 300


class ReferenceReused(DomainError):
    """A bank gives each transfer a reference of its own, and this one names another amount already."""

    default_message = _("This reference belongs to a transfer of another amount.")


class NoTransferAwaited(DomainError):
    """The order is unknown, or it waits for no bank transfer."""

    default_message = _("No order with this number waits for a bank transfer. Send the money back, or look again.")


@transaction.atomic
def arrive(
    *, reference: str, amount: Money, content: str, happened_at: dt.datetime, source: str, actor: Actor
) -> tuple[BankTransfer, bool]:
    """Take in what a notice or statement says of money that came, and whether it was news; a job matches it.

    `reference` is the bank's own. Raises ReferenceReused.
    """
    values = {
        "amount": amount.amount,
        "content": content[:CONTENT_LENGTH],
        "happened_at": happened_at,
        "source": source,
    }
    transfer, created = BankTransfer.objects.get_or_create(reference=reference, defaults=values)
    if not created:
        if transfer.amount != amount.amount:
            raise ReferenceReused
        return transfer, False
    lines = [debit(AccountKind.BANK, amount), credit(AccountKind.UNMATCHED, amount)]
    book(NewEntry(f"transfer:{transfer.pk}:arrived", EntryKind.ARRIVED, lines, memo=reference))
    record(actor=actor, verb="transfer.arrived", obj=transfer, after={"amount": amount.amount, "source": source})
    enqueue("transfer.match", {"transfer_id": transfer.pk})
    return transfer, True


@transaction.atomic
def match(*, transfer_id: int, actor: Actor) -> BankTransfer:
    """Find the order that the content names and do what follows; otherwise it waits for an admin."""
    transfer = _locked(transfer_id)
    named = {payment_for_transfer(number) for number in numbers_in(transfer.content)} - {None}
    payment_id = named.pop() if len(named) == 1 else None
    if transfer.state != TransferState.NEW or payment_id is None:
        return transfer
    return _join(transfer, _locked_payment(payment_id), actor)


@transaction.atomic
def assign(*, transfer_id: int, order_number: str, actor: Actor) -> BankTransfer:
    """An admin knows which order it is for. Raises NoTransferAwaited, or IllegalTransition once that is decided."""
    transfer = _new(transfer_id)
    payment_id = payment_for_transfer(normalise(order_number.upper().removeprefix(PREFIX)))
    if payment_id is None:
        raise NoTransferAwaited
    payment = _locked_payment(payment_id)
    if payment.state not in (PaymentState.OPEN, PaymentState.EXPIRED):
        raise NoTransferAwaited
    return _join(transfer, payment, actor)


@transaction.atomic
def refuse(*, transfer_id: int, actor: Actor) -> BankTransfer:
    """It is for no order: the whole of it goes back. Raises IllegalTransition when it was decided otherwise."""
    return _send_back(_new(transfer_id), 0, actor)


@transaction.atomic
def drop(*, payment_id: int, actor: Actor) -> None:
    """Nobody waits for this payment any more: what has come of it goes back, unless it was enough after all."""
    payment = _locked_payment(payment_id)
    if payment.state in (PaymentState.EXPIRED, PaymentState.CANCELLED):
        for transfer in _waiting(payment):
            _send_back(transfer, 0, actor)


@transaction.atomic
def return_money(*, transfer_id: int, reference: str, actor: Actor) -> BankTransfer:
    """Somebody has sent back what is too much, under the bank's `reference`. Raises IllegalTransition."""
    due = BankTransfer.objects.get(pk=transfer_id)
    transfer = transition(due, TransferState.RETURNED, table=TRANSFER_TRANSITIONS, actor=actor)
    amount = dong(transfer.back)
    lines = [debit(AccountKind.UNMATCHED, amount), credit(AccountKind.BANK, amount)]
    number = transfer.payment.order.number if transfer.payment else ""
    key = f"transfer:{transfer.pk}:returned"
    book(NewEntry(key, EntryKind.RETURNED, lines, order_number=number, memo=reference))
    return transfer


def _join(transfer: BankTransfer, payment: Payment, actor: Actor) -> BankTransfer:
    """The transfer is for this payment; the caller has locked both. Of a cancelled one nothing is known for sure."""
    if payment.state == PaymentState.CANCELLED:
        return transfer
    transfer = transition(
        transfer, TransferState.MATCHED, table=TRANSFER_TRANSITIONS, actor=actor, payment_id=payment.pk
    )
    if payment.state == PaymentState.PAID:
        return _send_back(transfer, 0, actor)
    came = _waiting(payment)
    if sum(each.amount for each in came) >= payment.amount:
        receive(payment_id=payment.pk, charge=transfer.reference, actor=actor)
        _use(came, payment.amount, actor)
    elif payment.state == PaymentState.EXPIRED:
        _send_back(transfer, 0, actor)
    return BankTransfer.objects.get(pk=transfer.pk)


def _use(came: list[BankTransfer], amount: int, actor: Actor) -> None:
    """Pay with what came first; what is then too much goes back."""
    for transfer in came:
        used = min(transfer.amount, amount)
        amount -= used
        if used < transfer.amount:
            _send_back(transfer, used, actor)
        else:
            BankTransfer.objects.filter(pk=transfer.pk).update(used=used)


def _send_back(transfer: BankTransfer, used: int, actor: Actor) -> BankTransfer:
    return transition(transfer, TransferState.RETURN_DUE, table=TRANSFER_TRANSITIONS, actor=actor, used=used)


def _waiting(payment: Payment) -> list[BankTransfer]:
    """What has come of a payment and waits for the rest, in the order in which it came."""
    waiting = BankTransfer.objects.select_for_update(of=("self",)).filter(state=TransferState.MATCHED, used=0)
    return list(waiting.filter(payment=payment).order_by("pk"))


def _new(transfer_id: int) -> BankTransfer:
    transfer = _locked(transfer_id)
    if transfer.state != TransferState.NEW:
        raise IllegalTransition(_("This was decided meanwhile; the page shows the present state."))
    return transfer


def _locked(transfer_id: int) -> BankTransfer:
    return BankTransfer.objects.select_for_update(of=("self",)).get(pk=transfer_id)


def _locked_payment(payment_id: int) -> Payment:
    return Payment.objects.select_for_update(of=("self",)).get(pk=payment_id)
