"""The page on which a shopper pays by bank transfer."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from apps.kernel.clock import now
from apps.kernel.money import dong
from apps.payments.models import Payment
from apps.payments.services.opening import pay_otherwise
from apps.payments.vietqr_code import payload, png, svg
from apps.shop.order.models import Order
from apps.storefront.transfer_step import transfer_step
from tests.factories.bank import come, said
from tests.factories.catalogue import make_product
from tests.factories.payments import SYSTEM, make_transfer_order, payment_of
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(client: Client) -> Order:
    """An order that waits for its transfer, of the person at this browser."""
    person = make_user()
    client.force_login(person)
    return make_transfer_order((make_product(stock=5), 2), user_id=person.pk)


def address(order: Order, name: str = "pay") -> str:
    return reverse(f"storefront:{name}", args=[order.number])


def code_of(order: Order, amount: int) -> str:
    """What the code says: the invented account of the tests, this amount, this order."""
    return payload(bank_bin="970415", account="113366668888", amount=dong(amount), purpose=f"SV{order.number}")


def test_the_page_shows_the_code_and_all_that_it_says(client: Client, order: Order) -> None:
    amount = payment_of(order).amount
    page = client.get(address(order)).content.decode()
    assert svg(code_of(order, amount)) in page
    words = [dong(amount).format(), f"SV{order.number}", "113366668888", "VietinBank", "CHO SAN VAT"]
    assert [word for word in words if word not in page] == []
    assert f'hx-get="{address(order, "pay_waiting")}?den=0"' in page


def test_the_code_is_a_picture_for_its_owner_only(client: Client, order: Order) -> None:
    picture = client.get(address(order, "pay_code"))
    assert (picture["Content-Type"], picture.content) == ("image/png", png(code_of(order, payment_of(order).amount)))
    assert "no-store" in picture["Cache-Control"]
    assert Client().get(address(order, "pay_code"))["Location"].startswith("/don-hang/tra-cuu/")


def test_what_has_come_is_shown_and_the_code_asks_for_the_rest(client: Client, order: Order) -> None:
    amount, waiting = payment_of(order).amount, address(order, "pay_waiting")
    assert client.get(f"{waiting}?den=0").status_code == 204
    come(30_000, said(order))
    news = client.get(f"{waiting}?den=0")
    assert (news.status_code, svg(code_of(order, amount - 30_000)) in news.content.decode()) == (200, True)
    words = ['hx-swap-oob="true"', "?den=30000", dong(30_000).format(), dong(amount - 30_000).format()]
    assert [word for word in words if word not in news.content.decode()] == []
    assert client.get(f"{waiting}?den=30000").status_code == 204
    come(amount - 30_000, said(order))
    assert client.get(f"{waiting}?den=30000")["HX-Redirect"] == address(order, "pay_back")
    assert client.get(address(order, "pay_back"))["Location"] == address(order, "order_placed")


def test_the_time_that_is_left_is_counted_in_begun_minutes(order: Order) -> None:
    left = {}
    for seconds in (1790, 61, 60, 1, -5):
        Payment.objects.update(expires_at=now() + dt.timedelta(seconds=seconds + 0.5))
        step = transfer_step(payment_of(order))
        left[step.seconds_left] = step.minutes_left
    assert left == {1790: 30, 61: 2, 60: 1, 1: 1, 0: 0}


def test_the_test_bank_is_there_only_where_it_runs(
    client: Client, order: Order, settings: pytest.FixtureRequest
) -> None:
    assert "8430" not in client.get(address(order)).content.decode()
    settings.TEST_BANK_URL = "http://127.0.0.1:8430"  # type: ignore[attr-defined]  # pytest-django's settings
    step = transfer_step(payment_of(order))
    assert step.test_bank("http://testserver/x") == (
        f"http://127.0.0.1:8430/?amount={payment_of(order).amount}&content=SV{order.number}&back=http%3A%2F%2Ftestserver%2Fx"
    )
    assert "http://127.0.0.1:8430/?amount=" in client.get(address(order)).content.decode()


def test_another_way_to_pay_has_no_code(client: Client, order: Order) -> None:
    pay_otherwise(payment_id=payment_of(order).pk, provider="cod", actor=SYSTEM)
    assert client.get(address(order, "pay_code"))["Location"] == address(order, "order")
