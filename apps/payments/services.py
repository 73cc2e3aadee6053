"""Money that shoppers owe: opened with the order, made to fit what is left of it, paid when the couriers have it."""

from django.db import transaction
from django.db.models import Sum

from apps.jobs.services import record
from apps.jobs.transitions import transition
from apps.kernel.actor import Actor
from apps.kernel.money import Money
from apps.ordering.models import VendorOrder
from apps.ordering.states import VendorOrderState
from apps.payments.models import Payment
from apps.payments.states import PAYMENT_TRANSITIONS, PaymentState
from apps.shop.order.models import Order

CASH = "cod"

_GONE = (VendorOrderState.CANCELLED, VendorOrderState.RETURNED)
_COLLECTED = (VendorOrderState.DELIVERED, VendorOrderState.COMPLETED)


@transaction.atomic
def open_payment(*, order: Order, provider: str, amount: Money, actor: Actor) -> Payment:
    """What an order costs, owed through a provider, in the transaction that places the order."""
    payment = Payment.objects.create(order=order, provider=provider, amount=amount.amount)
    record(actor=actor, verb="payment.opened", obj=payment, after={"amount": amount.amount, "provider": provider})
    return payment


@transaction.atomic
def settle_cash(*, order_id: int, actor: Actor) -> None:
    """Make an open cash payment fit its order: smaller after a part was cancelled, paid once every parcel has arrived.

    Works everything out anew, so that it may run twice; a payment that is paid or cancelled stays as it is.
    """
    payment = Payment.objects.select_for_update().filter(order_id=order_id, provider=CASH).first()
    if payment is None or payment.state != PaymentState.OPEN:
        return
    live = VendorOrder.objects.filter(order_id=order_id).exclude(state__in=_GONE)
    owed: int = live.aggregate(owed=Sum("cash_amount"))["owed"] or 0
    if not owed:
        transition(payment, PaymentState.CANCELLED, table=PAYMENT_TRANSITIONS, actor=actor)
        return
    if owed != payment.amount:
        before, payment.amount = payment.amount, owed
        payment.save(update_fields=["amount"])
        record(actor=actor, verb="payment.reduced", obj=payment, before={"amount": before}, after={"amount": owed})
    if not live.exclude(state__in=_COLLECTED).exists():
        transition(payment, PaymentState.PAID, table=PAYMENT_TRANSITIONS, actor=actor)
