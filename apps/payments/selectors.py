"""Reads of payments, for shoppers and admins."""

from collections.abc import Sequence

from django.db import models
from django.db.models import QuerySet

from apps.payments.models import Dispute, Payment, Reconciliation, Refund, Share
from apps.payments.states import DisputeState, PaymentState
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


def disputes() -> QuerySet[Dispute]:
    """Disputes, the open ones first, the nearest deadline before others."""
    by_state = models.Case(models.When(state=DisputeState.OPEN, then=0), default=1)
    return Dispute.objects.select_related("payment__order").order_by(by_state, "answer_by", "-opened_at", "-pk")


def reconciliations() -> QuerySet[Reconciliation]:
    """The daily comparisons, newest first."""
    return Reconciliation.objects.order_by("-day", "provider")


def paid_share(*, part_number: str) -> Share | None:
    """The share through which a vendor order was paid, the newest that has anything left before others."""
    paid = Share.objects.filter(vendor_order__number=part_number, captured__gt=0)
    has_some = models.Q(captured__gt=models.F("refunding") + models.F("refunded"))
    first = models.Case(models.When(has_some, then=0), default=1)
    return paid.select_related("vendor_order__vendor", "payment__order").order_by(first, "-pk").first()


def shares_of(order: Order) -> dict[int, Share]:
    """By vendor order, the share through which its money came; parts that nobody has paid have none."""
    paid = Share.objects.filter(vendor_order__order=order, captured__gt=0).order_by("pk")
    return {share.vendor_order_id: share for share in paid}
