"""Checkout in two tabs, and what is said when the total is not the one that was seen."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.delivery.models import Tariff
from apps.shop.basket.models import Line
from apps.shop.order.models import Order
from apps.shop.partner.models import StockRecord
from tests.factories.catalogue import make_product
from tests.factories.sales import ready_to_sell
from tests.integration.storefront.buying import add, filled_in, submit

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _shop() -> None:
    ready_to_sell()


def test_a_tab_that_was_ordered_in_another_one_leads_to_the_order(client: Client) -> None:
    add(client, make_product())
    form = filled_in(client)
    submit(client, form)
    order_url = reverse("storefront:order", args=[Order.objects.get().number])
    choosing = {**form, "action": "communes"}
    answer = client.post(reverse("storefront:checkout"), choosing, headers=HTMX)
    assert (answer.status_code, answer["HX-Redirect"], answer.content) == (200, order_url, b"")
    plain = client.post(reverse("storefront:checkout"), choosing)
    assert (plain.status_code, plain["Location"]) == (302, order_url)


def test_another_browser_with_that_token_is_led_to_its_basket(client: Client) -> None:
    add(client, make_product())
    form = filled_in(client)
    submit(client, form)
    answer = Client().post(reverse("storefront:checkout"), {**form, "action": "communes"}, headers=HTMX)
    assert answer["HX-Redirect"] == reverse("storefront:basket")


def test_a_basket_that_was_emptied_in_another_tab_is_shown_with_a_message(client: Client) -> None:
    add(client, make_product())
    form = filled_in(client)
    Line.objects.all().delete()
    answer = client.post(reverse("storefront:checkout"), {**form, "action": "communes"}, headers=HTMX)
    assert answer["HX-Redirect"] == reverse("storefront:basket")
    told = [str(message) for message in client.get(reverse("storefront:basket")).context["messages"]]
    assert told == ["Giỏ hàng vừa thay đổi. Xem lại rồi đặt hàng lần nữa."]


def test_a_changed_total_names_every_line_and_fee(client: Client) -> None:
    product, other = make_product(price=100_000, title="Chả mực"), make_product(price=50_000, title="Trà sen")
    add(client, product, 2)
    add(client, other)
    form = filled_in(client)
    StockRecord.objects.filter(product=product).update(price=120_000)
    Line.objects.filter(product=other).update(quantity=3)
    page = submit(client, form)
    assert page.status_code == 409
    assert [words.replace("\u00a0", " ") for words in page.context["changes"]] == [
        "Chả mực: giá 120.000 ₫, trước là 100.000 ₫.",
        "Trà sen: số lượng 3, trước là 1.",
        *fee_changes(page),
    ]
    assert 'id="changed" tabindex="-1" data-focus' in page.content.decode()


def fee_changes(page: object) -> list[str]:
    """More units weigh more: the second vendor's fee went up with them."""
    group = page.context["view"].groups[1]  # type: ignore[attr-defined]
    new = group.shipping.amount.format().replace("\u00a0", " ")
    first = Tariff.objects.get(zone=group.shipping.zone).first_amount
    old = f"{first:,}".replace(",", ".") + " ₫"
    return [f"Phí giao của {group.vendor.name}: {new}, trước là {old}."]


def test_a_line_that_came_and_one_that_went(client: Client) -> None:
    gone, new = make_product(price=100_000, title="Chả mực"), make_product(price=50_000, title="Trà sen")
    add(client, gone)
    form = filled_in(client)
    Line.objects.all().delete()
    add(client, new)
    page = submit(client, form)
    assert [words.replace("\u00a0", " ") for words in page.context["changes"]] == [
        "Chả mực: không còn trong giỏ, trước là 1.",
        "Trà sen: mới thêm vào giỏ, 1 × 50.000 ₫.",
    ]


@pytest.mark.parametrize("token", ["", "xyz", "1:2:3"])
def test_a_forged_token_orders_nothing(client: Client, token: str) -> None:
    add(client, make_product())
    page = submit(client, {**filled_in(client), "token": token})
    assert (page.status_code, Order.objects.count()) == (422, 0)
