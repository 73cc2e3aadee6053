"""Statements: the lines since the payout before sum to the payout, and every line to its goods, fees and refunds."""

import datetime as dt

import pytest
import time_machine

from apps.kernel.clock import now
from apps.kernel.money import dong
from apps.ledger.books import AccountKind
from apps.ledger.selectors import balance
from apps.ordering.models import VendorOrder
from apps.ordering.services import RETURN_WITHIN
from apps.payments.services.cash import remit
from apps.payments.services.earnings import hold, release
from apps.payments.services.refunds import fail as refund_fails
from apps.payments.services.refunds import refund, refund_amount
from apps.payments.services.settling import settle
from apps.payouts.models import Payout
from apps.payouts.services.runs import drop
from apps.payouts.statements.earnings import earned, earnings, releases
from apps.payouts.statements.lines import Piece
from apps.payouts.statements.periods import Statement, months_of, of_month, of_payout
from apps.vendors.models import Vendor
from tests.factories.catalogue import make_product
from tests.factories.payments import SYSTEM, bring, complete, make_transfer_order, parts_of, pay, set_terms, share_of
from tests.factories.payouts import make_account, make_run, owe
from tests.factories.sales import make_order
from tests.factories.vendors import make_vendor

pytestmark = pytest.mark.django_db
TERMS = {"commission_amount": 16_000, "commission_vat_amount": 1_600, "tax_vat_amount": 2_000, "tax_pit_amount": 1_000}


@pytest.fixture
def vendor() -> Vendor:
    found = make_vendor()
    make_account(found)
    return found


def sold(vendor: Vendor, *, price: int = 200_000) -> VendorOrder:
    """A part that is paid by bank transfer and has arrived; nothing of it is due yet."""
    order = make_transfer_order(make_product(vendor=vendor, price=price, stock=100))
    pay(order)
    part = parts_of(order)[0]
    set_terms(part, **TERMS)
    return bring(VendorOrder.objects.get(pk=part.pk))


def paid_out(vendor: Vendor) -> Statement:
    """The statement of a new payout; its lines sum to it, and their pieces to them."""
    payout = make_run(vendor).payouts.get(vendor=vendor)
    statement = of_payout(vendor=vendor, pk=payout.pk)
    assert (statement.closing, statement.opening) == (payout.amount, 0)
    assert [sum(line.pieces.values()) for line in statement.lines] == [line.amount for line in statement.lines]
    assert sum(amount for _words, amount in statement.totals) == payout.amount
    return statement


def test_a_sale_is_taken_apart(vendor: Vendor) -> None:
    part = complete(sold(vendor))
    statement = paid_out(vendor)
    assert [(line.number, line.kind) for line in statement.lines] == [(part.number, "released")]
    assert dict(statement.pieces) == {
        Piece.GOODS: 200_000,
        Piece.DELIVERY: part.shipping_amount,
        Piece.COMMISSION: -16_000,
        Piece.COMMISSION_VAT: -1_600,
        Piece.TAX_VAT: -2_000,
        Piece.TAX_PIT: -1_000,
    }
    amounts = [200_000, part.shipping_amount, -16_000, -1_600, -2_000, -1_000]
    assert [amount for _words, amount in statement.lines[0].parts] == amounts


def test_refunds_before_and_after_the_hold_are_told(vendor: Vendor) -> None:
    part = sold(vendor)
    line = part.lines.get()
    refund(share=share_of(part), amounts={line.pk: dong(50_000), None: dong(1_000)}, reason="x", actor=SYSTEM)
    complete(part)
    refund(share=share_of(part), amounts={line.pk: dong(50_000)}, reason="x", actor=SYSTEM)
    statement = paid_out(vendor)
    assert [line.kind for line in statement.lines] == ["released", "refund_claimed"]
    assert statement.lines[0].pieces[Piece.REFUND] == -51_000
    assert statement.lines[1].pieces == {
        Piece.REFUND: -50_000,
        Piece.COMMISSION: 4_000,
        Piece.COMMISSION_VAT: 400,
        Piece.TAX_VAT: 500,
        Piece.TAX_PIT: 250,
    }
    assert (statement.pieces[Piece.GOODS], statement.pieces[Piece.COMMISSION]) == (200_000, -8_000)


def test_what_went_back_before_anything_was_earned_is_not_in_it(vendor: Vendor) -> None:
    order = make_transfer_order(make_product(vendor=vendor, price=200_000, stock=9))
    pay(order)
    part = parts_of(order)[0]
    set_terms(part)
    refund(share=share_of(part), amounts={None: dong(part.shipping_amount)}, reason="x", actor=SYSTEM)
    complete(bring(VendorOrder.objects.get(pk=part.pk)))
    assert dict(paid_out(vendor).pieces) == {Piece.GOODS: 200_000}


def test_a_refund_after_the_payout_is_in_the_next_one(vendor: Vendor) -> None:
    part = complete(sold(vendor))
    first = paid_out(vendor)
    made = refund_amount(share=share_of(part), amount=dong(30_000), reason="x", actor=SYSTEM)
    other = refund_amount(share=share_of(part), amount=dong(10_000), reason="x", actor=SYSTEM)
    refund_fails(refund_id=other.pk, actor=SYSTEM)
    complete(sold(vendor, price=300_000))
    second = paid_out(vendor)
    assert [line.kind for line in second.lines] == ["refund_claimed", "refund_claimed", "refund_failed", "released"]
    assert second.pieces[Piece.REFUND] == -made.amount
    assert of_payout(vendor=vendor, pk=first.payout.pk if first.payout else 0).closing == first.closing


def test_money_that_a_dispute_held_back_comes_and_goes(vendor: Vendor) -> None:
    part = complete(sold(vendor))
    hold(part=part)
    complete(sold(vendor))
    release(part=part)
    statement = paid_out(vendor)
    assert [line.kind for line in statement.lines] == ["released", "held", "released", "released"]
    assert statement.pieces[Piece.HELD] == -statement.lines[0].amount
    assert statement.lines[0].pieces == statement.lines[3].pieces


def test_cash_that_the_vendor_keeps_is_set_off(vendor: Vendor) -> None:
    order = make_order(make_product(vendor=vendor, price=200_000, stock=9))
    part = parts_of(order)[0]
    set_terms(part, **TERMS)
    complete(bring(VendorOrder.objects.get(pk=part.pk), carrier="tu-giao"))
    complete(sold(vendor))
    statement = paid_out(vendor)
    assert [line.kind for line in statement.lines] == ["released", "cash_kept", "released"]
    assert statement.pieces[Piece.CASH] == -part.total_amount
    assert statement.lines[0].amount + statement.lines[1].amount == -sum(TERMS.values())


def test_a_payout_that_was_dropped_is_a_line_of_the_next_one(vendor: Vendor) -> None:
    complete(sold(vendor))
    dropped = paid_out(vendor)
    assert dropped.payout is not None
    drop(payout=dropped.payout, reason="x", actor=SYSTEM)
    complete(sold(vendor))
    statement = paid_out(vendor)
    assert [line.kind for line in statement.lines] == ["payout_dropped", "released"]
    assert (statement.pieces[Piece.PAYOUT], statement.lines[0].number) == (dropped.closing, dropped.payout.number)


def test_a_correction_is_told_as_one(vendor: Vendor) -> None:
    owe(vendor, 250_000)
    assert dict(paid_out(vendor).pieces) == {Piece.OTHER: 250_000}


def test_a_statement_is_the_vendors_own(vendor: Vendor) -> None:
    complete(sold(vendor))
    statement = paid_out(vendor)
    assert statement.payout is not None
    with pytest.raises(Payout.DoesNotExist):
        of_payout(vendor=make_vendor(), pk=statement.payout.pk)


def test_months_lead_from_balance_to_balance(vendor: Vendor) -> None:
    # 01:00 of December in Viet Nam is still November in UTC.
    with time_machine.travel(dt.datetime(2026, 11, 10, 5, tzinfo=dt.UTC)):
        owe(vendor, 300_000)
    with time_machine.travel(dt.datetime(2026, 11, 30, 18, tzinfo=dt.UTC)):
        owe(vendor, 50_000)
        payout = make_run(vendor).payouts.get()
        owe(vendor, 7_000)
    november, december = dt.date(2026, 11, 1), dt.date(2026, 12, 1)
    assert months_of(vendor=vendor) == [december, november]
    one, two = of_month(vendor=vendor, month=november), of_month(vendor=vendor, month=december)
    assert (one.title, one.opening, one.closing, len(one.lines)) == ("11/2026", 0, 300_000, 1)
    assert (two.opening, two.closing, two.pieces[Piece.PAYOUT]) == (300_000, 7_000, -payout.amount)
    assert (payout.amount, two.closing) == (350_000, -balance(AccountKind.PAYABLE, vendor_id=vendor.pk).amount)


def test_orders_tell_what_they_earned_and_where_it_is(vendor: Vendor) -> None:
    first = complete(sold(vendor))
    payout = make_run(vendor).payouts.get()
    second, third = complete(sold(vendor)), sold(vendor)
    refund_amount(share=share_of(third), amount=dong(20_000), reason="x", actor=SYSTEM)
    found = earnings(earned(vendor=vendor), vendor=vendor)
    assert [(each.order, each.where, each.payout) for each in found] == [
        (third, "held", None),
        (second, "due", None),
        (first, "payout", payout),
    ]
    assert third.delivered_at is not None
    assert found[0].until == (third.delivered_at + RETURN_WITHIN + dt.timedelta(hours=7)).date()
    assert found[2].amount == payout.amount
    assert found[0].amount == -balance(AccountKind.PENDING, vendor_id=vendor.pk).amount
    assert found[1].amount == sum(amount for _words, amount in found[1].parts)


def test_held_money_is_told_by_the_day_on_which_it_is_due(vendor: Vendor) -> None:
    part = sold(vendor)
    order = make_order(make_product(vendor=vendor, price=100_000, stock=9))
    complete(bring(parts_of(order)[0]))
    held = -balance(AccountKind.PENDING, vendor_id=vendor.pk).amount
    one, two = releases(vendor=vendor)
    assert (one.day, two.day) == ((now() + RETURN_WITHIN + dt.timedelta(hours=7)).date(), None)
    assert (one.amount + two.amount, one.amount) == (held, earnings(earned(vendor=vendor), vendor=vendor)[1].amount)
    complete(part)
    share = share_of(parts_of(order)[0])
    remit(share_id=share.pk, amount=dong(share.captured), reference="x", actor=SYSTEM)
    settle(order_id=order.pk, actor=SYSTEM)
    assert releases(vendor=vendor) == []
