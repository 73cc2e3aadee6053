"""Cards from the checkout to the refund, against the stand-in for Stripe over a socket."""

import datetime as dt
from random import Random

import pytest
from django.urls import reverse

from apps.kernel.actor import Actor
from apps.kernel.clock import now, today
from apps.kernel.money import dong
from apps.ledger.books import AccountKind, EntryKind, credit, debit
from apps.ledger.selectors import balance, faults
from apps.ledger.services import NewEntry, book
from apps.ordering import services as ordering
from apps.ordering.models import VendorOrder
from apps.ordering.states import VendorOrderState as State
from apps.payments.models import Dispute, Payment, Refund, WebhookEvent
from apps.payments.providers import provider_of
from apps.payments.providers.port import ProviderAway
from apps.payments.services import inbox, receiving
from apps.payments.services.opening import begin
from apps.payments.services.reconciling import reconcile
from apps.payments.services.refunds import refund_amount
from apps.payments.states import DisputeState, PaymentState, RefundState
from apps.shop.order.models import Order
from tests.factories.catalogue import make_product
from tests.factories.payments import SYSTEM, bring, complete, parts_of, payment_of, share_of
from tests.factories.sales import make_order
from tests.integration.payments.conftest import Shop
from tests.unit.fakes.shopping import browse, pay

pytestmark = pytest.mark.django_db
GOOD, DECLINED, SECURE, DISPUTED = "4242424242424242", "4000000000000002", "4000002500003155", "4000000000000259"


@pytest.fixture
def order(shop: Shop) -> Order:
    return make_order(
        (make_product(stock=10, price=100_000), 1), (make_product(stock=10, price=50_000), 2), payment_method="stripe"
    )


def page_of(order: Order) -> str:
    return begin(payment=payment_of(order), actor=SYSTEM)


def states(order: Order) -> list[str]:
    return [part.state for part in parts_of(order)]


def at_stripe(shop: Shop) -> int:
    """What the market has at Stripe, pending or available, in dong."""
    held = provider_of("stripe")
    assert held.code == "stripe"
    from apps.payments.providers.stripe import client

    found = client().v1.balance.retrieve()
    return sum(part.amount for part in [*found.available, *found.pending])


def all_adds_up(shop: Shop) -> None:
    assert list(faults()) == []
    assert balance(AccountKind.STRIPE) == dong(at_stripe(shop))


def test_a_card_pays_by_the_notice_alone(shop: Shop, order: Order) -> None:
    assert pay(page_of(order), GOOD).status == 303
    assert states(order) == [State.PENDING_PAYMENT] * 2
    assert set(shop.hear()) == {200}
    shop.work()
    assert (payment_of(order).state, states(order)) == (PaymentState.PAID, [State.PLACED] * 2)
    assert balance(AccountKind.PROVIDER_FEES) > dong(0)
    all_adds_up(shop)


def test_the_way_back_asks_stripe_and_believes_nothing_else(shop: Shop, order: Order) -> None:
    page = page_of(order)
    receiving.check(payment_id=payment_of(order).pk, actor=Actor.guest())
    assert payment_of(order).state == PaymentState.OPEN
    pay(page, GOOD)
    receiving.check(payment_id=payment_of(order).pk, actor=Actor.guest())
    assert payment_of(order).state == PaymentState.PAID


def test_beginning_again_leads_to_the_same_page(shop: Shop, order: Order) -> None:
    first = page_of(order)
    Payment.objects.update(reference="")  # as if the shop had died before it could keep the name
    assert page_of(order) == first
    assert page_of(order) == first


def test_a_page_whose_name_was_lost_is_found_by_its_notice(shop: Shop, order: Order) -> None:
    page = page_of(order)
    Payment.objects.update(reference="")
    pay(page, GOOD)
    shop.hear()
    shop.work()
    assert payment_of(order).state == PaymentState.PAID


def test_a_declined_card_is_tried_again_on_the_same_page(shop: Shop, order: Order) -> None:
    page = page_of(order)
    assert pay(page, DECLINED).status == 422
    shop.hear()
    shop.work()
    assert payment_of(order).state == PaymentState.OPEN
    assert pay(page, GOOD).status == 303


def test_3d_secure_is_asked_at_the_bank(shop: Shop, order: Order) -> None:
    bank = pay(page_of(order), SECURE)
    receiving.check(payment_id=payment_of(order).pk, actor=Actor.guest())
    assert payment_of(order).state == PaymentState.OPEN
    browse(bank.location, {"answer": "approve"})
    receiving.check(payment_id=payment_of(order).pk, actor=Actor.guest())
    assert payment_of(order).state == PaymentState.PAID


@pytest.mark.parametrize("seed", range(4))
def test_notices_in_any_order_and_number_end_the_same(shop: Shop, order: Order, seed: int) -> None:
    pay(page_of(order), GOOD)
    receiving.check(payment_id=payment_of(order).pk, actor=Actor.guest())
    refund_amount(share=share_of(parts_of(order)[0]), amount=dong(30_000), reason="x", actor=SYSTEM)
    shop.work("refund.send")
    answers = shop.hear(order=Random(seed).shuffle, times=3)
    assert set(answers) == {200}
    shop.work()
    assert (Refund.objects.get().state, payment_of(order).state) == (RefundState.PAID, PaymentState.PAID)
    assert WebhookEvent.objects.filter(processed_at=None).count() == 0
    all_adds_up(shop)


def test_an_end_closes_the_page_at_stripe(shop: Shop, order: Order) -> None:
    page = page_of(order)
    receiving.end(payment_id=payment_of(order).pk, actor=SYSTEM)
    assert (payment_of(order).state, states(order)) == (PaymentState.EXPIRED, [State.CANCELLED] * 2)
    assert pay(page, GOOD).status == 410


def test_an_end_finds_out_that_the_money_is_there(shop: Shop, order: Order) -> None:
    pay(page_of(order), GOOD)
    receiving.end(payment_id=payment_of(order).pk, actor=SYSTEM)
    assert (payment_of(order).state, states(order)) == (PaymentState.PAID, [State.PLACED] * 2)


def test_a_refund_reaches_the_card(shop: Shop, order: Order) -> None:
    pay(page_of(order), GOOD)
    receiving.end(payment_id=payment_of(order).pk, actor=SYSTEM)
    part = parts_of(order)[0]
    ordering.cancel(vendor_order=part, actor=SYSTEM, reason="Hết hàng")
    shop.work()
    made = Refund.objects.get()
    assert (made.state, made.amount) == (RefundState.PAID, part.total_amount)
    assert balance(AccountKind.REFUNDING) == dong(0)
    all_adds_up(shop)


def test_a_refund_that_was_sent_before_a_crash_is_not_sent_twice(shop: Shop, order: Order) -> None:
    pay(page_of(order), GOOD)
    receiving.end(payment_id=payment_of(order).pk, actor=SYSTEM)
    made = refund_amount(share=share_of(parts_of(order)[0]), amount=dong(30_000), reason="x", actor=SYSTEM)
    shop.stripe.admin("faults", kind="drop_after", path="/v1/refunds", times=3)
    with pytest.raises(ProviderAway):
        shop.work("refund.send")
    Refund.objects.update(created_at=now() - dt.timedelta(hours=24))
    shop.stripe.admin("clock", seconds=25 * 3600)  # Stripe has forgotten the key
    shop.work("refund.send")
    assert Refund.objects.get(pk=made.pk).state == RefundState.PAID
    all_adds_up(shop)


def test_stripe_away_leaves_the_order_and_the_way_open(shop: Shop, order: Order) -> None:
    shop.stripe.admin("faults", kind="bad_gateway", times=50)
    for _ in range(6):
        with pytest.raises(ProviderAway):
            page_of(order)
    # Once it has failed five times, three requests each, nobody waits for it.
    assert shop.stripe.world.faults.left("bad_gateway") == 50 - 5 * 3
    assert (payment_of(order).state, states(order)) == (PaymentState.OPEN, [State.PENDING_PAYMENT] * 2)


def test_the_sweep_fetches_what_no_webhook_brought(shop: Shop, order: Order) -> None:
    pay(page_of(order), GOOD)
    shop.told.notices.clear()
    assert inbox.sweep() > 0
    assert inbox.sweep() == 0
    shop.work()
    assert payment_of(order).state == PaymentState.PAID


def test_a_lost_dispute_takes_the_vendors_earning_back(shop: Shop, order: Order) -> None:
    pay(page_of(order), DISPUTED)
    shop.hear()
    shop.work()
    dispute = Dispute.objects.get()
    assert (dispute.state, dispute.amount) == (DisputeState.OPEN, payment_of(order).amount)
    for part in parts_of(order):
        complete(bring(part))
    assert balance(AccountKind.PAYABLE) == dong(0)
    shop.stripe.admin("disputes/close", dispute=dispute.reference, won=False)
    shop.hear(times=2)
    shop.work()
    assert Dispute.objects.get().state == DisputeState.LOST
    assert [balance(kind) for kind in (AccountKind.PENDING, AccountKind.DISPUTED, AccountKind.COMMISSION)] == [
        dong(0)
    ] * 3
    assert list(faults()) == []


def test_a_won_dispute_makes_the_earning_due_again(shop: Shop, order: Order) -> None:
    pay(page_of(order), GOOD)
    receiving.end(payment_id=payment_of(order).pk, actor=SYSTEM)
    for part in parts_of(order):
        complete(bring(VendorOrder.objects.get(pk=part.pk)))
    due = balance(AccountKind.PAYABLE)
    told = shop.stripe.admin("disputes/open", payment_intent=payment_of(order).charge)
    shop.hear()
    shop.work()
    assert (balance(AccountKind.PAYABLE), balance(AccountKind.PENDING)) == (dong(0), due)
    shop.stripe.admin("disputes/close", dispute=told["id"], won=True)
    shop.hear()
    shop.work()
    assert (balance(AccountKind.PAYABLE), balance(AccountKind.PENDING)) == (due, dong(0))
    assert list(faults()) == []


def test_nothing_that_stripe_has_not_signed_is_believed(shop: Shop, order: Order) -> None:
    pay(page_of(order), GOOD)
    shop.stripe.admin("webhooks/settle")
    raw, signature = shop.told.notices[0]
    assert shop.post(raw + b" ", signature) == 400
    assert shop.post(raw, signature.replace("v1=", "v1=0")) == 400
    assert shop.post(raw, "") == 400
    assert shop.post(b"{", signature) == 400
    assert WebhookEvent.objects.count() == 0


def test_the_webhook_takes_posts_only(shop: Shop) -> None:
    assert shop.client.get(reverse("webhook_stripe")).status_code == 405


def test_the_daily_comparison_finds_nothing_in_a_sound_shop_and_whatever_is_wrong(shop: Shop, order: Order) -> None:
    pay(page_of(order), DISPUTED)
    shop.hear()
    shop.work()
    refund_amount(share=share_of(parts_of(order)[0]), amount=dong(30_000), reason="x", actor=SYSTEM)
    result = reconcile(day=today())
    assert (result.compared, result.differences) == (2, [])
    charge = payment_of(order).charge
    line = [debit(AccountKind.STRIPE, dong(5)), credit(AccountKind.LOSSES, dong(5))]
    book(NewEntry(f"payment:{payment_of(order).pk}:captured:again", EntryKind.CORRECTED, line))
    Payment.objects.update(charge="pi_other")
    result = reconcile(day=today())
    assert [each["number"] for each in result.differences] == sorted([charge, "pi_other"])
