"""Card disputes: the money is gone at once, what vendors earned with it is held, until it comes back or is lost."""

from django.db import transaction

from apps.jobs.services import enqueue, record
from apps.jobs.transitions import transition
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.kernel.money import dong
from apps.ledger.books import AccountKind, EntryKind, Line, credit, debit
from apps.ledger.services import NewEntry, book
from apps.payments.models import Dispute, Payment, Share
from apps.payments.providers.notices import DisputeTold
from apps.payments.services import earnings
from apps.payments.services.refunds import lose
from apps.payments.states import DISPUTE_TRANSITIONS, DisputeState, PaymentState


@transaction.atomic
def follow_dispute(*, told: DisputeTold, actor: Actor) -> Dispute | None:
    """Bring a dispute in line with what the provider says of it now; None when it concerns no paid payment of ours.

    However often and in whatever order notices come, it is opened once and ends once.
    """
    payment = Payment.objects.select_for_update().filter(pk=told.payment_id, state=PaymentState.PAID).first()
    if payment is None:
        return None
    dispute, created = Dispute.objects.get_or_create(
        reference=told.reference,
        defaults={
            "payment": payment,
            "amount": told.amount.amount,
            "reason": told.reason,
            "answer_by": told.answer_by,
        },
    )
    if created:
        _open(dispute, actor)
    if told.fee:
        lines = [debit(AccountKind.PROVIDER_FEES, told.fee), credit(AccountKind.STRIPE, told.fee)]
        book(_entry(dispute, "fee", EntryKind.FEE, lines))
    if told.state != DisputeState.OPEN and dispute.state == DisputeState.OPEN:
        dispute = transition(dispute, told.state, table=DISPUTE_TRANSITIONS, actor=actor, closed_at=now())
        (_win if told.state == DisputeState.WON else _lose)(dispute, actor)
    return dispute


def _open(dispute: Dispute, actor: Actor) -> None:
    """The provider has taken the money; what is due for these parts is held back again."""
    amount = dong(dispute.amount)
    lines = [debit(AccountKind.DISPUTED, amount), credit(AccountKind.STRIPE, amount)]
    book(_entry(dispute, "opened", EntryKind.DISPUTE_OPENED, lines))
    for share in _shares(dispute):
        earnings.hold(part=share.vendor_order)
    record(actor=actor, verb="dispute.opened", obj=dispute, after={"amount": dispute.amount})
    enqueue("dispute.opened", {"dispute_id": dispute.pk})


def _win(dispute: Dispute, actor: Actor) -> None:
    amount = dong(dispute.amount)
    lines = [debit(AccountKind.STRIPE, amount), credit(AccountKind.DISPUTED, amount)]
    book(_entry(dispute, "won", EntryKind.DISPUTE_WON, lines))
    enqueue("payment.settle", {"order_id": dispute.payment.order_id})


def _lose(dispute: Dispute, actor: Actor) -> None:
    """The shopper keeps the money: as if it were refunded, share by share in proportion to what is left of each.

    What was refunded before is a loss of the market: the cardholder has got it twice.
    """
    shares = _shares(dispute)
    left = [share.left for share in shares]
    amount = dong(min(dispute.amount, sum(left)))
    for share, part in zip(shares, amount.allocate(left) if amount else [], strict=False):
        if part:
            lose(share=share, amount=part, reference=dispute.reference, reason=dispute.reason, actor=actor)
    if lost := dong(dispute.amount) - amount:
        lines = [debit(AccountKind.LOSSES, lost), credit(AccountKind.DISPUTED, lost)]
        book(_entry(dispute, "lost", EntryKind.DISPUTE_LOST, lines))
    enqueue("payment.settle", {"order_id": dispute.payment.order_id})


def _shares(dispute: Dispute) -> list[Share]:
    rows = Share.objects.select_for_update(of=("self",)).select_related("vendor_order__order", "payment__order")
    return list(rows.filter(payment_id=dispute.payment_id).order_by("pk"))


def _entry(dispute: Dispute, what: str, kind: EntryKind, lines: list[Line]) -> NewEntry:
    number = dispute.payment.order.number
    return NewEntry(f"dispute:{dispute.pk}:{what}", kind, lines, order_number=number)
