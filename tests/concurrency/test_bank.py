"""Money comes while something else happens: it is taken in once, used once, and never forgotten."""

from functools import partial
from threading import Thread

import pytest
from django.core.wsgi import get_wsgi_application
from werkzeug.serving import make_server

from apps.jobs.models import Job
from apps.ledger.models import Entry
from apps.ledger.selectors import faults
from apps.payments.handlers import on_end
from apps.payments.models import BankTransfer, Payment
from apps.payments.services import transfers
from apps.payments.services.opening import pay_otherwise
from apps.payments.states import PaymentState, TransferState
from apps.shop.order.models import Order
from fakes.bank import FakeBank
from tests.concurrency.racing import race, tally
from tests.factories.bank import come, said, unaccounted
from tests.factories.catalogue import make_product
from tests.factories.payments import SYSTEM, make_transfer_order, parts_of, payment_of

pytestmark = pytest.mark.usefixtures("shared_database")
ROUNDS = 5
S = TransferState


def new_order() -> Order:
    return make_transfer_order((make_product(stock=5), 1))


def outcome() -> list[tuple[str, int]]:
    """State of each transfer and what of it goes back; not a dong is unexplained."""
    assert (list(faults()), unaccounted()) == ([], 0)
    return [(row.state, row.back) for row in BankTransfer.objects.order_by("pk")]


def arrived(amount: int, content: str) -> int:
    """A transfer whose job has not run yet."""
    transfer = come(amount)
    BankTransfer.objects.filter(pk=transfer.pk).update(content=content)
    return transfer.pk


def test_one_notice_many_times_at_once_is_one_transfer() -> None:
    order = new_order()
    amount = payment_of(order).amount
    take = partial(come, amount, said(order), reference="FT1")

    assert tally(race([take] * 6)) == {"done": 6}

    assert (payment_of(order).state, outcome()) == (PaymentState.PAID, [(S.MATCHED, 0)])
    booked = Entry.objects.filter(kind__in=["arrived", "captured"]).values_list("kind", flat=True)
    assert sorted(booked) == ["arrived", "captured"]
    assert Job.objects.filter(kind="transfer.match").count() == 1


def test_the_whole_amount_comes_as_the_time_ends() -> None:
    for number in range(ROUNDS):
        order = new_order()
        payment = payment_of(order)
        match = partial(transfers.match, transfer_id=arrived(payment.amount, said(order)), actor=SYSTEM)

        assert tally(race([match, partial(on_end, {"payment_id": payment.pk})])) == {"done": 2}

        assert payment_of(order).state == PaymentState.PAID
        assert {part.state for part in parts_of(order)} == {"placed"}
        assert outcome() == [(S.MATCHED, 0)] * (number + 1)


def test_a_part_comes_as_the_time_ends() -> None:
    for number in range(ROUNDS):
        order = new_order()
        match = partial(transfers.match, transfer_id=arrived(1_000, said(order)), actor=SYSTEM)

        assert tally(race([match, partial(on_end, {"payment_id": payment_of(order).pk})])) == {"done": 2}

        assert payment_of(order).state == PaymentState.EXPIRED
        assert outcome() == [(S.RETURN_DUE, 1_000)] * (number + 1)


def test_parts_that_come_at_once_add_up_once() -> None:
    order = new_order()
    amount = payment_of(order).amount
    parts = [arrived(part, said(order)) for part in (amount - 3_000, 1_000, 1_000, 1_000)]
    # The job of each runs twice, too.
    come_in = [partial(transfers.match, transfer_id=part, actor=SYSTEM) for part in parts * 2]

    assert tally(race(come_in)) == {"done": 8}

    assert (payment_of(order).state, outcome()) == (PaymentState.PAID, [(S.MATCHED, 0)] * 4)


def test_money_comes_as_the_shopper_chooses_cash() -> None:
    for _ in range(ROUNDS):
        order = new_order()
        old = payment_of(order)
        transfer = arrived(old.amount, said(order))

        result = race(
            [
                partial(transfers.match, transfer_id=transfer, actor=SYSTEM),
                partial(pay_otherwise, payment_id=old.pk, provider="cod", actor=SYSTEM),
            ]
        )

        state = BankTransfer.objects.get(pk=transfer).state
        paid = Payment.objects.get(pk=old.pk).state == PaymentState.PAID
        assert (tally(result), state, paid) in [
            ({"done": 1, "refused": 1}, S.MATCHED, True),
            ({"done": 2}, S.NEW, False),
        ]
        assert {part.state for part in parts_of(order)} == {"placed"}
        outcome()


def test_two_admins_decide_about_one_transfer() -> None:
    for _ in range(ROUNDS):
        order = new_order()
        transfer = come(payment_of(order).amount)

        result = race(
            [
                partial(transfers.assign, transfer_id=transfer.pk, order_number=order.number, actor=SYSTEM),
                partial(transfers.refuse, transfer_id=transfer.pk, actor=SYSTEM),
            ]
        )

        assert tally(result) == {"done": 1, "refused": 1}
        outcome()


def test_money_goes_back_once() -> None:
    transfer = come(5_000)
    transfers.refuse(transfer_id=transfer.pk, actor=SYSTEM)
    send = partial(transfers.return_money, transfer_id=transfer.pk, reference="FT1", actor=SYSTEM)

    assert tally(race([send] * 4)) == {"done": 1, "refused": 3}

    assert outcome() == [(S.RETURNED, 5_000)]


def test_the_test_bank_speaks_to_the_shop() -> None:
    with make_server("127.0.0.1", 0, get_wsgi_application(), threaded=True) as shop:
        Thread(target=shop.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{shop.server_port}/webhooks/bank/"
        with FakeBank(notify=url, secret="test-secret-that-protects-nothing") as bank:
            assert bank.transfer(70_000, "chuyen tien", reference="FT9") == 200
        with FakeBank(notify=url, secret="some-other-shops-secret") as stranger:
            assert stranger.transfer(70_000, "chuyen tien") == 400
        shop.shutdown()
    assert list(BankTransfer.objects.values_list("reference", "amount")) == [("FT9", 70_000)]
