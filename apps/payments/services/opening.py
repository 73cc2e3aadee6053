"""A payment is opened with its order, begun at its provider, and may be replaced by another way to pay."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.jobs.services import enqueue, record
from apps.jobs.transitions import transition
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.kernel.errors import DomainError
from apps.kernel.money import dong
from apps.ordering.models import VendorOrder
from apps.ordering.states import VendorOrderState
from apps.ordering.unpaid import pay_at_door
from apps.payments.models import Payment, Share
from apps.payments.providers import provider_of
from apps.payments.states import PAYMENT_TRANSITIONS, PaymentState
from apps.shop.order.models import Order

# Design rule 3: as long as the provider's own page lives, and a little longer.
WAIT = dt.timedelta(minutes=30)
GRACE = dt.timedelta(minutes=5)


class NothingToPay(DomainError):
    """The order is paid, cancelled or being paid at the door already."""

    default_message = _("Nothing is to be paid for this order at the moment.")


@transaction.atomic
def open_payment(*, order: Order, provider: str, actor: Actor) -> Payment:
    """What an order costs, owed through a provider, in the transaction that places the order.

    Raises ValueError when its parts cost nothing.
    """
    parts = list(VendorOrder.objects.filter(order=order).order_by("pk"))
    amount = sum(part.total_amount for part in parts)
    if not amount:
        raise ValueError(f"nothing to pay for {order.number}")
    expires_at = now() + WAIT if provider_of(provider).prepaid else None
    payment = Payment.objects.create(order=order, provider=provider, amount=amount, expires_at=expires_at)
    Share.objects.bulk_create(Share(payment=payment, vendor_order=part, authorised=part.total_amount) for part in parts)
    record(actor=actor, verb="payment.opened", obj=payment, after={"amount": amount, "provider": provider})
    if expires_at:
        enqueue("payment.end", {"payment_id": payment.pk}, run_at=expires_at + GRACE)
    return payment


def begin(*, payment: Payment, actor: Actor) -> str:
    """Have the provider make its page; the address where the shopper pays, empty when the page is ours.

    The provider is asked with a key of the payment's, so that being killed in between makes no second page. Raises
    ProviderAway.
    """
    reference, address = provider_of(payment.provider).begin(payment)
    if reference and reference != payment.reference:
        with transaction.atomic():
            Payment.objects.filter(pk=payment.pk).update(reference=reference)
            record(actor=actor, verb="payment.begun", obj=payment, after={"reference": reference})
        payment.reference = reference
    return address


@transaction.atomic
def pay_otherwise(*, payment_id: int, provider: str, actor: Actor) -> Payment:
    """Put another way to pay in the place of one that is still open; the old one is closed at its provider afterwards.

    Raises NothingToPay when the order does not wait for its money any more.
    """
    old = Payment.objects.select_for_update().get(pk=payment_id)
    waiting = VendorOrder.objects.filter(order_id=old.order_id, state=VendorOrderState.PENDING_PAYMENT)
    if old.state != PaymentState.OPEN or not waiting.exists():
        raise NothingToPay
    if not provider_of(provider).takes(dong(old.amount)):
        raise NothingToPay(_("This amount cannot be paid in that way."))
    transition(old, PaymentState.CANCELLED, table=PAYMENT_TRANSITIONS, actor=actor)
    enqueue("payment.end", {"payment_id": old.pk})
    new = open_payment(order=old.order, provider=provider, actor=actor)
    if not provider_of(provider).prepaid:
        pay_at_door(order_id=old.order_id, actor=actor)
    return new
