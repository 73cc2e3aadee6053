"""Pages are drawn once: what they show is read for every request, or once for strangers of the same moment."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import Settings

from apps.kernel.clock import today
from apps.shop.catalogue.models import Product
from apps.shop.partner.models import StockRecord
from marketplace.settings import base
from search.database import KEPT_SECONDS as LISTS_KEPT_SECONDS
from tests.factories.catalogue import make_product

pytestmark = pytest.mark.django_db


PLACES: dict[str, Callable[[Product], str]] = {
    "product": lambda product: product.get_absolute_url(),
    "category": lambda product: product.categories.get().get_absolute_url(),
    "province": lambda product: "/tinh/quang-ninh/",
    "vendor": lambda product: product.listing.vendor.get_absolute_url(),
    "search": lambda product: "/tim-kiem/",
    "season": lambda product: f"/tim-kiem/?mua={today().month}",
    "home": lambda product: "/",
    "neighbour": lambda product: make_product(vendor=product.listing.vendor).get_absolute_url(),
}


@pytest.mark.parametrize("place", PLACES)
def test_price_and_stock_are_new_on_every_page_at_once(client: Client, place: str) -> None:
    product = make_product(price=120_000, stock=3, season_mask=1 << (today().month - 1))
    path = PLACES[place](product)
    before = client.get(path).content.decode()
    assert ("120.000" in before, "Hết hàng" in before) == (True, False)
    StockRecord.objects.filter(product=product).update(price=Decimal(130_000), num_in_stock=0)
    after = client.get(path).content.decode()
    assert ("120.000" in after, "130.000" in after) == (False, True)
    assert "Hết hàng" in after


def test_strangers_of_the_same_moment_share_a_page_and_nobody_else_does(client: Client, settings: Settings) -> None:
    settings.PAGE_SECONDS = 60
    product = make_product(price=120_000)
    path = product.get_absolute_url()
    buyer = Client()
    buyer.post("/gio-hang/them/", {"product_id": product.pk}, headers={"Sec-Fetch-Site": "same-origin"})
    assert "120.000" in client.get(path).content.decode()
    StockRecord.objects.filter(product=product).update(price=Decimal(130_000))
    pages = {
        "stranger": Client().get(path),
        "english": client.get(f"/en{path}"),
        "other address": client.get(f"{path}?danh-gia"),
        "buyer": buyer.get(path),
    }
    new = {reader: "130.000" in page.content.decode() for reader, page in pages.items()}
    assert new == {"stranger": False, "english": True, "other address": True, "buyer": True}
    caches["moments"].clear()
    assert "130.000" in client.get(path).content.decode()


def test_prices_and_stock_are_right_within_two_seconds() -> None:
    assert 0 < base.PAGE_SECONDS + LISTS_KEPT_SECONDS <= 2


def test_only_pages_that_were_found_are_kept_for_others(client: Client, settings: Settings) -> None:
    settings.PAGE_SECONDS = 60
    StockRecord.objects.filter(product=make_product()).update(partner_sku="DS0001")
    answers = [client.get("/tim-kiem/", {"q": "DS0001"}).status_code for _time in range(2)]
    assert answers == [302, 302]


def test_a_reader_who_has_the_page_gets_no_second_copy(client: Client) -> None:
    product = make_product(price=120_000)
    first = client.get(product.get_absolute_url())
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    again = client.get(product.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    StockRecord.objects.filter(product=product).update(price=Decimal(130_000))
    changed = client.get(product.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize(("accepted", "given"), [("gzip, br, zstd", "zstd"), ("gzip, br", "br"), ("gzip", "gzip")])
def test_a_page_is_as_short_as_the_browser_can_read(client: Client, accepted: str, given: str) -> None:
    plain = client.get("/tro-giup/")
    short = client.get("/tro-giup/", headers={"Accept-Encoding": accepted})
    assert (short["Content-Encoding"], "Accept-Encoding" in short["Vary"]) == (given, True)
    assert len(short.content) * 3 < len(plain.content)
    again = client.get("/tro-giup/", headers={"Accept-Encoding": accepted, "If-None-Match": short["ETag"]})
    assert again.status_code == 304


def test_the_page_of_a_reader_with_a_basket_is_not_shared(client: Client) -> None:
    product = make_product()
    anonymous = client.get("/").content.decode()
    client.post("/gio-hang/them/", {"product_id": product.pk, "quantity": 3}, headers={"Sec-Fetch-Site": "same-origin"})
    own = client.get("/")
    assert own["Cache-Control"] == "private"
    assert own.content.decode() != anonymous
    assert Client().get("/").content.decode() == anonymous
