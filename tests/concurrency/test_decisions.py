"""Two people decide at once: one of them is first, the other reads why it was too late."""

from functools import partial

import pytest

from apps.kernel.actor import Actor
from apps.ordering import services
from apps.ordering.models import VendorOrder
from apps.ordering.states import VendorOrderState as State
from apps.purchase.services import place
from apps.shop.basket.services import add_product
from apps.shop.order.models import Order
from apps.shop.partner.models import StockRecord
from apps.shop.voucher.models import Voucher
from apps.shop.voucher.services import apply_voucher, create_voucher
from apps.vendors.services import suspend_vendor
from tests.concurrency.racing import race, tally
from tests.factories import shop
from tests.factories.catalogue import make_product
from tests.factories.people import make_user
from tests.factories.places import make_commune
from tests.factories.sales import details, make_baskets, make_order, ready_to_sell, total_of
from tests.factories.vendors import make_vendor

pytestmark = pytest.mark.usefixtures("shared_database")

ROUNDS = 5


def test_the_vendor_confirms_while_the_shopper_cancels() -> None:
    for _ in range(ROUNDS):
        product = make_product()
        order = make_order(product)
        part = VendorOrder.objects.get(order=order)

        outcome = race(
            [
                partial(services.accept, vendor_order=part, actor=Actor.system()),
                partial(services.cancel_order_by_shopper, order=order, actor=Actor.guest()),
            ]
        )

        assert tally(outcome) == {"done": 1, "refused": 1}
        state = VendorOrder.objects.get(pk=part.pk).state
        promised = StockRecord.objects.get(product=product).num_allocated
        assert (state, promised) in {(State.ACCEPTED, 1), (State.CANCELLED, 0)}
        assert Order.objects.get(pk=order.pk).status == state


def test_two_vendors_move_on_at_once() -> None:
    for _ in range(ROUNDS):
        order = make_order(make_product(), make_product())
        parts = VendorOrder.objects.filter(order=order)

        outcome = race([partial(services.accept, vendor_order=part, actor=Actor.system()) for part in parts])

        assert tally(outcome) == {"done": 2}
        assert Order.objects.get(pk=order.pk).status == State.ACCEPTED


def test_a_single_use_code_is_used_once() -> None:
    ready_to_sell()
    create_voucher(code="MOT", name="Một lần", amount=10_000, usage=Voucher.SINGLE_USE)
    baskets = make_baskets(8, make_product(price=100_000))
    for basket in baskets:
        apply_voucher(basket=basket, code="MOT", user_id=None)
    submit = partial(place, details=details(), seen_total=total_of(baskets[0]), actor=Actor.guest())

    outcome = race([partial(submit, basket_id=basket.pk) for basket in baskets])

    assert tally(outcome) == {"done": 1, "refused": 7}
    assert Voucher.objects.get().num_orders == 1


def test_two_tabs_of_one_person_share_a_basket() -> None:
    user, product = make_user(), make_product()
    add = partial(add_product, basket=None, user_id=user.pk, product_id=product.pk, quantity=1)

    outcome = race([add, add, add, add])

    assert tally(outcome) == {"done": 4}
    assert user.baskets.get().lines.get().quantity == 4


def test_shoppers_take_their_orders_back_at_once() -> None:
    """Orders of the same two vendors, made in opposite order: stock is given back in one order all the same."""
    one, two = make_product(stock=100), make_product(stock=100)
    for _ in range(ROUNDS):
        orders = [make_order(*goods) for goods in [(one, two), (two, one)] * 4]
        cancel = services.cancel_order_by_shopper

        outcome = race([partial(cancel, order=order, actor=Actor.guest()) for order in orders])

        assert tally(outcome) == {"done": 8}
        assert sum(StockRecord.objects.values_list("num_allocated", flat=True)) == 0


def test_a_suspension_does_not_wait_in_a_circle_with_orders() -> None:
    ready_to_sell()
    for _ in range(ROUNDS):
        vendor = make_vendor()
        goods = [make_product(vendor=vendor, stock=100) for _ in range(3)]
        baskets = make_baskets(6, *goods)
        submit = partial(place, details=details(), seen_total=total_of(baskets[0]), actor=Actor.guest())
        suspend = partial(suspend_vendor, vendor=vendor, actor=Actor.system(), reason="Giấy hết hạn")

        outcome = race([suspend, *(partial(submit, basket_id=basket.pk) for basket in baskets)])

        assert set(tally(outcome)) <= {"done", "refused"}
        assert tally(outcome[:1]) == {"done": 1}
        promised = StockRecord.objects.filter(product__in=goods).values_list("num_allocated", "vendor_open")
        assert set(promised) == {(Order.objects.filter(vendor_orders__vendor=vendor).count(), False)}


def test_one_tax_code_is_given_once() -> None:
    people = [make_user() for _ in range(4)]
    make_commune()

    outcome = race([partial(shop.applicant, person, tax_code=shop.TAX_CODES[0]) for person in people])

    assert tally(outcome) == {"done": 1, "refused": 3}


def test_one_person_applies_once_however_often_it_clicks() -> None:
    person, _ = make_user(), make_commune()

    outcome = race([partial(shop.applicant, person) for _ in range(4)])

    assert tally(outcome) == {"done": 1, "refused": 3}
