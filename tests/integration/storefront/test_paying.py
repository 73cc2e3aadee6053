"""The page of a payment that an order waits for, and where it leads."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from apps.kernel.actor import Actor
from apps.payments.models import Payment
from apps.payments.services.receiving import expire
from apps.payments.states import PaymentState
from apps.shop.order.models import Order
from tests.factories.catalogue import make_product
from tests.factories.payments import make_transfer_order, pay, payment_of
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(client: Client) -> Order:
    person = make_user()
    client.force_login(person)
    return make_transfer_order(make_product(), user_id=person.pk)


def page(order: Order, name: str = "pay") -> str:
    return reverse(f"storefront:{name}", kwargs={"number": order.number})


def test_the_thanks_wait_for_the_money(client: Client, order: Order) -> None:
    assert client.get(page(order, "order_placed"))["Location"] == page(order)
    assert client.get(page(order)).status_code == 200
    assert "HX-Redirect" not in client.get(page(order, "pay_waiting")).headers
    pay(order)
    assert client.get(page(order, "pay_waiting"))["HX-Redirect"] == page(order, "pay_back")
    assert client.get(page(order, "pay_back"))["Location"] == page(order, "order_placed")
    assert client.get(page(order, "order_placed")).status_code == 200
    assert client.get(page(order))["Location"] == page(order, "order")


def test_cash_after_all_leads_to_the_thanks(client: Client, order: Order) -> None:
    assert client.post(page(order), {"provider": "cod"})["Location"] == page(order, "order_placed")
    assert client.get(page(order, "order_placed")).status_code == 200
    assert payment_of(order).provider == "cod"


@pytest.mark.parametrize("wanted", ["", "stripe", "momo"])
def test_a_way_that_is_not_open_is_refused(client: Client, order: Order, wanted: str) -> None:
    assert client.post(page(order), {"provider": wanted}, follow=True).status_code == 200
    assert list(Payment.objects.values_list("provider", "state")) == [("vietqr", PaymentState.OPEN)]


def test_no_cash_for_drinks_with_alcohol(client: Client, order: Order) -> None:
    drinks = make_transfer_order(make_product(is_alcohol=True), user_id=order.user_id)
    assert [way.code for way in client.get(page(drinks)).context["others"]] == []
    client.post(page(drinks), {"provider": "cod"})
    assert payment_of(drinks).provider == "vietqr"


def test_a_payment_page_that_is_away_keeps_the_order(client: Client, order: Order, settings: Settings) -> None:
    settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE = "sk_test_x", "http://127.0.0.1:9"
    answer = client.post(page(order), {"provider": "stripe"})
    assert (answer["Location"], payment_of(order).provider) == (page(order), "stripe")
    told = client.post(page(order), {"action": "begin"}, follow=True).content.decode()
    assert "Hiện chưa mở được trang thanh toán" in told


@pytest.mark.parametrize(("key", "said"), [("sk_test_x", True), ("rk_test_x", True), ("sk_live_x", False)])
def test_a_key_that_moves_no_money_is_marked(
    client: Client, order: Order, settings: Settings, key: str, said: bool
) -> None:
    settings.STRIPE_SECRET_KEY = key
    client.post(page(order), {"provider": "stripe"})
    assert ("không có tiền thật" in client.get(page(order)).content.decode()) is said


def test_what_was_not_paid_in_time_has_no_page(client: Client, order: Order) -> None:
    expire(payment_id=payment_of(order).pk, actor=Actor.system())
    assert client.get(page(order))["Location"] == page(order, "order")
    assert "Quá hạn trả tiền" in client.get(page(order, "order")).content.decode()
