"""The number of queries of a vendor's pages does not depend on how much they show."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.delivery.models import Carrier
from apps.ordering.models import Parcel, VendorOrder
from apps.shop.catalogue.models import Product, ProductImage
from apps.vendors.models import Vendor
from tests.factories.catalogue import make_certificate, make_product
from tests.factories.sales import make_order, part_of
from tests.factories.vendors import make_member, make_vendor

pytestmark = pytest.mark.django_db
BOARD, LISTINGS, HOME = 14, 14, 20
# Page, state of all orders, most queries, rows that thirty orders give: home shows twenty.
PAGES = (
    ("/ban-hang/don-hang/?tab=new", "placed", BOARD, 30),
    ("/ban-hang/don-hang/?tab=to_ship", "packed", BOARD, 30),
    ("/ban-hang/don-hang/?tab=shipping", "shipped", BOARD, 30),
    ("/ban-hang/don-hang/?tab=delivered", "delivered", BOARD, 30),
    ("/ban-hang/don-hang/?tab=cancelled", "cancelled", BOARD, 30),
    ("/ban-hang/", "placed", HOME, 20),
)


def goods(vendor: Vendor, **fields: object) -> Product:
    """A product with a picture."""
    product = make_product(vendor=vendor, **fields)  # type: ignore[arg-type]
    ProductImage.objects.create(product=product, original="x.webp", display_order=0)
    return product


def ordered(vendor: Vendor) -> None:
    """An order of two products with its parcel, and a product of which little is left of stock and certificate."""
    first, second = goods(vendor), goods(vendor)
    part = part_of(make_order(first, second), first)
    Parcel.objects.create(vendor_order=part, carrier=Carrier.objects.get(code="ghn"), tracking_number="GHN1")
    make_certificate(goods(vendor, stock=1), days_left=30)


def owner_of(vendor: Vendor) -> Client:
    """A browser of the vendor's owner."""
    client = Client()
    client.force_login(make_member(vendor))
    return client


def cost(client: Client, path: str) -> tuple[int, int]:
    """Rows and queries of a page; the first visit notes in the session that it is used."""
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(path)
    assert page.status_code == 200
    return len(page.context["rows" if "rows" in page.context else "tasks"]), len(queries)


def test_board_and_home_with_one_and_with_thirty_orders() -> None:
    vendor = make_vendor()
    client = owner_of(vendor)
    found: list[list[tuple[int, int]]] = []
    for more in (1, 29):
        for _ in range(more):
            ordered(vendor)
        found.append([])
        for path, state, _most, _rows in PAGES:
            VendorOrder.objects.update(state=state)
            found[-1].append(cost(client, path))
    for (path, _state, most, rows), (few, one), (many, thirty) in zip(PAGES, *found, strict=True):
        assert (path, few, many) == (path, 1, rows)
        assert (path, one <= most, thirty <= one) == (path, True, True)


@pytest.mark.parametrize("query", ["", "?trang-thai=published"])
def test_listings_with_one_and_with_thirty_products(query: str) -> None:
    vendor = make_vendor()
    client = owner_of(vendor)
    goods(vendor)
    few, one = cost(client, f"/ban-hang/san-pham/{query}")
    for _ in range(29):
        goods(vendor)
    many, thirty = cost(client, f"/ban-hang/san-pham/{query}")
    assert (few, many) == (1, 30)
    assert one <= LISTINGS
    assert thirty <= one
