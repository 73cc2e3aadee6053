"""The address that the search box asks: public JSON in the reader's language, whatever is typed."""

import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.kernel.clock import today
from apps.shop.catalogue.models import Product
from search.models import Asked
from tests.factories.catalogue import make_category, make_product
from tests.factories.vendors import make_vendor
from tests.factories.words import make_known_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def product() -> Product:
    """Goods, a category, a vendor and a province that begin alike."""
    make_known_words()
    vendor = make_vendor(name="HTX Bắc Hà", slug="htx-bac-ha")
    product = make_product(title="Bạc hà Bắc Hà", category=make_category("Bắc bộ", "Northern food"), vendor=vendor)
    product.refresh_search_text()
    product.save()
    return product


def answered(client: Client, path: str, q: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.get(path, {"q": q}).content)
    return found


def test_rows_have_a_name_a_label_and_an_address(client: Client, product: Product) -> None:
    rows = answered(client, "/tim-kiem/goi-y/", "bac")
    assert rows["status"] == "6 gợi ý"
    assert [(row["name"], row["label"], row["note"], row["url"], row["lang"]) for row in rows["items"]] == [
        ("Bắc bộ", "Loại hàng", "", "/danh-muc/bac-bo/", ""),
        ("Bạc hà Bắc Hà", "Sản phẩm", "", f"/san-pham/{product.slug}-{product.pk}/", ""),
        ("Bắc Ninh", "Tỉnh, thành phố", "", "/tinh/bac-ninh/", ""),
        ("Cà Mau", "Tỉnh, thành phố", "“Bạc Liêu” nay thuộc Cà Mau", "/tinh/ca-mau/", ""),
        ("Thái Nguyên", "Tỉnh, thành phố", "“Bắc Kạn” nay thuộc Thái Nguyên", "/tinh/thai-nguyen/", ""),
        ("HTX Bắc Hà", "Nhà bán", "", "/nha-ban/htx-bac-ha/", ""),
    ]


def test_in_english_names_in_vietnamese_say_so(client: Client, product: Product) -> None:
    rows = answered(client, "/en/tim-kiem/goi-y/", "bạc hà")
    assert (rows["status"], rows["items"]) == (
        "1 suggestion",
        [
            {
                "name": "Bạc hà Bắc Hà",
                "label": "Product",
                "note": "",
                "url": f"/en/san-pham/{product.slug}-{product.pk}/",
                "lang": "vi",
            }
        ],
    )
    assert [(row["name"], row["lang"]) for row in answered(client, "/en/tim-kiem/goi-y/", "northern")["items"]] == [
        ("Northern food", "")
    ]


def test_the_answer_is_everybodys_and_kept_for_a_minute(client: Client, product: Product) -> None:
    client.cookies["giao-den"] = "79"
    answer = client.get("/tim-kiem/goi-y/?q=bac")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/json", "public, max-age=60")
    assert (answer.cookies, "Cookie" in answer.headers.get("Vary", "")) == ({}, False)


def test_a_query_of_others_leads_to_its_results(client: Client, product: Product) -> None:
    for ago in range(2):
        day = today() - dt.timedelta(days=ago)
        Asked.objects.create(day=day, folded="bac ha kho", words="bạc hà khô", times=5, results=3)
    [row, *_others] = answered(client, "/en/tim-kiem/goi-y/", "bac ha")["items"]
    assert row == {
        "name": "bạc hà khô",
        "label": "Often searched",
        "note": "",
        "url": "/en/tim-kiem/?q=b%E1%BA%A1c+h%C3%A0+kh%C3%B4",
        "lang": "vi",
    }


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_it_is_only_read(client: Client, method: str) -> None:
    assert getattr(client, method)("/tim-kiem/goi-y/?q=bac").status_code == 405


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=",
        "q=c",
        "q=<script>alert(1)</script>",
        "q=" + "%F0%9F%99%82" * 400,
        "q=%ff%fe",
        "q=a&q=",
        "x=1",
        "q[]=bac",
    ],
)
def test_anything_is_answered(client: Client, product: Product, query: str) -> None:
    answer = client.get(f"/tim-kiem/goi-y/?{query}")
    assert (answer.status_code, json.loads(answer.content)["items"]) == (200, [])


def test_one_query_while_the_names_are_fresh(client: Client, product: Product) -> None:
    client.get("/tim-kiem/goi-y/?q=bac")
    with CaptureQueriesContext(connection) as queries:
        client.get("/tim-kiem/goi-y/?q=bac h")
    assert len(queries) == 1


@pytest.mark.parametrize("path", ["/", "/en/", "/gio-hang/", "/tro-giup/", "/tim-kiem/?q=zzzz", "/khong-co-trang-nay/"])
def test_every_search_box_asks_it(client: Client, path: str) -> None:
    language = "/en" if path == "/en/" else ""
    page = client.get(path).content.decode()
    assert page.count(f'data-suggest="{language}/tim-kiem/goi-y/"') == page.count('role="search"') == 1
