"""Money that comes to the bank: whole, in parts, too much, too late, for nobody; the ledger follows."""

from collections.abc import Callable

import pytest

from apps.jobs.models import Job
from apps.jobs.transitions import IllegalTransition
from apps.kernel.money import dong
from apps.ledger.books import AccountKind
from apps.ledger.models import Entry
from apps.ledger.selectors import balance, faults
from apps.ordering import services as ordering
from apps.payments.handlers import on_end
from apps.payments.models import BankTransfer, Refund
from apps.payments.services import transfers
from apps.payments.services.opening import pay_otherwise
from apps.payments.services.settling import settle
from apps.payments.states import PaymentState, TransferState
from apps.shop.order.models import Order
from apps.shop.partner.models import StockRecord
from tests.factories.bank import come, said, unaccounted
from tests.factories.catalogue import make_product
from tests.factories.payments import SYSTEM, make_transfer_order, parts_of, payment_of

pytestmark = pytest.mark.django_db
S = TransferState


@pytest.fixture
def order() -> Order:
    return make_transfer_order((make_product(stock=10), 3), (make_product(stock=10), 2))


def outcome() -> list[tuple[str, int]]:
    """State of each transfer and what goes back of it; not a dong is unexplained."""
    assert (list(faults()), unaccounted()) == ([], 0)
    return [(row.state, row.amount - row.used) for row in BankTransfer.objects.order_by("pk")]


def states(order: Order) -> set[str]:
    return {part.state for part in parts_of(order)}


def test_the_whole_amount_pays_the_order(order: Order) -> None:
    amount = payment_of(order).amount
    transfer = come(amount, said(order))
    paid = payment_of(order)
    assert (paid.state, paid.charge, transfer.payment_id) == (PaymentState.PAID, transfer.reference, paid.pk)
    assert (states(order), outcome()) == ({"placed"}, [(S.MATCHED, 0)])
    assert (balance(AccountKind.BANK), balance(AccountKind.SHOPPERS)) == (dong(amount), dong(-amount))
    assert balance(AccountKind.UNMATCHED) == dong(0)


def test_a_notice_that_comes_again_changes_nothing(order: Order) -> None:
    amount = payment_of(order).amount
    for _ in range(3):
        come(amount, said(order), reference="FT1")
    assert outcome() == [(S.MATCHED, 0)]
    assert (Entry.objects.filter(kind="arrived").count(), Job.objects.filter(kind="transfer.match").count()) == (1, 1)
    with pytest.raises(transfers.ReferenceReused):
        come(amount + 1, said(order), reference="FT1")


def test_parts_add_up_to_the_whole(order: Order) -> None:
    amount = payment_of(order).amount
    come(amount - 50_000, said(order))
    assert (payment_of(order).state, states(order)) == (PaymentState.OPEN, {"pending_payment"})
    assert outcome() == [(S.MATCHED, amount - 50_000)]
    come(20_000, said(order))
    come(45_000, said(order))
    assert (payment_of(order).state, states(order)) == (PaymentState.PAID, {"placed"})
    assert outcome() == [(S.MATCHED, 0), (S.MATCHED, 0), (S.RETURN_DUE, 15_000)]


def test_too_much_pays_the_order_and_the_rest_goes_back_once(order: Order) -> None:
    amount = payment_of(order).amount
    transfer = come(amount + 7_000, said(order))
    assert (payment_of(order).state, outcome()) == (PaymentState.PAID, [(S.RETURN_DUE, 7_000)])
    transfers.return_money(transfer_id=transfer.pk, reference="FT-RA-1", actor=SYSTEM)
    with pytest.raises(IllegalTransition):
        transfers.return_money(transfer_id=transfer.pk, reference="FT-RA-2", actor=SYSTEM)
    assert outcome() == [(S.RETURNED, 7_000)]
    assert (balance(AccountKind.BANK), balance(AccountKind.UNMATCHED)) == (dong(amount), dong(0))
    entry = Entry.objects.get(kind="returned")
    assert (entry.memo, entry.order_number) == ("FT-RA-1", order.number)


def test_an_order_that_is_paid_takes_no_more(order: Order) -> None:
    amount = payment_of(order).amount
    come(amount, said(order))
    come(amount, said(order))
    assert outcome() == [(S.MATCHED, 0), (S.RETURN_DUE, amount)]


def test_what_came_before_the_time_was_over_goes_back(order: Order) -> None:
    come(1_000, said(order))
    for _ in range(2):
        on_end({"payment_id": payment_of(order).pk})
    assert (payment_of(order).state, outcome()) == (PaymentState.EXPIRED, [(S.RETURN_DUE, 1_000)])
    come(2_000, said(order))
    assert outcome() == [(S.RETURN_DUE, 1_000), (S.RETURN_DUE, 2_000)]


def test_late_money_takes_the_order_up_again_or_goes_back_as_a_refund(order: Order) -> None:
    amount = payment_of(order).amount
    on_end({"payment_id": payment_of(order).pk})
    come(amount, said(order))
    assert (states(order), outcome(), Refund.objects.count()) == ({"placed"}, [(S.MATCHED, 0)], 0)
    other = make_transfer_order((make_product(stock=1), 1))
    on_end({"payment_id": payment_of(other).pk})
    StockRecord.objects.update(num_in_stock=0, num_allocated=0)
    come(payment_of(other).amount, said(other))
    assert (states(other), outcome()) == ({"cancelled"}, [(S.MATCHED, 0), (S.MATCHED, 0)])
    assert sum(Refund.objects.values_list("amount", flat=True)) == payment_of(other).amount


def cancel(order: Order) -> None:
    """The shopper takes the order back, and its jobs have run."""
    ordering.cancel_order_by_shopper(order=order, actor=SYSTEM)
    settle(order_id=order.pk, actor=SYSTEM)
    on_end({"payment_id": payment_of(order).pk})


def pay_cash(order: Order) -> None:
    """The shopper would rather pay the courier, and the jobs have run."""
    old = payment_of(order)
    pay_otherwise(payment_id=old.pk, provider="cod", actor=SYSTEM)
    on_end({"payment_id": old.pk})


@pytest.mark.parametrize("drop", [cancel, pay_cash])
def test_money_for_a_payment_that_was_dropped_waits_for_an_admin(order: Order, drop: Callable[[Order], None]) -> None:
    come(1_000, said(order))
    drop(order)
    transfer = come(2_000, said(order))
    assert outcome() == [(S.RETURN_DUE, 1_000), (S.NEW, 2_000)]
    with pytest.raises(transfers.NoTransferAwaited):
        transfers.assign(transfer_id=transfer.pk, order_number=order.number, actor=SYSTEM)
    transfers.refuse(transfer_id=transfer.pk, actor=SYSTEM)
    assert outcome() == [(S.RETURN_DUE, 1_000), (S.RETURN_DUE, 2_000)]


def test_money_without_an_order_is_assigned_by_an_admin(order: Order) -> None:
    transfer = come(payment_of(order).amount, "mua che")
    assert outcome() == [(S.NEW, transfer.amount)]
    spelled = f"sv {order.number[:4].lower()}-{order.number[4:]}"
    transfers.assign(transfer_id=transfer.pk, order_number=spelled, actor=SYSTEM)
    assert (states(order), outcome()) == ({"placed"}, [(S.MATCHED, 0)])
    with pytest.raises(IllegalTransition):
        transfers.assign(transfer_id=transfer.pk, order_number=order.number, actor=SYSTEM)
    with pytest.raises(IllegalTransition):
        transfers.refuse(transfer_id=transfer.pk, actor=SYSTEM)
    with pytest.raises(IllegalTransition):
        transfers.return_money(transfer_id=transfer.pk, reference="x", actor=SYSTEM)


@pytest.mark.parametrize("number", ["", "ZZZZZZZZ", "abc"])
def test_money_is_assigned_to_orders_only(order: Order, number: str) -> None:
    transfer = come(1_000)
    with pytest.raises(transfers.NoTransferAwaited):
        transfers.assign(transfer_id=transfer.pk, order_number=number, actor=SYSTEM)
    assert outcome() == [(S.NEW, 1_000)]


def test_two_orders_in_one_content_wait_for_an_admin(order: Order) -> None:
    other = make_transfer_order((make_product(stock=10), 1))
    come(payment_of(order).amount + payment_of(other).amount, f"{said(order)} {said(other)}")
    assert [state for state, _ in outcome()] == [S.NEW]


def test_an_order_paid_in_cash_takes_no_transfer() -> None:
    order = make_transfer_order((make_product(stock=10), 1))
    pay_cash(order)
    come(payment_of(order).amount, said(order))
    assert [state for state, _ in outcome()] == [S.NEW]
