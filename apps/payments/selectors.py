"""Reads of payments, for shoppers and admins."""

from collections.abc import Sequence

from apps.payments.models import Payment, Refund
from apps.payments.states import PaymentState
from apps.shop.order.models import Order


def latest_payment(order: Order) -> Payment | None:
    """The newest payment of an order: the one that counts."""
    return Payment.objects.filter(order=order).order_by("-pk").first()


def open_payment_of(order: Order) -> Payment | None:
    """The payment that an order waits for; None when it waits for none."""
    return Payment.objects.filter(order=order, state=PaymentState.OPEN, expires_at__isnull=False).first()


def refunds_of(order: Order) -> Sequence[Refund]:
    """Money on its way back or back with the shopper, oldest first, each with its vendor order and payment."""
    own = Refund.objects.filter(share__payment__order=order)
    return list(own.select_related("share__vendor_order__vendor", "share__payment").order_by("pk"))
