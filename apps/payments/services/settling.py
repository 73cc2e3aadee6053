"""Brings the money of an order in line with what became of its parts; may run any number of times."""

from django.db import transaction

from apps.jobs.services import enqueue
from apps.kernel.actor import Actor
from apps.ordering.states import VendorOrderState
from apps.payments.models import Payment, Share
from apps.payments.providers.cod import Cash
from apps.payments.services import cash, earnings
from apps.payments.services.refunds import claim_rest
from apps.payments.states import PaymentState

_GONE = (VendorOrderState.CANCELLED, VendorOrderState.RETURNED)


@transaction.atomic
def settle(*, order_id: int, actor: Actor) -> None:
    """For every payment of the order: collect cash, give back what was paid for parts that are gone, book earnings.

    Works everything out anew, so that it does not matter which news came first, or how often.
    """
    for payment in Payment.objects.select_for_update().filter(order_id=order_id).order_by("pk"):
        shares = _locked_shares(payment)
        if payment.provider == Cash.code:
            cash.follow(payment=payment, shares=shares, actor=actor)
        elif payment.state == PaymentState.OPEN and all(_is_gone(share) for share in shares):
            enqueue("payment.end", {"payment_id": payment.pk})
        for share in shares:
            if _is_gone(share):
                claim_rest(share=share, reason=share.vendor_order.cancel_reason[:300], actor=actor)
            else:
                earnings.follow(share=share)


def _is_gone(share: Share) -> bool:
    return share.vendor_order.state in _GONE


def _locked_shares(payment: Payment) -> list[Share]:
    rows = Share.objects.select_for_update(of=("self",)).select_related("vendor_order__order", "payment__order")
    return list(rows.filter(payment=payment).order_by("pk"))
