"""Goods that are not sold for a while keep a page without a way to buy them, and are in no list."""

import pytest
from django.test import Client

from apps.listings.states import ListingState
from apps.shop.partner.models import StockRecord
from apps.vendors.states import VendorState
from tests.factories.catalogue import make_product
from tests.factories.vendors import make_vendor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "vendor_state", "status"),
    [
        (ListingState.PUBLISHED, VendorState.APPROVED, 200),
        (ListingState.PAUSED, VendorState.APPROVED, 200),
        (ListingState.PUBLISHED, VendorState.SUSPENDED, 200),
        (ListingState.PAUSED, VendorState.SUSPENDED, 200),
        (ListingState.PAUSED, VendorState.CLOSED, 404),
        (ListingState.DRAFT, VendorState.APPROVED, 404),
        (ListingState.ARCHIVED, VendorState.APPROVED, 404),
    ],
)
def test_which_goods_have_a_page(client: Client, state: str, vendor_state: str, status: int) -> None:
    product = make_product(state=state, vendor=make_vendor(state=vendor_state))
    assert client.get(product.get_absolute_url()).status_code == status


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_of_paused_goods(client: Client, language: str) -> None:
    paused = make_product(state=ListingState.PAUSED, title="Chả mực")
    other = make_product(title="Trà sen", vendor=paused.listing.vendor)
    answer = client.get(language + paused.get_absolute_url())
    html = answer.content.decode()
    assert [card.title for card in answer.context["page"].related] == [other.title]
    assert html.count('name="robots" content="noindex"') == 1
    assert (html.count('rel="canonical"'), html.count('id="mua"'), html.count("application/ld+json")) == (0, 0, 0)
    words = "This item is not for sale at the moment." if language else "Món này hiện không bán."
    assert html.count(words) == 1
    assert html.count("Chả mực</h1>") == 1


def test_no_reason_and_no_stall_of_a_suspended_vendor(client: Client) -> None:
    vendor = make_vendor(state=VendorState.SUSPENDED, state_reason="Ba khách báo thiếu hàng")
    html = client.get(make_product(vendor=vendor).get_absolute_url()).content.decode()
    assert ("Ba khách" in html, vendor.get_absolute_url() in html) == (False, False)


def test_it_is_in_no_list(client: Client) -> None:
    product = make_product(title="Chả mực")
    StockRecord.objects.filter(product=product).update(partner_sku="DS0001", vendor_open=False)
    assert client.get("/tim-kiem/", {"q": "DS0001"}).context["listing"].result.total == 0
    assert product.get_absolute_url() not in client.get("/sitemap-products.xml").content.decode()
