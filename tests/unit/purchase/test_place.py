"""The submit of a checkout."""

import pytest

from apps.jobs.models import Job
from apps.kernel.actor import Actor
from apps.ordering.models import VendorOrder
from apps.payments.models import Payment
from apps.purchase.services import place
from apps.shop.order.models import Order
from apps.shop.partner.models import StockRecord
from tests.factories.catalogue import make_certificate, make_product
from tests.factories.sales import details, make_basket, make_order, ready_to_sell, total_of
from tests.factories.vendors import make_vendor

pytestmark = pytest.mark.django_db


def test_two_vendors_get_one_part_each() -> None:
    near, far = make_vendor("Mực Hạ Long"), make_vendor("Nước mắm", commune="31078")
    squid, sauce = make_product(vendor=near, price=285_001), make_product(vendor=far, price=90_000)
    make_certificate(squid, stars=4)

    order = make_order((squid, 3), sauce)

    parts = list(VendorOrder.objects.filter(order=order).order_by("pk"))
    assert [part.vendor for part in parts] == [near, far]
    assert [part.items_amount for part in parts] == [855_003, 90_000]
    # 1,500 g between regions: 35,000 + 2 x 6,000; 500 g within the region from an island: 28,000 + 15,000.
    assert [part.shipping_amount for part in parts] == [47_000, 43_000]
    assert order.total_incl_tax == 855_003 + 90_000 + 47_000 + 43_000
    assert Payment.objects.get(order=order).amount == order.total_incl_tax
    assert [part.lines.get().stars_at_sale for part in parts] == [4, None]
    assert StockRecord.objects.get(product=squid).num_allocated == 3
    assert sorted(Job.objects.values_list("kind", flat=True)) == [
        "order.placed",
        "vendor_order.placed",
        "vendor_order.placed",
    ]


def test_the_same_basket_twice_is_one_order() -> None:
    ready_to_sell()
    basket = make_basket(make_product())
    seen = total_of(basket)

    first = place(basket_id=basket.pk, details=details(), seen_total=seen, actor=Actor.guest())
    second = place(basket_id=basket.pk, details=details(), seen_total=seen, actor=Actor.guest())

    assert first == second
    assert Order.objects.count() == 1
