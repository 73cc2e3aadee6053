"""Finding orders and seeing them: by guests, shoppers, vendors and admins."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.kernel.actor import Actor
from apps.ordering import selectors, services
from apps.ordering.models import VendorOrder
from apps.ordering.order_views import order_view, order_views
from apps.shop.order.models import Order
from tests.factories.catalogue import make_product
from tests.factories.people import make_user
from tests.factories.sales import make_order, part_of
from tests.factories.vendors import make_vendor

pytestmark = pytest.mark.django_db


class TestTracking:
    @pytest.mark.parametrize("phone", ["0912345678", "+84 912 345 678", "0912.345.678"])
    def test_number_and_phone_in_any_spelling(self, phone: str) -> None:
        order = make_order(make_product())
        spelled = f" {order.number[:4].lower()}-{order.number[4:]} "

        found = selectors.track(spelled, phone)

        assert found is not None
        assert found.number == order.number

    @pytest.mark.parametrize("phone", ["0912345679", "", "số"])
    def test_another_phone(self, phone: str) -> None:
        assert selectors.track(make_order(make_product()).number, phone) is None

    @pytest.mark.parametrize("number", ["", "100031", "' OR 1=1", "00000000"])
    def test_another_number(self, number: str) -> None:
        make_order(make_product())

        assert selectors.track(number, "0912345678") is None


def test_sums_are_those_of_the_parts() -> None:
    order = make_order(*(make_product(price=price) for price in (33_333, 285_001)))

    view = order_view(order)

    assert view.total.amount == order.total_incl_tax == sum(part.total.amount for part in view.parts)
    assert view.shipping.amount == order.shipping_incl_tax
    assert view.can_cancel


def test_the_timeline_and_the_sentence() -> None:
    first, second = make_product(), make_product()
    order = make_order(first, second)
    actor = Actor.system()
    services.accept(vendor_order=part_of(order, first), actor=actor)
    services.cancel(vendor_order=part_of(order, second), actor=actor, reason="Hết hàng")

    view = order_view(order)

    assert [[step.mark for step in part.timeline] for part in view.parts] == [
        ["done", "now", "next", "next", "next"],
        ["done", "bad"],
    ]
    assert view.due == view.parts[0].total
    assert not view.can_cancel


def test_a_page_of_orders_takes_the_same_queries() -> None:
    user = make_user()
    product, other = make_product(stock=100), make_product(stock=100)
    make_order(product, user_id=user.pk)
    counts = []
    for more in (0, 5):
        for _ in range(more):
            make_order(product, other, user_id=user.pk)
        with CaptureQueriesContext(connection) as captured:
            views = order_views(selectors.orders_of(user.pk))
            assert all(view.summary for view in views)
        counts.append(len(captured))

    assert counts == [6, 6]


def test_only_ones_own_order() -> None:
    order = make_order(make_product(), user_id=make_user().pk)

    with pytest.raises(Order.DoesNotExist):
        selectors.order_of(user_id=make_user().pk, number=order.number)


class TestBoard:
    def test_a_vendor_sees_only_its_own(self) -> None:
        mine, other = make_vendor(), make_vendor()
        order = make_order(make_product(vendor=mine), make_product(vendor=other))
        theirs = VendorOrder.objects.get(order=order, vendor=other)

        assert [part.vendor for part in selectors.board(vendor=mine, tab="new")] == [mine]
        with pytest.raises(VendorOrder.DoesNotExist):
            selectors.vendor_order_of(vendor=mine, number=theirs.number)

    def test_counts_by_tab(self) -> None:
        vendor = make_vendor()
        product = make_product(vendor=vendor)
        parts = [part_of(make_order(product), product) for _ in range(3)]
        services.accept(vendor_order=parts[0], actor=Actor.system())
        services.cancel(vendor_order=parts[1], actor=Actor.system(), reason="Hết hàng")

        assert selectors.board_counts(vendor=vendor) == {
            "new": 1,
            "to_ship": 1,
            "shipping": 0,
            "delivered": 0,
            "cancelled": 1,
        }
