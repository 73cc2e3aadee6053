"""The checkout through HTTP, without scripts."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from apps.shop.address.models import UserAddress
from apps.shop.order.models import Order
from apps.shop.partner.models import StockRecord
from tests.factories.catalogue import make_product
from tests.factories.people import make_user
from tests.factories.sales import ready_to_sell
from tests.factories.vendors import make_vendor
from tests.integration.storefront.buying import add, filled_in, submit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shop() -> None:
    ready_to_sell()


def test_a_guest_buys_from_two_vendors(client: Client) -> None:
    first, second = make_product(price=100_000), make_product(price=50_000)
    add(client, first)
    add(client, second, 2)
    response = submit(client, filled_in(client))
    order = Order.objects.get()
    assert response["Location"] == reverse("storefront:order_placed", args=[order.number])
    parts = list(order.vendor_orders.order_by("pk"))
    assert [part.items_amount for part in parts] == [100_000, 100_000]
    page = client.get(response["Location"])
    assert page.status_code == 200
    assert all(part.number in page.content.decode() for part in parts)
    assert client.get(reverse("storefront:basket")).context["view"] is None


def test_sent_twice_or_from_two_tabs_it_is_one_order(client: Client) -> None:
    add(client, make_product())
    form = filled_in(client)
    first, second = submit(client, form), submit(client, form)
    assert first["Location"] == second["Location"]
    assert Order.objects.count() == 1


def test_another_browser_may_not_open_the_confirmation(client: Client) -> None:
    add(client, make_product())
    url = submit(client, filled_in(client))["Location"]
    number = Order.objects.get().number
    assert Client().get(url)["Location"] == f"{reverse('storefront:tracking')}?so={number}"


def test_a_changed_total_comes_back_and_says_so(client: Client) -> None:
    product = make_product(price=100_000)
    add(client, product)
    form = filled_in(client)
    StockRecord.objects.filter(product=product).update(price=120_000)
    page = submit(client, form)
    assert (page.status_code, Order.objects.count()) == (409, 0)
    assert page.context["change"].new.amount - page.context["change"].old.amount == 20_000
    assert page.context["form"]["name"].value() == "Nguyễn Thị Hoa"
    again = submit(client, {**form, "seen_total": page.context["view"].total.amount})
    assert (again.status_code, Order.objects.count()) == (302, 1)


def test_sold_out_meanwhile_leads_back_to_the_basket(client: Client) -> None:
    product = make_product(stock=1)
    add(client, product)
    form = filled_in(client)
    StockRecord.objects.filter(product=product).update(num_allocated=1)
    assert submit(client, form)["Location"] == reverse("storefront:basket")
    assert Order.objects.count() == 0


def test_alcohol_is_explained_and_not_sold_for_cash(client: Client) -> None:
    add(client, make_product(is_alcohol=True, title="Rượu ba kích"))
    form = filled_in(client)
    page = client.get(reverse("storefront:checkout"))
    assert [(way.code, way.refused) for way in page.context["ways"]] == [("vietqr", False), ("cod", True)]
    answer = submit(client, form)
    assert (answer.status_code, Order.objects.count()) == (409, 0)
    assert answer.context["form"].non_field_errors() == [
        "Rượu bia không trả bằng tiền mặt khi nhận hàng. Bỏ ra khỏi giỏ để đặt phần còn lại."
    ]


def test_errors_name_the_field_and_keep_what_was_typed(client: Client) -> None:
    add(client, make_product())
    page = submit(client, filled_in(client, phone="0912 345 67", name=""))
    errors = page.context["form"].errors
    assert page.status_code == 422
    assert errors["phone"] == ["Số điện thoại có 9 chữ số, cần 10. Ví dụ 0912 345 678."]
    assert errors["name"] == ["Ghi tên người nhận hàng."]
    assert 'href="#id_phone"' in page.content.decode()
    assert 'value="0912 345 67"' in page.content.decode()


def test_without_scripts_the_province_brings_its_communes(client: Client) -> None:
    add(client, make_product())
    data = {"action": "communes", "name": "Hoa", "province": "79", "street": "Số 1"}
    page = client.post(reverse("storefront:checkout"), data)
    form = page.context["form"]
    assert [code for code, _ in form.fields["commune"].choices] == ["", "26740"]
    assert (form["name"].value(), form["street"].value(), dict(form.errors)) == ("Hoa", "Số 1", {})


def test_a_commune_of_another_province_is_refused(client: Client) -> None:
    add(client, make_product())
    page = submit(client, filled_in(client, province="22"))
    assert page.context["form"].errors["commune"] == ["Xã này không thuộc tỉnh đã chọn. Chọn lại."]


def test_a_person_keeps_the_address_and_gets_it_again(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    add(client, make_product())
    submit(client, filled_in(client, save_address="on"))
    kept = UserAddress.objects.get(user=user)
    assert (kept.commune_id, kept.is_default_for_shipping) == ("26740", True)
    assert Order.objects.get().user == user
    add(client, make_product())
    assert client.get(reverse("storefront:checkout")).context["form"]["street"].value() == "Số 12, đường Lê Lợi"


def test_an_empty_basket_has_no_checkout(client: Client) -> None:
    assert client.get(reverse("storefront:checkout"))["Location"] == reverse("storefront:basket")


@pytest.mark.parametrize("count", [1, 30])
def test_bounded_queries(client: Client, count: int, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    vendors = [make_vendor() for _ in range(min(count, 5))]
    for number in range(count):
        add(client, make_product(vendor=vendors[number % len(vendors)]))
    with django_assert_max_num_queries(20):
        client.get(reverse("storefront:checkout"))
