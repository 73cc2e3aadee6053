"""Payouts as transfers to vendors' accounts at Stripe, against the stand-in over a socket."""

import pytest
from django.utils.translation import override

from apps.kernel.clock import now, today
from apps.kernel.money import dong
from apps.ledger.books import AccountKind, EntryKind
from apps.ledger.models import Entry
from apps.ledger.selectors import balance, faults
from apps.ordering.models import VendorOrder
from apps.payments.providers.port import ProviderAway
from apps.payments.providers.stripe import client
from apps.payments.services import receiving
from apps.payments.services.opening import begin
from apps.payments.services.reconciling import reconcile
from apps.payments.services.refunds import refund_amount
from apps.payouts.models import Payout, StripeAccount
from apps.payouts.selectors import balance_of
from apps.payouts.services import stripe_accounts
from apps.payouts.services.runs import drop
from apps.payouts.services.sending import retry
from apps.payouts.states import PayoutState as State
from apps.vendors.models import Vendor
from tests.factories.catalogue import make_product
from tests.factories.payments import SYSTEM, bring, complete, parts_of, payment_of, share_of
from tests.factories.payouts import make_account, make_approved
from tests.factories.sales import make_order
from tests.factories.vendors import make_vendor
from tests.integration.payments.conftest import Shop
from tests.unit.fakes.shopping import pay

pytestmark = pytest.mark.django_db
GOOD, DAY = "4242424242424242", 24 * 3600


@pytest.fixture
def vendor(shop: Shop) -> Vendor:
    """With an account at Stripe that may receive, and 200,000 dong of cards paid, delivered and due."""
    vendor = make_vendor()
    make_account(vendor)
    stripe_accounts.begin(vendor=vendor, back="http://shop.test/", again="http://shop.test/", actor=SYSTEM)
    shop.stripe.admin("accounts/onboard", account=number_of(vendor))
    stripe_accounts.refresh(account=vendor.stripe_accounts.get(), actor=SYSTEM)
    StripeAccount.objects.update(hold_until=now())
    sold(vendor)
    sold(make_vendor())  # the market earns no commission here, and Stripe keeps a fee of every card
    return vendor


def number_of(vendor: Vendor) -> str:
    return vendor.stripe_accounts.get().account_id


def sold(vendor: Vendor) -> VendorOrder:
    order = make_order((make_product(vendor=vendor, stock=9, price=200_000), 1), payment_method="stripe")
    pay(begin(payment=payment_of(order), actor=SYSTEM), GOOD)
    receiving.end(payment_id=payment_of(order).pk, actor=SYSTEM)
    return complete(bring(parts_of(order)[0]))


def settled(shop: Shop) -> None:
    """Card money can be spent two days after it was paid."""
    shop.stripe.admin("clock", seconds=2 * DAY)


def settled_at_once(shop: Shop) -> None:
    """The same without a day going by, so that Stripe's keys live on."""
    change = "update documents set body = json_set(body, '$.available_on', 0) where kind = 'balance_transaction'"
    shop.stripe.world.store.run(change)


def send(shop: Shop) -> Payout:
    with override("en"):
        shop.work("payout.send")
    return Payout.objects.get()


def transfers() -> list[int]:
    return [one.amount for one in client().v1.transfers.list().data]


def at_stripe() -> int:
    found = client().v1.balance.retrieve()
    return sum(part.amount for part in [*found.available, *found.pending])


def all_adds_up() -> None:
    assert list(faults()) == []
    assert balance(AccountKind.STRIPE) == dong(at_stripe())


def test_a_payout_is_one_transfer_out_of_the_balance(shop: Shop, vendor: Vendor) -> None:
    settled(shop)
    make_approved(vendor)
    payout = send(shop)
    assert (payout.state, payout.state_reason) == (State.PAID, "")
    made = client().v1.transfers.list().data[0]
    assert (payout.provider, payout.state, payout.reference) == ("stripe", State.PAID, made.id)
    assert (made.amount, made.destination, made.transfer_group) == (payout.amount, number_of(vendor), payout.number)
    assert (made.metadata.to_dict(), payout.destination[:6]) == ({"payout": str(payout.key)}, "Stripe")
    assert balance(AccountKind.IN_TRANSIT) == dong(0)
    all_adds_up()


def test_a_transfer_whose_answer_was_lost_is_not_made_twice(shop: Shop, vendor: Vendor) -> None:
    settled(shop)
    make_approved(vendor)
    shop.stripe.admin("faults", kind="drop_after", method="POST", path="/v1/transfers", times=3)
    with pytest.raises(ProviderAway):
        send(shop)
    assert Payout.objects.get().state == State.SENT
    shop.stripe.admin("clock", seconds=DAY + 3600)  # Stripe has forgotten the key
    payout = send(shop)
    assert (payout.state, transfers()) == (State.PAID, [payout.amount])
    all_adds_up()


def test_stripe_away_moves_nothing_and_is_asked_again(shop: Shop, vendor: Vendor) -> None:
    settled(shop)
    make_approved(vendor)
    shop.stripe.admin("faults", kind="drop_before", times=3)
    with pytest.raises(ProviderAway):
        send(shop)
    assert (Payout.objects.get().state, transfers()) == (State.SENT, [])
    payout = send(shop)
    assert (payout.state, transfers()) == (State.PAID, [payout.amount])


def test_money_that_is_not_there_yet_is_sent_when_it_is(shop: Shop, vendor: Vendor) -> None:
    make_approved(vendor)
    payout = send(shop)
    assert (payout.state, payout.state_reason[:12], transfers()) == (State.FAILED, "The market's", [])
    settled_at_once(shop)
    retry(payout=payout, actor=SYSTEM)
    again = send(shop)
    # Within the day in which Stripe repeats its refusal of the first attempt.
    assert (again.state, again.key, transfers()) == (State.PAID, payout.key, [payout.amount])
    all_adds_up()


def test_a_restricted_account_is_paid_through_the_bank_next_time(shop: Shop, vendor: Vendor) -> None:
    settled(shop)
    make_approved(vendor)
    shop.stripe.admin("accounts/restrict", account=number_of(vendor))
    payout = send(shop)
    assert (payout.state, payout.state_reason[:15], transfers()) == (State.FAILED, "Stripe does not", [])
    drop(payout=payout, reason="x", actor=SYSTEM)
    assert make_approved(vendor).payouts.get().provider == "bank"


def test_a_reversal_makes_the_money_due_again_and_the_next_payout_takes_it(shop: Shop, vendor: Vendor) -> None:
    settled(shop)
    make_approved(vendor)
    payout = send(shop)
    client().v1.transfers.reversals.create(payout.reference, {"amount": 50_000})
    for _ in range(2):
        client().v1.transfers.reversals.create(payout.reference, {"amount": 30_000})
        shop.hear(times=2)
        shop.work()
    assert Entry.objects.filter(kind=EntryKind.TRANSFER_REVERSED).count() == 3
    assert balance_of(vendor=vendor).due == 110_000
    all_adds_up()
    assert make_approved(vendor).payouts.get(vendor=vendor).amount == 110_000


def test_a_reversal_is_heard_of_before_the_transfer(shop: Shop, vendor: Vendor) -> None:
    settled(shop)
    make_approved(vendor)
    shop.stripe.admin("faults", kind="drop_after", method="POST", path="/v1/transfers", times=3)
    with pytest.raises(ProviderAway):
        send(shop)
    client().v1.transfers.reversals.create(client().v1.transfers.list().data[0].id)
    shop.hear()
    shop.work()
    payout = Payout.objects.get()
    assert (payout.state, balance_of(vendor=vendor).due) == (State.PAID, payout.amount)
    all_adds_up()


def test_a_transfer_of_somebody_else_is_left_alone(shop: Shop, vendor: Vendor) -> None:
    settled(shop)
    wanted = {"amount": 1_000, "currency": "vnd", "destination": number_of(vendor)}
    made = client().v1.transfers.create(wanted)  # type: ignore[arg-type]
    client().v1.transfers.reversals.create(made.id)
    shop.hear()
    shop.work()
    assert Entry.objects.filter(kind=EntryKind.TRANSFER_REVERSED).count() == 0


def test_a_refund_after_the_payout_is_netted_from_the_next(shop: Shop, vendor: Vendor) -> None:
    settled(shop)
    make_approved(vendor)
    send(shop)
    share = share_of(VendorOrder.objects.get(vendor=vendor))
    refund_amount(share=share, amount=dong(100_000), reason="x", actor=SYSTEM)
    debt = balance_of(vendor=vendor).debt
    assert debt > 0
    sold(vendor)
    sold(vendor)
    due = balance_of(vendor=vendor).due
    assert make_approved(vendor).payouts.get().amount == due
    assert list(faults()) == []


def test_the_daily_comparison_knows_transfers_and_reversals(shop: Shop, vendor: Vendor) -> None:
    settled_at_once(shop)
    make_approved(vendor)
    payout = send(shop)
    client().v1.transfers.reversals.create(payout.reference, {"amount": 50_000})
    [told] = [each for each in reconcile(day=today()).differences if each["there"] == 50_000]
    assert told["number"].startswith("trr_")
    shop.hear()
    shop.work()
    result = reconcile(day=today())
    assert (result.compared, result.differences) == (4, [])
    Payout.objects.update(reference="tr_other")
    assert [each["number"] for each in reconcile(day=today()).differences] == sorted([payout.reference, "tr_other"])
