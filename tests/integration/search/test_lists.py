"""Every list shows the same goods whether the index or the database answers."""

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from apps.kernel.memo import forget_all
from apps.shop.catalogue.models import Product
from search.index.rebuild import rebuild
from search.index.stores import TANTIVY
from tests.factories.catalogue import make_category, make_certificate, make_product

pytestmark = pytest.mark.django_db


def shown(client: Client, address: str) -> set[str]:
    """The titles on the cards of a page."""
    forget_all()
    page = client.get(address).content.decode()
    return set(re.findall(r'class="goods-name"><a href="[^"]*">([^<]+)</a>', page))


@pytest.mark.parametrize(
    "address",
    [
        "/danh-muc/{category}/",
        "/tinh/{province}/",
        "/nha-ban/{vendor}/",
        "/tim-kiem/?q=cha+muc",
        "/tim-kiem/?tinh={province}",
        "/tim-kiem/?sao=4&con-hang=1",
        "/tim-kiem/?mua=quanh-nam&sap-xep=gia-tang",
    ],
)
def test_the_index_and_the_database_list_the_same(
    client: Client, settings: Settings, tmp_path: Path, address: str
) -> None:
    product = make_product(title="Chả mực Hạ Long", search_text="cha muc ha long")
    make_certificate(product, stars=4)
    make_product(title="Gạo nếp nương", search_text="gao nep nuong", category=make_category("Gạo"), stock=0)
    vendor = product.listing.vendor
    names = {
        "category": product.categories.get().slug,
        "province": vendor.commune.province.slug,
        "vendor": vendor.slug,
    }
    settings.SEARCH_ROOT = str(tmp_path)
    by_database = shown(client, address.format(**names))
    rebuild(TANTIVY)
    assert shown(client, address.format(**names)) == by_database
    assert product.title in by_database
    assert Product.objects.count() == 2
