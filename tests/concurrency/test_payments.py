"""Two hands on the same money at once: it moves once, and the ledger adds up."""

from functools import partial

import pytest

from apps.kernel.money import dong
from apps.ledger.books import AccountKind, EntryKind, credit, debit
from apps.ledger.models import Entry
from apps.ledger.selectors import balance, faults
from apps.ledger.services import NewEntry, book
from apps.ordering import services as ordering
from apps.ordering.models import VendorOrder
from apps.ordering.states import VendorOrderState as State
from apps.payments.models import Payment, Refund, Share
from apps.payments.services.opening import pay_otherwise
from apps.payments.services.receiving import expire, receive
from apps.payments.services.refunds import confirm, fail, refund_amount
from apps.payments.services.settling import settle
from apps.payments.states import PaymentState, RefundState
from apps.shop.partner.models import StockRecord
from tests.concurrency.racing import race, tally
from tests.factories.catalogue import make_product
from tests.factories.payments import SYSTEM, bring, complete, make_transfer_order, parts_of, pay, payment_of, share_of

pytestmark = pytest.mark.usefixtures("shared_database")
ROUNDS = 3


def test_a_double_refund_gives_back_once() -> None:
    for _ in range(ROUNDS):
        order = make_transfer_order(make_product(price=100_000))
        pay(order)
        share = share_of(parts_of(order)[0])
        everything = partial(refund_amount, share=share, amount=dong(share.captured), reason="x", actor=SYSTEM)

        outcome = race([everything] * 4)

        assert tally(outcome) == {"done": 1, "refused": 3}
        share.refresh_from_db()
        assert (share.refunding, Refund.objects.filter(share=share).count()) == (share.captured, 1)
    assert list(faults()) == []


def test_a_cancelled_part_is_settled_by_many_jobs_once() -> None:
    order = make_transfer_order(make_product(), make_product())
    pay(order)
    part = parts_of(order)[0]
    ordering.cancel(vendor_order=part, actor=SYSTEM, reason="x")

    outcome = race([partial(settle, order_id=order.pk, actor=SYSTEM)] * 4)

    assert tally(outcome) == {"done": 4}
    assert Refund.objects.count() == 1
    assert list(faults()) == []


def test_webhook_and_return_page_receive_once() -> None:
    for _ in range(ROUNDS):
        order = make_transfer_order(make_product())
        receiving = partial(receive, payment_id=payment_of(order).pk, charge="pi_1", actor=SYSTEM)

        outcome = race([receiving] * 4)

        assert tally(outcome) == {"done": 4}
        assert Entry.objects.filter(order_number=order.number, kind=EntryKind.CAPTURED).count() == 1
        assert [part.state for part in parts_of(order)] == [State.PLACED]
    assert list(faults()) == []


def test_late_money_against_expiry_ends_with_goods_or_money_back() -> None:
    for _ in range(ROUNDS):
        product = make_product(stock=1)
        order = make_transfer_order(product)
        payment = payment_of(order)

        outcome = race(
            [
                partial(receive, payment_id=payment.pk, charge="", actor=SYSTEM),
                partial(expire, payment_id=payment.pk, actor=SYSTEM),
            ]
        )

        assert tally(outcome) == {"done": 2}
        assert Payment.objects.get(pk=payment.pk).state == PaymentState.PAID
        (part,) = parts_of(order)
        # Whoever was first: the order is taken up again, and its unit is promised once.
        assert (part.state, StockRecord.objects.get(product=product).num_allocated) == (State.PLACED, 1)
    assert list(faults()) == []


def test_another_way_to_pay_against_the_money_never_takes_both() -> None:
    for _ in range(ROUNDS):
        order = make_transfer_order(make_product())
        payment = payment_of(order)

        race(
            [
                partial(pay_otherwise, payment_id=payment.pk, provider="cod", actor=SYSTEM),
                partial(receive, payment_id=payment.pk, charge="", actor=SYSTEM),
            ]
        )

        (part,) = parts_of(order)
        kept = sum(share.left for share in Share.objects.filter(vendor_order=part))
        assert (part.state, kept + part.cash_amount) == (State.PLACED, part.total_amount)
    assert list(faults()) == []


def test_a_refund_ends_once_whoever_says_how() -> None:
    for _ in range(ROUNDS):
        order = make_transfer_order(make_product())
        pay(order)
        share = share_of(parts_of(order)[0])
        made = refund_amount(share=share, amount=dong(10_000), reason="x", actor=SYSTEM)

        race(
            [
                partial(confirm, refund_id=made.pk, reference="FT", actor=SYSTEM),
                partial(fail, refund_id=made.pk, actor=SYSTEM),
            ]
        )

        share.refresh_from_db()
        paid = Refund.objects.get(pk=made.pk).state == RefundState.PAID
        assert (share.refunding, share.refunded) == (0, 10_000 if paid else 0)
    assert balance(AccountKind.REFUNDING) == dong(0)
    assert list(faults()) == []


def test_a_refund_against_the_release_is_taken_from_where_the_earning_lies() -> None:
    for _ in range(ROUNDS):
        order = make_transfer_order(make_product(price=100_000))
        pay(order)
        part = bring(parts_of(order)[0])
        share = share_of(part)

        outcome = race(
            [
                partial(complete, VendorOrder.objects.get(pk=part.pk)),
                partial(refund_amount, share=share, amount=dong(share.captured), reason="x", actor=SYSTEM),
            ]
        )

        assert tally(outcome) == {"done": 2}
        held = [balance(kind, vendor_id=part.vendor_id) for kind in (AccountKind.PENDING, AccountKind.PAYABLE)]
        assert held == [dong(0), dong(0)]
    assert list(faults()) == []


def test_one_key_is_booked_once_and_accounts_are_made_once() -> None:
    lines = [debit(AccountKind.BANK, dong(7)), credit(AccountKind.SHOPPERS, dong(7))]

    outcome = race([partial(book, NewEntry("the key", EntryKind.CAPTURED, lines))] * 6)

    assert tally(outcome) == {"done": 6}
    assert (balance(AccountKind.BANK), Entry.objects.count()) == (dong(7), 1)


def test_bookings_over_the_same_accounts_in_opposite_order_never_wait_in_a_circle() -> None:
    def entry(number: int) -> NewEntry:
        lines = [debit(AccountKind.BANK, dong(1)), credit(AccountKind.SHOPPERS, dong(1))]
        return NewEntry(f"entry:{number}", EntryKind.CAPTURED, lines if number % 2 else lines[::-1])

    outcome = race([partial(book, entry(number), entry(number + 100)) for number in range(8)])

    assert tally(outcome) == {"done": 8}
    assert balance(AccountKind.BANK) == dong(16)
