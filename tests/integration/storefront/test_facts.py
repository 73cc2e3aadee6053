"""What pages say of goods is true: certificates, services, crafts, shelf life, tax codes, languages, addresses."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from apps.delivery.services import load_tariffs
from apps.kernel.actor import Actor
from apps.shop.catalogue.models import Product
from tests.factories.catalogue import make_category, make_certificate, make_product
from tests.factories.places import make_commune, make_province
from tests.factories.sales import ready_to_sell
from tests.factories.vendors import make_vendor
from tests.integration.storefront.buying import add, filled_in, submit

pytestmark = pytest.mark.django_db


def goods(title: str, **fields: object) -> Product:
    product = make_product(title=title, **fields)  # type: ignore[arg-type]
    product.refresh_search_text()
    product.save()
    return product


def test_the_home_page_counts_goods_with_a_valid_certificate_only(client: Client) -> None:
    vendor = make_vendor()
    make_certificate(make_product(vendor=vendor))
    make_certificate(make_product(vendor=vendor))
    make_certificate(make_product(), days_left=-1)
    make_certificate(make_product(), state="claimed")
    make_product()
    page = client.get("/").context["page"]
    assert (page.certified, page.vendors) == (2, 1)


def test_a_service_has_no_delivery_no_returns_and_no_season(client: Client) -> None:
    load_tariffs(actor=Actor.system())
    make_province("79")
    client.cookies["giao-den"] = "79"
    tour = make_product(product_class="services", season_mask=3, shipping_weight_g=0)
    page = client.get(tour.get_absolute_url())
    html = page.content.decode()
    assert (page.context["page"].quote, page.context["card"].is_service) == (None, True)
    assert [words in html for words in ("season-large", "trong 7 ngày", "#giao-den", "season-line")] == [False] * 4
    assert "Dịch vụ tại chỗ, không giao hàng." in html


@pytest.mark.parametrize(("family", "words"), [("bien", "20.000 ₫/100 g"), ("nghe", ""), ("hoa", "")])
def test_a_price_per_100_g_is_for_food(client: Client, family: str, words: str) -> None:
    category = make_category(f"Loại {family}", family=family)
    product = make_product(category=category, net_weight_g=500, price=100_000)
    card = client.get(product.get_absolute_url()).context["card"]
    assert card.unit_price.replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("days", "words"), [(1095, "36 tháng"), (730, "24 tháng"), (365, "12 tháng"), (180, "6 tháng"), (45, "45 ngày")]
)
def test_shelf_life_in_months(client: Client, days: int, words: str) -> None:
    page = client.get(make_product(shelf_life_days=days).get_absolute_url()).context["page"]
    assert [fact.words.startswith(words) for fact in page.facts if fact.term == "Dùng trong"] == [True]


@pytest.mark.parametrize(
    ("tax_code", "shown"), [("5799900026", True), ("5799900026-001", True), ("022085001234", False)]
)
def test_a_personal_id_is_not_shown(client: Client, tax_code: str, shown: bool) -> None:
    vendor = make_vendor(tax_code=tax_code)
    make_product(vendor=vendor)
    html = client.get(vendor.get_absolute_url()).content.decode()
    assert (f">{tax_code}<" in html, html.count("<dt>Mã số thuế</dt>")) == (shown, 1 + shown)


def test_vietnamese_words_are_marked_on_english_pages(client: Client) -> None:
    product = goods("Chả mực", unit="hộp 500 g", description="Giã tay.", ingredients="mực")
    name = f'<a href="/en{product.get_absolute_url()}" lang="vi">Chả mực</a>'
    assert client.get("/en/tim-kiem/").content.decode().count(name) == 1
    assert 'lang="vi">Chả mực</a>' not in client.get("/tim-kiem/").content.decode()
    page = client.get(f"/en{product.get_absolute_url()}").content.decode()
    assert re.findall(r'lang="vi"[^>]*>(Giã tay\.|mực|hộp 500 g|Chả mực)<', page.replace("<p>", "")) != []
    assert '<dd lang="vi">mực</dd>' in page
    assert '<span aria-current="page" lang="vi">Chả mực</span>' in page


def test_further_pages_are_their_own_canonical_address(client: Client) -> None:
    for number in range(30):
        goods(f"Món {number}")

    def canonical(address: str) -> list[str]:
        return re.findall(r'rel="canonical" href="http://[^/]+([^"]+)"', client.get(address).content.decode())

    assert canonical("/tim-kiem/?trang=2&sap-xep=gia-tang") == ["/tim-kiem/?trang=2"]
    assert canonical("/tim-kiem/?trang=1") == ["/tim-kiem/"]
    assert canonical("/tim-kiem/?trang=99") == ["/tim-kiem/?trang=2"]


@pytest.mark.parametrize(
    ("query", "noindex"), [("", False), ("?con-hang=1", True), ("?q=x", True), ("?mua=0", False), ("?mua=3", True)]
)
def test_filtered_lists_stay_out_of_search_engines(client: Client, query: str, noindex: bool) -> None:
    goods("Chả mực")
    assert ("noindex" in client.get(f"/tim-kiem/{query}").content.decode()) == noindex


def test_month_0_is_no_filter_and_all_year_is_one(client: Client) -> None:
    goods("Quanh năm")
    goods("Tháng ba", season_mask=4)
    nothing = client.get("/tim-kiem/?mua=0")
    assert (nothing.context["title"], nothing.context["listing"].result.total) == ("Tất cả sản vật", 2)
    all_year = client.get("/tim-kiem/?mua=quanh-nam")
    assert (all_year.context["title"], all_year.context["listing"].result.total) == ("Quanh năm", 1)


def test_chilled_goods_do_not_go_far(client: Client) -> None:
    ready_to_sell()
    product = make_product(title="Chả mực", is_chilled=True)
    client.cookies["giao-den"] = "79"
    page = client.get(product.get_absolute_url())
    assert (page.context["page"].quote, page.context["page"].too_far) == (None, True)
    assert "Không giao đến" in page.content.decode()
    add(client, product)
    basket = client.get(reverse("storefront:basket"))
    group = basket.context["view"].groups[0]
    words = "Hàng ướp lạnh chỉ đi tối đa 2 ngày, nơi này xa hơn. Bỏ ra khỏi giỏ: Chả mực."
    assert (group.undeliverable, group.notices) == (True, (words,))
    assert f'href="{reverse("storefront:checkout")}"' not in basket.content.decode()
    form = filled_in(client)
    shown = client.post(reverse("storefront:checkout"), {**form, "action": "communes"}).content.decode()
    assert (shown.count(words), "Chưa đặt được khi còn món không giao đến nơi này." in shown) == (1, True)
    assert submit(client, form).status_code == 409


def test_chilled_goods_go_to_the_same_region_within_two_days(client: Client) -> None:
    ready_to_sell()
    make_commune("00004")
    client.cookies["giao-den"] = "01"
    page = client.get(make_product(is_chilled=True).get_absolute_url()).context["page"]
    assert (page.too_far, page.quote.min_days, page.quote.max_days) == (False, 2, 2)


def test_without_all_fees_the_total_is_that_of_the_goods(client: Client) -> None:
    ready_to_sell()
    add(client, make_product(is_chilled=True, price=100_000))
    add(client, make_product(price=50_000))
    client.cookies["giao-den"] = "79"
    view = client.get(reverse("storefront:basket")).context["view"]
    assert (view.shipping, view.total.amount, [group.undeliverable for group in view.groups]) == (
        None,
        150_000,
        [True, False],
    )
