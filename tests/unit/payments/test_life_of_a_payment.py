"""A payment from open to paid, too late or given back; stock, order and ledger follow."""

from collections.abc import Callable

import pytest

from apps.jobs.models import Job
from apps.kernel.money import dong
from apps.ledger.books import AccountKind
from apps.ledger.models import Entry
from apps.ledger.selectors import balance, balances, faults
from apps.ordering import services as ordering
from apps.ordering.models import VendorOrder
from apps.ordering.states import VendorOrderState as State
from apps.payments.models import Payment, Refund, Share
from apps.payments.services.opening import NothingToPay, pay_otherwise
from apps.payments.services.receiving import check, end, receive
from apps.payments.services.refunds import NothingToRefund, TooMuch, confirm, fail, refund, refund_amount, send
from apps.payments.services.settling import settle
from apps.payments.states import CashHolder, PaymentState, RefundState
from apps.shop.catalogue.models import Product
from apps.shop.order.models import Order
from apps.shop.partner.models import StockRecord
from tests.factories.catalogue import make_product
from tests.factories.payments import (
    SYSTEM,
    bring,
    complete,
    make_transfer_order,
    parts_of,
    pay,
    payment_of,
    set_terms,
    share_of,
)
from tests.factories.sales import make_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods() -> tuple[Product, Product]:
    return make_product(stock=10), make_product(stock=10)


@pytest.fixture
def order(goods: tuple[Product, Product]) -> Order:
    return make_transfer_order((goods[0], 3), (goods[1], 2))


def money() -> dict[str, int]:
    """Every account that is not at nothing, vendors' summed up; the ledger adds up."""
    assert list(faults()) == []
    return {kind.value: amount.amount for kind, amount in balances() if amount}


def states(order: Order) -> list[str]:
    return [part.state for part in parts_of(order)]


def promised(product: Product) -> int:
    return int(StockRecord.objects.get(product=product).num_allocated)


def jobs(kind: str) -> int:
    return Job.objects.filter(kind=kind).count()


def test_an_order_paid_ahead_waits_and_no_vendor_hears_of_it(order: Order, goods: tuple[Product, Product]) -> None:
    assert states(order) == [State.PENDING_PAYMENT, State.PENDING_PAYMENT]
    assert Order.objects.get(pk=order.pk).status == State.PENDING_PAYMENT
    assert (promised(goods[0]), promised(goods[1])) == (3, 2)
    assert [jobs("vendor_order.placed"), jobs("order.placed"), jobs("payment.end")] == [0, 0, 1]
    shares = Share.objects.order_by("pk")
    assert [share.authorised for share in shares] == [part.total_amount for part in parts_of(order)]
    assert (payment_of(order).amount, money()) == (sum(share.authorised for share in shares), {})


def test_the_money_comes_and_the_order_begins(order: Order) -> None:
    paid = pay(order)
    assert pay(order) == paid
    assert (paid.state, states(order)) == (PaymentState.PAID, [State.PLACED, State.PLACED])
    assert [jobs("vendor_order.placed"), jobs("order.placed")] == [2, 1]
    assert money() == {"unmatched": paid.amount, "shoppers": -paid.amount}
    assert [share.left for share in Share.objects.all()] == [share.authorised for share in Share.objects.all()]


def test_a_fee_of_the_provider_is_a_cost(order: Order) -> None:
    paid = receive(payment_id=payment_of(order).pk, charge="pi_1", actor=SYSTEM, fee=dong(3_000))
    assert money() == {"unmatched": paid.amount - 3_000, "shoppers": -paid.amount, "provider_fees": 3_000}
    assert paid.charge == "pi_1"


def test_asking_a_provider_that_knows_nothing_changes_nothing(order: Order) -> None:
    assert check(payment_id=payment_of(order).pk, actor=SYSTEM).state == PaymentState.OPEN


def test_no_money_in_time_gives_the_stock_back(order: Order, goods: tuple[Product, Product]) -> None:
    for _ in range(2):
        assert end(payment_id=payment_of(order).pk, actor=SYSTEM).state == PaymentState.EXPIRED
    assert states(order) == [State.CANCELLED, State.CANCELLED]
    assert (promised(goods[0]), promised(goods[1]), money()) == (0, 0, {})
    assert [jobs("order.unpaid"), jobs("vendor_order.withdrawn")] == [1, 0]


def test_late_money_takes_the_order_up_again(order: Order, goods: tuple[Product, Product]) -> None:
    end(payment_id=payment_of(order).pk, actor=SYSTEM)
    pay(order)
    assert states(order) == [State.PLACED, State.PLACED]
    assert (promised(goods[0]), promised(goods[1])) == (3, 2)
    assert {part.cancel_reason for part in parts_of(order)} == {""}
    assert Refund.objects.count() == 0


def test_late_money_for_goods_that_are_gone_goes_back(order: Order, goods: tuple[Product, Product]) -> None:
    end(payment_id=payment_of(order).pk, actor=SYSTEM)
    StockRecord.objects.filter(product=goods[1]).update(num_in_stock=1)
    paid = pay(order)
    assert states(order) == [State.CANCELLED, State.CANCELLED]
    assert (promised(goods[0]), promised(goods[1])) == (0, 0)
    assert sum(Refund.objects.values_list("amount", flat=True)) == paid.amount
    assert money() == {"unmatched": paid.amount, "refunding": -paid.amount}


def test_late_money_for_an_order_that_its_shopper_dropped_goes_back(order: Order) -> None:
    ordering.cancel_order_by_shopper(order=order, actor=SYSTEM)
    settle(order_id=order.pk, actor=SYSTEM)
    assert jobs("payment.end") == 2
    end(payment_id=payment_of(order).pk, actor=SYSTEM)
    assert payment_of(order).state == PaymentState.CANCELLED
    paid = pay(order)
    assert states(order) == [State.CANCELLED, State.CANCELLED]
    assert money() == {"unmatched": paid.amount, "refunding": -paid.amount}


def test_another_way_to_pay_takes_the_place_of_an_open_one(order: Order) -> None:
    old = payment_of(order)
    new = pay_otherwise(payment_id=old.pk, provider="cod", actor=SYSTEM)
    assert Payment.objects.get(pk=old.pk).state == PaymentState.CANCELLED
    assert (new.provider, new.amount, new.state) == ("cod", old.amount, PaymentState.OPEN)
    assert states(order) == [State.PLACED, State.PLACED]
    assert [part.cash_amount for part in parts_of(order)] == [part.total_amount for part in parts_of(order)]
    with pytest.raises(NothingToPay):
        pay_otherwise(payment_id=new.pk, provider="vietqr", actor=SYSTEM)


def test_money_on_a_payment_that_was_replaced_goes_back(order: Order) -> None:
    old = payment_of(order)
    pay_otherwise(payment_id=old.pk, provider="cod", actor=SYSTEM)
    receive(payment_id=old.pk, charge="", actor=SYSTEM)
    assert states(order) == [State.PLACED, State.PLACED]
    assert money() == {"unmatched": old.amount, "refunding": -old.amount}


def test_a_delivered_part_earns_and_is_due_after_the_days_for_returns(order: Order) -> None:
    paid = pay(order)
    part = parts_of(order)[0]
    set_terms(part, commission_amount=8_000, commission_vat_amount=800, tax_vat_amount=1_000, tax_pit_amount=500)
    bring(part)
    earning = part.total_amount - 10_300
    assert balance(AccountKind.PENDING, vendor_id=part.vendor_id) == dong(-earning)
    assert money() == {
        "unmatched": paid.amount,
        "shoppers": part.total_amount - paid.amount,
        "pending": -earning,
        "commission": -8_000,
        "commission_vat": -800,
        "tax_vat": -1_000,
        "tax_pit": -500,
    }
    complete(VendorOrder.objects.get(pk=part.pk))
    assert balance(AccountKind.PAYABLE, vendor_id=part.vendor_id) == dong(-earning)
    assert balance(AccountKind.PENDING, vendor_id=part.vendor_id) == dong(0)
    assert Entry.objects.filter(part_number=part.number).count() == 2


def test_a_part_that_is_cancelled_gives_its_money_back(order: Order) -> None:
    paid = pay(order)
    part, other = parts_of(order)
    ordering.cancel(vendor_order=part, actor=SYSTEM, reason="Biển động")
    for _ in range(2):
        settle(order_id=order.pk, actor=SYSTEM)
    made = Refund.objects.get()
    assert (made.amount, made.reason, made.state) == (part.total_amount, "Biển động", RefundState.CLAIMED)
    assert money() == {"unmatched": paid.amount, "shoppers": -other.total_amount, "refunding": -part.total_amount}


def test_a_refund_is_paid_by_hand_and_confirmed_once(order: Order) -> None:
    pay(order)
    share = share_of(parts_of(order)[0])
    made = refund_amount(share=share, amount=dong(10_000), reason="Vỡ một hộp", actor=SYSTEM)
    assert send(refund_id=made.pk, actor=SYSTEM).state == RefundState.CLAIMED
    for _ in range(2):
        confirm(refund_id=made.pk, reference="FT1", actor=SYSTEM)
    share.refresh_from_db()
    assert (share.refunding, share.refunded) == (0, 10_000)
    assert fail(refund_id=made.pk, actor=SYSTEM).state == RefundState.PAID
    assert balance(AccountKind.BANK) == dong(-10_000)
    assert balance(AccountKind.REFUNDING) == dong(0)


def test_a_refund_that_fails_leaves_everything_as_it_was(order: Order) -> None:
    pay(order)
    part = parts_of(order)[0]
    set_terms(part, commission_amount=8_000)
    bring(part)
    before = money()
    share = share_of(part)
    made = refund_amount(share=share, amount=dong(10_000), reason="x", actor=SYSTEM)
    fail(refund_id=made.pk, actor=SYSTEM)
    share.refresh_from_db()
    assert (share.refunding, share.refunded, money()) == (0, 0, before)


@pytest.mark.parametrize("meanwhile", [bring, lambda part: complete(bring(part))], ids=["earned", "released"])
def test_money_of_a_refund_that_fails_goes_where_the_earning_has_gone(
    order: Order, meanwhile: Callable[[VendorOrder], VendorOrder]
) -> None:
    pay(order)
    part, other = parts_of(order)
    set_terms(part, commission_amount=8_000, commission_vat_amount=800)
    made = refund_amount(share=share_of(part), amount=dong(10_000), reason="x", actor=SYSTEM)
    meanwhile(part)
    fail(refund_id=made.pk, actor=SYSTEM)
    account = AccountKind.PENDING if meanwhile is bring else AccountKind.PAYABLE
    assert balance(account, vendor_id=part.vendor_id) == dong(8_800 - part.total_amount)
    assert (balance(AccountKind.COMMISSION), balance(AccountKind.REFUNDING)) == (dong(-8_000), dong(0))
    assert balance(AccountKind.SHOPPERS) == dong(-other.total_amount)


def test_a_refund_by_line_takes_fees_back_from_where_the_earning_lies(order: Order) -> None:
    pay(order)
    part = parts_of(order)[0]
    line = part.lines.get()
    set_terms(part, commission_amount=9_000, commission_vat_amount=900)
    complete(bring(part))
    due = balance(AccountKind.PAYABLE, vendor_id=part.vendor_id)
    third = dong(line.items_amount // 3)
    refund(share=share_of(part), amounts={line.pk: third}, reason="x", actor=SYSTEM)
    assert balance(AccountKind.COMMISSION) == dong(-6_000)
    assert balance(AccountKind.COMMISSION_VAT) == dong(-600)
    assert balance(AccountKind.PAYABLE, vendor_id=part.vendor_id) - due == third - dong(3_300)


def test_everything_given_back_returns_every_account_to_nothing(order: Order) -> None:
    paid = pay(order)
    for part in parts_of(order):
        set_terms(part, commission_amount=7_777, commission_vat_amount=777, tax_vat_amount=333, tax_pit_amount=111)
        bring(part)
        share = share_of(part)
        refund_amount(share=share, amount=dong(12_345), reason="x", actor=SYSTEM)
        share.refresh_from_db()
        refund_amount(share=share, amount=dong(share.left), reason="x", actor=SYSTEM)
    assert money() == {"unmatched": paid.amount, "refunding": -paid.amount}


def test_the_market_may_keep_its_commission(order: Order, settings: pytest.FixtureRequest) -> None:
    settings.COMMISSION_KEPT_ON_REFUND = True  # type: ignore[attr-defined]  # pytest-django's settings
    pay(order)
    part = parts_of(order)[0]
    set_terms(part, commission_amount=8_000, tax_vat_amount=1_000)
    bring(part)
    share = share_of(part)
    refund_amount(share=share, amount=dong(share.captured), reason="x", actor=SYSTEM)
    assert (balance(AccountKind.COMMISSION), balance(AccountKind.TAX_VAT)) == (dong(-8_000), dong(0))
    assert balance(AccountKind.PENDING, vendor_id=part.vendor_id) == dong(8_000)


@pytest.mark.parametrize("amount", [0, -1])
def test_nothing_is_not_refunded(order: Order, amount: int) -> None:
    pay(order)
    share = share_of(parts_of(order)[0])
    with pytest.raises(NothingToRefund):
        refund_amount(share=share, amount=dong(amount), reason="x", actor=SYSTEM)
    with pytest.raises(NothingToRefund):
        refund(share=share, amounts={None: dong(amount)}, reason="x", actor=SYSTEM)


def test_never_more_than_was_paid_in_all_or_for_a_line(order: Order) -> None:
    share = share_of(parts_of(order)[0])
    with pytest.raises(TooMuch):
        refund_amount(share=share, amount=dong(1), reason="x", actor=SYSTEM)
    pay(order)
    share.refresh_from_db()
    line = share.vendor_order.lines.get()
    too_much = [
        {line.pk: dong(line.items_amount + 1)},
        {None: dong(share.vendor_order.shipping_amount + 1)},
        {line.pk + 1000: dong(1)},
    ]
    for amounts in too_much:
        with pytest.raises(TooMuch):
            refund(share=share, amounts=amounts, reason="x", actor=SYSTEM)
    refund(share=share, amounts={line.pk: dong(line.items_amount)}, reason="x", actor=SYSTEM)
    with pytest.raises(TooMuch):
        refund(share=share, amounts={line.pk: dong(1)}, reason="x", actor=SYSTEM)
    with pytest.raises(TooMuch):
        refund_amount(share=share, amount=dong(share.captured), reason="x", actor=SYSTEM)
    assert Refund.objects.count() == 1


def test_a_carrier_collects_cash_and_the_earning_waits_until_it_hands_it_over(goods: tuple[Product, Product]) -> None:
    from apps.payments.services.cash import OtherAmount, remit

    order = make_order((goods[0], 1))
    part = complete(bring(parts_of(order)[0]))
    share = share_of(part)
    set_aside = part.total_amount
    assert (payment_of(order).state, share.cash_holder) == (PaymentState.PAID, CashHolder.CARRIER)
    assert balance(AccountKind.CARRIER_CASH) == dong(set_aside)
    assert balance(AccountKind.PAYABLE) == dong(0)
    with pytest.raises(OtherAmount):
        remit(share_id=share.pk, amount=dong(set_aside - 1), reference="", actor=SYSTEM)
    assert [remit(share_id=share.pk, amount=dong(set_aside), reference="GHN 1", actor=SYSTEM) for _ in range(2)] == [
        True,
        False,
    ]
    settle(order_id=order.pk, actor=SYSTEM)
    assert (balance(AccountKind.CARRIER_CASH), balance(AccountKind.BANK)) == (dong(0), dong(set_aside))
    assert balance(AccountKind.PENDING) == dong(0)
    assert -balance(AccountKind.PAYABLE) > dong(0)
    money()


def test_a_vendor_that_brings_its_parcels_owes_what_it_keeps_too_much(goods: tuple[Product, Product]) -> None:
    order = make_order((goods[0], 1))
    part = parts_of(order)[0]
    set_terms(part, commission_amount=8_000, commission_vat_amount=800)
    complete(bring(part, carrier="tu-giao"))
    assert share_of(part).cash_holder == CashHolder.VENDOR
    assert money() == {"payable": 8_800, "commission": -8_000, "commission_vat": -800}


def test_cash_of_a_cancelled_part_is_not_owed(goods: tuple[Product, Product]) -> None:
    order = make_order((goods[0], 1), (goods[1], 1))
    part, other = parts_of(order)
    ordering.cancel(vendor_order=part, actor=SYSTEM, reason="x")
    settle(order_id=order.pk, actor=SYSTEM)
    assert payment_of(order).amount == other.total_amount
    bring(other)
    assert payment_of(order).state == PaymentState.PAID
    assert balance(AccountKind.CARRIER_CASH) == dong(other.total_amount)
