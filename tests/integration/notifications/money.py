"""Everything about money that people are told of."""

from apps.jobs.services import enqueue
from apps.kernel.money import dong
from apps.payments.services.receiving import expire
from apps.payments.services.refunds import confirm, refund_amount
from apps.shop.catalogue.models import Product
from tests.factories.payments import SYSTEM, make_transfer_order, pay, payment_of, share_of
from tests.factories.payouts import make_payee, make_sent, make_stripe_account
from tests.factories.sales import part_of


def money_moves(product: Product, email: str) -> None:
    """An order is not paid, another one gets its money back, a vendor is paid out after a change of account."""
    unpaid = make_transfer_order(product, email=email)
    expire(payment_id=payment_of(unpaid).pk, actor=SYSTEM)
    order = make_transfer_order(product, email=email)
    pay(order)
    made = refund_amount(share=share_of(part_of(order, product)), amount=dong(5_000), reason="Vỡ", actor=SYSTEM)
    confirm(refund_id=made.pk, reference="FT1", actor=SYSTEM)
    payout = make_sent(make_payee())
    for kind in ("payout.sent", "payout.failed"):
        enqueue(kind, {"payout_id": payout.pk})
    for kind in ("bank_account.proposed", "bank_account.confirmed", "bank_account.withdrawn"):
        enqueue(kind, {"account_id": payout.bank_account_id})
    at_stripe = make_stripe_account(payout.vendor)
    for kind in ("stripe_account.opened", "stripe_account.withdrawn"):
        enqueue(kind, {"account_id": at_stripe.pk})
