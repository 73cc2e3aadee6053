"""What the basket says to odd input, and what it offers."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.kernel.actor import Actor
from apps.shop.address.services import AddressData, save_address
from apps.shop.partner.models import StockRecord
from tests.factories.catalogue import make_product
from tests.factories.people import make_user
from tests.factories.sales import ready_to_sell
from tests.integration.storefront.buying import HERE, add

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shop() -> None:
    ready_to_sell()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("abc", "Ghi số lượng bằng số nguyên, ví dụ 2."),
        ("", "Ghi số lượng bằng số nguyên, ví dụ 2."),
        ("1.5", "Ghi số lượng bằng số nguyên, ví dụ 2."),
        ("-1", "Ghi số lượng bằng số nguyên, ví dụ 2."),
        ("99999999999999999999", "Chỉ còn 10. Chọn 10 hoặc ít hơn."),
    ],
)
def test_a_quantity_that_is_none_is_answered_beside_the_line(client: Client, typed: str, words: str) -> None:
    add(client, make_product(stock=10), 2)
    line = client.get(reverse("storefront:basket")).context["view"].groups[0].lines[0]
    client.post(reverse("storefront:basket_line", args=[line.id]), {"quantity": typed}, headers=HERE)
    row = client.get(reverse("storefront:basket")).context["panels"][0].rows[0]
    assert (row.answer, row.line.quantity) == (words, 2)


def test_a_wrong_code_stays_in_its_field_with_the_error_beside_it(client: Client) -> None:
    add(client, make_product())
    answer = client.post(reverse("storefront:basket_voucher"), {"code": "khong-co"}, headers=HERE)
    assert answer["Location"] == f"{reverse('storefront:basket')}#ma-giam-gia"
    page = client.get(reverse("storefront:basket"))
    assert (page.context["voucher_code"], page.context["voucher_error"]) == ("khong-co", "Không có mã “KHONG-CO”.")
    html = page.content.decode()
    assert 'name="code" id="id_code" value="khong-co" aria-invalid="true" aria-describedby="id_code_error"' in html
    assert '<div id="ma-giam-gia" data-focus>' in html


def test_the_bar_is_part_of_the_swap_and_empty_with_the_basket(client: Client) -> None:
    empty = client.get(reverse("storefront:basket")).content.decode()
    assert '<div id="basket-bar"></div>' in empty
    assert f'href="{reverse("storefront:season")}"' in empty.split('id="basket"')[1].split('id="basket-bar"')[0]
    add(client, make_product())
    html = client.get(reverse("storefront:basket")).content.decode()
    assert html.count('hx-select-oob="#basket-count,#basket-bar"') == 2


def test_fees_for_the_province_of_the_first_address(client: Client) -> None:
    user = make_user()
    data = AddressData(name="Hoa", phone="0912345678", commune_code="26740", street="Số 1")
    save_address(user_id=user.pk, actor=Actor.person(user.pk), data=data)
    client.force_login(user)
    add(client, make_product())
    page = client.get(reverse("storefront:basket"))
    assert page.context["province"].code == "79"
    assert page.context["view"].shipping is not None


def test_a_closed_vendor_is_not_offered_alone(client: Client) -> None:
    kept, stopped = make_product(), make_product()
    add(client, kept)
    add(client, stopped)
    StockRecord.objects.filter(product=stopped).update(vendor_open=False)
    html = client.get(reverse("storefront:basket")).content.decode()
    offered = [product for product in (kept, stopped) if f"/{product.listing.vendor.slug}/" in _only(html)]
    assert offered == [kept]


def _only(html: str) -> str:
    """The addresses of the forms that buy from one vendor alone."""
    pattern = reverse("storefront:basket_only", args=["x"]).replace("x/", "").rstrip("/")
    return " ".join(part.split('"')[0] for part in html.split(f'action="{pattern}')[1:])
