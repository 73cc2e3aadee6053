"""The basket through HTTP: cookie, guards, lines, notices, vouchers and one vendor alone."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from apps.shop.basket.models import Basket
from apps.shop.partner.models import StockRecord
from apps.shop.voucher.services import create_voucher
from apps.storefront import baskets
from tests.factories.catalogue import make_certificate, make_product
from tests.factories.people import PASSWORD, make_user
from tests.factories.sales import make_basket, ready_to_sell
from tests.factories.vendors import make_vendor
from tests.integration.storefront.buying import HERE, add

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shop() -> None:
    ready_to_sell()


def quantities(client: Client) -> list[int]:
    """The quantities that the basket page shows, in order."""
    view = client.get(reverse("storefront:basket")).context["view"]
    return [line.quantity for group in view.groups for line in group.lines] if view else []


def test_adding_keeps_the_count_in_a_signed_cookie(client: Client) -> None:
    product = make_product()
    response = add(client, product, 3)
    assert response.status_code == 302
    assert quantities(client) == [3]
    assert client.get(reverse("storefront:basket")).context["basket_count"] == 3


def test_a_forged_cookie_opens_nothing(client: Client) -> None:
    basket = make_basket(make_product())
    client.cookies[baskets.COOKIE] = f"{basket.pk}:1:forged"
    assert quantities(client) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Referer": "https://elsewhere.example/page"},
        {},
    ],
)
def test_a_form_of_another_site_is_refused(client: Client, headers: dict[str, str]) -> None:
    url = reverse("storefront:basket_add")
    response = client.post(url, {"product_id": make_product().pk}, headers=headers)
    assert (response.status_code, Basket.objects.count()) == (403, 0)


@pytest.mark.parametrize("headers", [{"Origin": "http://testserver"}, {"Referer": "http://testserver/tim-kiem/"}])
def test_our_own_form_is_known_by_origin_or_referer(client: Client, headers: dict[str, str]) -> None:
    response = client.post(reverse("storefront:basket_add"), {"product_id": make_product().pk}, headers=headers)
    assert (response.status_code, Basket.objects.count()) == (302, 1)


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_next_never_leads_to_another_site(client: Client, wanted: str) -> None:
    data = {"product_id": make_product().pk, "next": wanted}
    response = client.post(reverse("storefront:basket_add"), data, headers=HERE)
    assert response["Location"] == reverse("storefront:basket")


def test_quantity_removal_and_undo(client: Client) -> None:
    product = make_product()
    add(client, product)
    line = client.get(reverse("storefront:basket")).context["view"].groups[0].lines[0]
    url = reverse("storefront:basket_line", args=[line.id])
    client.post(url, {"quantity": "4"}, headers=HERE)
    assert quantities(client) == [4]
    client.post(url, {"remove": "1"}, headers=HERE)
    page = client.get(reverse("storefront:basket"))
    assert page.context["removed"] == (product.title, product.pk, 4)
    client.post(reverse("storefront:basket_add"), {"product_id": product.pk, "quantity": "4"}, headers=HERE)
    assert quantities(client) == [4]


def test_more_than_is_left_is_answered_beside_the_line(client: Client) -> None:
    add(client, make_product(stock=2))
    line = client.get(reverse("storefront:basket")).context["view"].groups[0].lines[0]
    client.post(reverse("storefront:basket_line", args=[line.id]), {"quantity": "3"}, headers=HERE)
    page = client.get(reverse("storefront:basket"))
    assert page.context["panels"][0].rows[0].answer == "Chỉ còn 2. Chọn 2 hoặc ít hơn."
    assert quantities(client) == [1]


def test_a_suspended_vendor_blocks_only_its_own_lines(client: Client) -> None:
    kept, stopped = make_product(), make_product()
    add(client, kept)
    add(client, stopped)
    StockRecord.objects.filter(product=stopped).update(vendor_open=False)
    view = client.get(reverse("storefront:basket")).context["view"]
    assert [group.blocked for group in view.groups] == [False, True]
    assert client.get(reverse("storefront:checkout"))["Location"] == reverse("storefront:basket")


def test_a_changed_price_is_said_on_its_line(client: Client) -> None:
    product = make_product(price=860_000)
    add(client, product)
    StockRecord.objects.filter(product=product).update(price=890_000)
    page = client.get(reverse("storefront:basket"))
    assert "Giá đổi từ 860.000" in page.content.decode()


def test_voucher_applied_refused_and_removed(client: Client) -> None:
    create_voucher(code="TUANHANGVIET", name="Tuần hàng Việt", amount=40_000)
    add(client, make_product(price=100_000))
    url = reverse("storefront:basket_voucher")
    client.post(url, {"code": "khong-co"}, headers=HERE)
    assert client.get(reverse("storefront:basket")).context["voucher_error"] == "Không có mã “KHONG-CO”."
    client.post(url, {"code": " tuanhangviet "}, headers=HERE)
    assert client.get(reverse("storefront:basket")).context["view"].discount.amount == 40_000
    client.post(url, {"remove": "TUANHANGVIET"}, headers=HERE)
    assert client.get(reverse("storefront:basket")).context["view"].discount.amount == 0


def test_one_vendor_alone_and_the_rest_back(client: Client) -> None:
    first, second = make_product(), make_product()
    add(client, first)
    add(client, second, 2)
    slug = first.listing.vendor.slug
    response = client.post(reverse("storefront:basket_only", args=[slug]), headers=HERE)
    assert response["Location"] == reverse("storefront:checkout")
    assert quantities(client) == [1]
    assert client.get(reverse("storefront:basket")).context["basket_count"] == 3
    client.post(reverse("storefront:basket_all"), headers=HERE)
    assert quantities(client) == [1, 2]


def test_the_total_is_the_sum_of_the_vendors(client: Client) -> None:
    add(client, make_product(price=99_999), 3)
    add(client, make_product(price=55_001))
    client.post(reverse("storefront:delivery_place"), {"province": "79"}, headers=HERE)
    view = client.get(reverse("storefront:basket")).context["view"]
    assert view.total.amount == sum(group.total.amount for group in view.groups)
    assert view.total.amount == view.items.amount + view.shipping.amount


@pytest.mark.parametrize("count", [1, 30])
def test_twenty_queries_at_most(
    client: Client, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    vendors = [make_vendor() for _ in range(min(count, 5))]
    for number in range(count):
        product = make_product(vendor=vendors[number % len(vendors)])
        make_certificate(product)
        add(client, product)
    client.post(reverse("storefront:delivery_place"), {"province": "79"}, headers=HERE)
    with django_assert_max_num_queries(20):
        page = client.get(reverse("storefront:basket"))
    assert page.context["view"].count == count


def test_signing_in_brings_the_basket_along(client: Client) -> None:
    user, product, other = make_user(), make_product(), make_product()
    make_basket((other, 2), user_id=user.pk)
    add(client, product)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert sorted(quantities(client)) == [1, 2]
    client.post(reverse("account_logout"))
    assert baskets.COOKIE not in {name for name, morsel in client.cookies.items() if morsel.value}
    assert quantities(client) == []


def test_signing_up_brings_the_basket_along(client: Client) -> None:
    add(client, make_product(), 2)
    data = {"email": "moi@example.test", "password1": "mật khẩu rất dài", "full_name": "Người Mới"}
    response = client.post(reverse("account_signup"), data)
    assert (response.status_code, quantities(client)) == (302, [2])
    assert Basket.objects.get(status=Basket.OPEN).owner.full_name == "Người Mới"


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example/x"])
def test_signing_in_never_leads_to_another_site(client: Client, wanted: str) -> None:
    user = make_user()
    response = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD, "next": wanted})
    assert response["Location"] == reverse("storefront:account")
