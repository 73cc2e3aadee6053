"""A basket as it would be ordered now."""

import pytest
from django.utils import translation

from apps.kernel.money import dong
from apps.ordering.pricing import BasketView, LineView, priced_basket
from apps.shop.basket.models import Basket
from apps.shop.partner.models import StockRecord
from tests.factories.catalogue import make_product
from tests.factories.places import make_commune, make_province
from tests.factories.sales import make_basket, ready_to_sell
from tests.factories.vendors import make_vendor

pytestmark = pytest.mark.django_db


def only_line(basket: Basket) -> LineView:
    """The one line, read anew, in English."""
    with translation.override("en"):
        [group] = priced_basket(Basket.objects.get(pk=basket.pk)).groups
        [line] = group.lines
    return line


def test_groups_by_vendor_in_the_order_of_adding() -> None:
    first, second = make_vendor(), make_vendor()
    goods = [make_product(vendor=vendor, price=10_000) for vendor in (first, second, first)]

    view = priced_basket(make_basket(*goods))

    assert [(group.vendor, group.items.amount) for group in view.groups] == [(first, 20_000), (second, 10_000)]
    assert (view.count, view.items.amount, view.blocked) == (3, 30_000, False)


def test_delivery_is_unknown_until_a_place_is_named() -> None:
    ready_to_sell()
    basket = make_basket(make_product(price=10_000), make_product(price=10_000))

    views: list[BasketView] = [
        priced_basket(basket),
        priced_basket(basket, province=make_province("79")),
        priced_basket(basket, commune=make_commune("31078")),
    ]

    assert [view.shipping and view.shipping.amount for view in views] == [None, 70_000, 100_000]
    assert [view.total.amount for view in views] == [20_000, 90_000, 120_000]


def test_services_weigh_nothing() -> None:
    ready_to_sell()
    tour = make_product(product_class="services")

    view = priced_basket(make_basket(tour), commune=make_commune("26740"))

    assert (view.groups[0].weight_g, view.shipping) == (0, dong(0))


def test_a_changed_price_is_told_and_does_not_block() -> None:
    product = make_product(price=860_000)
    basket = make_basket(product)
    StockRecord.objects.filter(product=product).update(price=890_000)

    line = only_line(basket)

    assert not line.blocked
    assert line.line_total.amount == 890_000
    assert line.notices[0].startswith("The price changed from 860.000\u00a0₫ to 890.000\u00a0₫ after you added it on ")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"num_in_stock": 1}, "Only 1 left. Change the quantity from 2 to 1."),
        ({"num_in_stock": 0}, "This product has just sold out. Take it out to go on."),
        ({"listed": False}, "This product is not on sale any more. Take it out to go on."),
        ({"vendor_open": False}, "This vendor does not sell at the moment. Take the product out to go on."),
    ],
)
def test_what_blocks_is_explained(change: dict[str, int], said: str) -> None:
    product = make_product()
    basket = make_basket((product, 2))
    StockRecord.objects.filter(product=product).update(**change)

    line = only_line(basket)

    assert (line.blocked, line.notices) == (True, (said,))
