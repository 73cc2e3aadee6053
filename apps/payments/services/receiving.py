"""Money comes, or its time is over: the one place where a payment becomes paid."""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.jobs.services import enqueue, record
from apps.jobs.transitions import transition
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.kernel.money import Money, dong
from apps.ledger.books import AccountKind, EntryKind, credit, debit
from apps.ledger.services import NewEntry, book
from apps.ordering import unpaid
from apps.payments.models import Payment, Share
from apps.payments.providers import provider_of
from apps.payments.providers.port import Outcome, Provider, Standing
from apps.payments.services.refunds import claim_rest
from apps.payments.states import PAYMENT_TRANSITIONS, PaymentState
from apps.shop.partner.stock import OutOfStock


def check(*, payment_id: int, actor: Actor) -> Payment:
    """Ask the provider how a payment stands and do what follows; raises ProviderAway. Asking again changes nothing."""
    payment = Payment.objects.get(pk=payment_id)
    if payment.state == PaymentState.PAID:
        return payment
    return _follow(payment, provider_of(payment.provider).ask(payment), actor)


def end(*, payment_id: int, actor: Actor) -> Payment:
    """The time of a payment is over, or it was replaced: close it at its provider, unless it is paid after all.

    Raises ProviderAway; the job is tried again then.
    """
    payment = Payment.objects.get(pk=payment_id)
    if payment.state in (PaymentState.PAID, PaymentState.EXPIRED):
        return payment
    outcome = provider_of(payment.provider).close(payment)
    payment = _follow(payment, outcome, actor)
    return payment if outcome.standing is Standing.PAID else expire(payment_id=payment.pk, actor=actor)


def _follow(payment: Payment, outcome: Outcome, actor: Actor) -> Payment:
    if outcome.standing is not Standing.PAID:
        return payment
    return receive(payment_id=payment.pk, charge=outcome.charge, fee=outcome.fee, actor=actor)


@transaction.atomic
def receive(*, payment_id: int, charge: str, actor: Actor, fee: Money | None = None) -> Payment:
    """The provider has the whole amount: book it and let the order begin. What is paid already stays as it is.

    Too late, the order is taken up again if its goods are still there; otherwise, and when another payment took this
    one's place, everything goes back to the shopper.
    """
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    if payment.state == PaymentState.PAID:
        return payment
    before = payment.state
    payment = transition(
        payment, PaymentState.PAID, table=PAYMENT_TRANSITIONS, actor=actor, charge=charge, paid_at=now()
    )
    shares = list(Share.objects.select_for_update().filter(payment=payment).order_by("pk"))
    for share in shares:
        share.captured = share.authorised
        share.save(update_fields=["captured"])
    book(*_captured(payment, provider_of(payment.provider), fee))
    if before == PaymentState.OPEN:
        unpaid.start(order_id=payment.order_id, actor=actor)
    elif before == PaymentState.CANCELLED or not _taken_up(payment, actor):
        for share in shares:
            claim_rest(share=share, reason=_("The money came after the order had ended."), actor=actor)
    enqueue("payment.settle", {"order_id": payment.order_id})
    return payment


@transaction.atomic
def expire(*, payment_id: int, actor: Actor) -> Payment:
    """Nobody waits for this money any more: the order is given up, its stock given back. Only an open one expires.

    It is cancelled instead when the shopper has dropped the order before.
    """
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    if payment.state != PaymentState.OPEN:
        return payment
    waited = unpaid.give_up(order_id=payment.order_id, actor=actor)
    state = PaymentState.EXPIRED if waited else PaymentState.CANCELLED
    return transition(payment, state, table=PAYMENT_TRANSITIONS, actor=actor)


def _taken_up(payment: Payment, actor: Actor) -> bool:
    try:
        unpaid.revive(order_id=payment.order_id, actor=actor)
    except OutOfStock:
        return False
    record(actor=actor, verb="payment.late", obj=payment)
    return True


def _captured(payment: Payment, provider: Provider, fee: Money | None) -> list[NewEntry]:
    amount, number = dong(payment.amount), payment.order.number
    lines = [debit(provider.account, amount), credit(AccountKind.SHOPPERS, amount)]
    entries = [NewEntry(f"payment:{payment.pk}:captured", EntryKind.CAPTURED, lines, order_number=number)]
    if fee:
        lines = [debit(AccountKind.PROVIDER_FEES, fee), credit(provider.account, fee)]
        entries.append(NewEntry(f"payment:{payment.pk}:fee", EntryKind.FEE, lines, order_number=number))
    return entries
