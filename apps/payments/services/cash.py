"""Cash at the door: who has collected it for which part, and when a carrier has handed it over."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.jobs.services import enqueue, record
from apps.jobs.transitions import transition
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.kernel.errors import DomainError
from apps.kernel.money import Money, dong
from apps.ledger.books import AccountKind, EntryKind, credit, debit
from apps.ledger.services import NewEntry, book
from apps.ordering.models import VendorOrder
from apps.ordering.states import VendorOrderState
from apps.payments.models import Payment, Share
from apps.payments.states import PAYMENT_TRANSITIONS, CashHolder, PaymentState

_GONE = (VendorOrderState.CANCELLED, VendorOrderState.RETURNED)
_COLLECTED = (VendorOrderState.DELIVERED, VendorOrderState.COMPLETED)
_CASH_ON = {CashHolder.VENDOR: AccountKind.VENDOR_CASH, CashHolder.PLATFORM: AccountKind.BANK}


class OtherAmount(DomainError):
    """A carrier hands over another sum than it was to collect."""

    default_message = _("The carrier was to collect another amount.")


@transaction.atomic
def follow(*, payment: Payment, shares: list[Share], actor: Actor) -> None:
    """Make an open cash payment fit its order: less after a part was cancelled, paid once every parcel has arrived.

    The caller holds the locks of the payment and its shares. Works everything out anew, so that it may run twice.
    """
    if payment.state != PaymentState.OPEN:
        return
    for share in shares:
        _fit(share)
    owed = sum(share.authorised for share in shares)
    if not owed:
        transition(payment, PaymentState.CANCELLED, table=PAYMENT_TRANSITIONS, actor=actor)
        return
    if owed != payment.amount:
        before, payment.amount = payment.amount, owed
        payment.save(update_fields=["amount"])
        record(actor=actor, verb="payment.reduced", obj=payment, before={"amount": before}, after={"amount": owed})
    if all(share.captured == share.authorised for share in shares):
        transition(payment, PaymentState.PAID, table=PAYMENT_TRANSITIONS, actor=actor, paid_at=now())


@transaction.atomic
def remit(*, share_id: int, amount: Money, reference: str, actor: Actor) -> bool:
    """A carrier has paid the cash of one parcel into the bank account; False when it had before.

    Raises OtherAmount unless it is what it was to collect.
    """
    share = Share.objects.select_for_update(of=("self",)).select_related("vendor_order__order").get(pk=share_id)
    if share.cash_holder != CashHolder.CARRIER:
        return False
    if amount.amount != share.captured:
        raise OtherAmount
    share.cash_holder, share.remitted_at = CashHolder.PLATFORM, now()
    share.save(update_fields=["cash_holder", "remitted_at"])
    lines = [debit(AccountKind.BANK, amount), credit(AccountKind.CARRIER_CASH, amount)]
    part = share.vendor_order
    book(
        NewEntry(
            f"share:{share.pk}:remitted",
            EntryKind.CASH_REMITTED,
            lines,
            order_number=part.order.number,
            part_number=part.number,
            memo=reference,
        )
    )
    record(actor=actor, verb="cash.remitted", obj=share, after={"amount": amount.amount, "reference": reference})
    enqueue("payment.settle", {"order_id": part.order_id})
    return True


def _fit(share: Share) -> None:
    """Nothing is owed for a part that is gone; what has arrived is collected."""
    part = share.vendor_order
    if share.captured:
        return
    if part.state in _GONE and share.authorised:
        share.authorised = 0
        share.save(update_fields=["authorised"])
    elif part.state in _COLLECTED and share.authorised:
        share.captured, share.cash_holder = share.authorised, _holder(part)
        share.save(update_fields=["captured", "cash_holder"])
        book(_collected(share))


def _holder(part: VendorOrder) -> CashHolder:
    """A vendor that brings its parcels itself has the cash, else the carrier has."""
    own = any(parcel.carrier.is_vendor for parcel in part.parcels.select_related("carrier"))
    return CashHolder.VENDOR if own else CashHolder.CARRIER


def _collected(share: Share) -> NewEntry:
    part, amount = share.vendor_order, dong(share.captured)
    account = _CASH_ON.get(CashHolder(share.cash_holder), AccountKind.CARRIER_CASH)
    holder = part.vendor_id if account is AccountKind.VENDOR_CASH else None
    return NewEntry(
        f"share:{share.pk}:collected",
        EntryKind.CASH_COLLECTED,
        [debit(account, amount, holder), credit(AccountKind.SHOPPERS, amount)],
        order_number=part.order.number,
        part_number=part.number,
    )
