"""The number of queries of a page does not depend on how much it shows."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.kernel.clock import today
from apps.kernel.memo import forget_all
from apps.kernel.seasons import mask_of_months
from apps.shop.catalogue.models import Product, ProductImage
from apps.shop.catalogue.reviews.models import ProductReview
from tests.factories.catalogue import make_category, make_certificate, make_product
from tests.factories.people import make_user
from tests.factories.vendors import make_vendor

pytestmark = pytest.mark.django_db
HOME, LIST, PRODUCT = 12, 12, 10


def stocked(number: int) -> Product:
    """A product with all that a card can show."""
    product = make_product(
        vendor=make_vendor(commune="06685" if number % 2 else "00004", about="Nhà làm."),
        category=make_category(f"Loại {number % 3}"),
        season_mask=mask_of_months([today().month]),
    )
    product.refresh_search_text()
    product.save()
    make_certificate(product)
    ProductImage.objects.create(product=product, original="x.webp", display_order=0)
    ProductReview.objects.create(product=product, user=make_user(), score=5, title="x", body="x", status=1)
    return product


def cost(client: Client, path: str) -> int:
    """Queries of a page while the answers that are kept for a minute are fresh."""
    forget_all()
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    ("path", "most"),
    [
        (lambda product: "/", HOME),
        (lambda product: "/tim-kiem/?q=cha", LIST),
        (lambda product: product.categories.get().get_absolute_url(), LIST),
        (lambda product: "/tinh/ha-noi/", LIST),
        (lambda product: product.listing.vendor.get_absolute_url(), LIST),
        (lambda product: product.get_absolute_url(), PRODUCT),
        (lambda product: "/so-chung-nhan/", LIST),
    ],
)
def test_one_and_thirty_cost_the_same(client: Client, path: Callable[[Product], str], most: int) -> None:
    first = stocked(0)
    one = cost(client, path(first))
    for number in range(1, 30):
        stocked(number)
    thirty = cost(client, path(first))
    assert one <= most
    assert thirty <= one


def test_the_first_reader_after_a_minute_pays_little_more(client: Client) -> None:
    stocked(0)
    forget_all()
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    assert len(queries) <= HOME
