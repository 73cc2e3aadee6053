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
from tests.concurrency.racing import race, tally
from tests.factories.catalogue import make_product
from tests.factories.people import make_user
from tests.factories.sales import details, make_baskets, make_order, ready_to_sell, total_of

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
