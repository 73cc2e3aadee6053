"""Everything about money that people are told of."""

import datetime as dt

from apps.jobs.services import enqueue
from apps.kernel.clock import now
from apps.kernel.money import dong
from apps.payments.models import Payment
from apps.payments.providers.notices import DisputeTold
from apps.payments.services.disputes import follow_dispute
from apps.payments.services.receiving import expire
from apps.payments.services.refunds import confirm, refund_amount
from apps.payments.states import DisputeState
from apps.shop.catalogue.models import Product
from tests.factories.payments import SYSTEM, make_transfer_order, pay, payment_of, share_of
from tests.factories.payouts import make_payee, make_sent, make_stripe_account
from tests.factories.sales import part_of


def complained_about(product: Product, email: str) -> Payment:
    """An order that is paid; then its bank takes all of the money back."""
    paid = pay(make_transfer_order(product, email=email))
    by = now() + dt.timedelta(days=7)
    told = DisputeTold("dp_1", paid.pk, dong(paid.amount), "fraudulent", DisputeState.OPEN, dong(0), by)
    follow_dispute(told=told, actor=SYSTEM)
    return paid


def money_moves(product: Product, email: str) -> None:
    """Unpaid, refunded and disputed orders, and a vendor that is paid out after a change of account."""
    unpaid = make_transfer_order(product, email=email)
    expire(payment_id=payment_of(unpaid).pk, actor=SYSTEM)
    order = make_transfer_order(product, email=email)
    pay(order)
    made = refund_amount(share=share_of(part_of(order, product)), amount=dong(5_000), reason="Vỡ", actor=SYSTEM)
    confirm(refund_id=made.pk, reference="FT1", actor=SYSTEM)
    complained_about(product, email)
    payout = make_sent(make_payee())
    for kind in ("payout.sent", "payout.failed"):
        enqueue(kind, {"payout_id": payout.pk})
    for kind in ("bank_account.proposed", "bank_account.confirmed", "bank_account.withdrawn"):
        enqueue(kind, {"account_id": payout.bank_account_id})
    at_stripe = make_stripe_account(payout.vendor)
    for kind in ("stripe_account.opened", "stripe_account.withdrawn"):
        enqueue(kind, {"account_id": at_stripe.pk})
