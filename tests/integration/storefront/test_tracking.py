"""Finding, following and cancelling an order."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.kernel.actor import Actor
from apps.ordering.models import VendorOrder
from apps.ordering.services import accept
from tests.factories.catalogue import make_product
from tests.factories.people import make_user
from tests.factories.sales import make_order, part_of

pytestmark = pytest.mark.django_db
URL = "/don-hang/tra-cuu/"
PHONE = "+84 912-345-678"


def test_number_and_phone_open_the_order_in_any_spelling(client: Client) -> None:
    order = make_order(make_product(), make_product())
    typed = f"{order.number[:4].lower()} {order.number[4:]}"
    response = client.post(URL, {"number": typed, "phone": PHONE})
    assert response["Location"] == reverse("storefront:order", args=[order.number])
    assert len(client.get(response["Location"]).context["panels"]) == 2


def test_a_wrong_pair_never_says_which_half_is_wrong(client: Client) -> None:
    order = make_order(make_product())
    answers = [
        client.post(URL, {"number": number, "phone": phone}).context["form"].non_field_errors()
        for number, phone in ((order.number, "0912 000 000"), ("ZZZZZZZZ", PHONE))
    ]
    assert list(answers[0]) == list(answers[1])
    assert len(answers[0]) == 1


def test_ten_tries_in_ten_minutes_then_a_clear_refusal(client: Client) -> None:
    statuses = [client.post(URL, {"number": "ZZZZZZZZ", "phone": PHONE}).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    refused = client.post(URL, {"number": "ZZZZZZZZ", "phone": PHONE})
    assert 0 < int(refused["Retry-After"]) <= 600
    assert "Thử quá nhiều lần" in refused.content.decode()
    other = client.post(URL, {"number": "ZZZZZZZZ", "phone": PHONE}, REMOTE_ADDR="203.0.113.9")
    assert other.status_code == 422


@pytest.mark.parametrize("name", ["order", "order_placed", "order_cancel"])
def test_a_stranger_is_asked_for_the_phone(client: Client, name: str) -> None:
    order = make_order(make_product())
    answer = client.get(reverse(f"storefront:{name}", args=[order.number]))
    assert answer["Location"] == f"{URL}?so={order.number}"
    unknown = client.get(reverse(f"storefront:{name}", args=["ZZZZZZZZ"]))
    assert unknown["Location"] == f"{URL}?so=ZZZZZZZZ"


def test_one_part_is_cancelled_until_its_vendor_confirms(client: Client) -> None:
    first, second = make_product(), make_product()
    order = make_order(first, second)
    client.post(URL, {"number": order.number, "phone": PHONE})
    part = part_of(order, first)
    url = reverse("storefront:order_cancel", args=[order.number])
    assert client.get(f"{url}?phan={part.number}").context["part"].number == part.number
    client.post(url, {"phan": part.number})
    assert dict(VendorOrder.objects.values_list("pk", "state")) == {
        part.pk: "cancelled",
        part_of(order, second).pk: "placed",
    }


def test_a_confirmed_order_is_not_cancelled_by_the_shopper(client: Client) -> None:
    user, product = make_user(), make_product()
    order = make_order(product, user_id=user.pk)
    accept(vendor_order=part_of(order, product), actor=Actor.system())
    client.force_login(user)
    client.post(reverse("storefront:order_cancel", args=[order.number]))
    assert part_of(order, product).state == "accepted"
