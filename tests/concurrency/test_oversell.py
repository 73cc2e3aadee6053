"""Nothing is oversold, whoever clicks when; and the tests fail when the guard is taken out."""

from collections.abc import Mapping
from functools import partial

import pytest
from django.db import transaction
from django.db.models import F

from apps.kernel.actor import Actor
from apps.ordering.models import VendorOrder
from apps.ordering.pricing import BasketView, priced_basket
from apps.ordering.services import place_order
from apps.ordering.states import PayWhen
from apps.places.models import Commune
from apps.purchase.services import place
from apps.shop.basket.models import Basket
from apps.shop.catalogue.models import Product
from apps.shop.order.models import Order
from apps.shop.order.services import Recipient
from apps.shop.partner import stock
from apps.shop.partner.models import StockRecord
from tests.concurrency.racing import race, tally
from tests.factories.catalogue import make_product
from tests.factories.sales import details, make_basket, make_baskets, ready_to_sell, total_of
from tests.factories.vendors import make_vendor

pytestmark = pytest.mark.usefixtures("shared_database")

BUYERS, STOCK = 50, 10
# Twenty repeats each in `make drill`; here three, that the daily run stays short.
REPEATS = [pytest.param(3), pytest.param(20, marks=pytest.mark.drill)]


def submit(basket_id: int, seen: int) -> Order:
    """One shopper clicks "Place order"."""
    return place(basket_id=basket_id, details=details(), seen_total=seen, actor=Actor.guest())


def submit_at_once(baskets: list[Basket]) -> dict[str, int]:
    """Every shopper clicks at the same moment."""
    seen = total_of(baskets[0])
    return tally(race([partial(submit, basket.pk, seen) for basket in baskets]))


def allocated(product: Product) -> int:
    """Units promised to orders."""
    return StockRecord.objects.get(product=product).num_allocated


def order_priced(view: BasketView, recipient: Recipient) -> Order:
    """Place an order for a basket that was priced while everything was still there."""
    return place_order(view=view, recipient=recipient, actor=Actor.guest(), pay=PayWhen.AT_DOOR)


def race_with_priced_baskets() -> tuple[dict[str, int], Product]:
    """Fifty baskets priced first, so that every one of them believes in the stock; only the guard decides."""
    ready_to_sell()
    product = make_product(stock=STOCK)
    commune = Commune.objects.select_related("province").get(pk="26740")
    recipient = Recipient(name="Hoa", phone="+84912345678", commune=commune, street="Số 12")
    views = [priced_basket(basket, commune=commune) for basket in make_baskets(BUYERS, product)]
    return tally(race([partial(order_priced, view, recipient) for view in views])), product


def unguarded_reserve(*, quantities: Mapping[int, int]) -> None:
    """Test double of `stock.reserve`: the same UPDATE without the condition that enough is left."""
    for stockrecord_id, quantity in sorted(quantities.items()):
        StockRecord.objects.filter(pk=stockrecord_id).update(num_allocated=F("num_allocated") + quantity)


class PowerCut(RuntimeError):
    """Something broke after the stock was reserved."""


def reserve_then_fail(stockrecord_id: int) -> None:
    """The beginning of an order that is never finished."""
    stock.reserve(quantities={stockrecord_id: 4})
    raise PowerCut


@pytest.mark.parametrize("repeats", REPEATS)
def test_fifty_buyers_of_ten(repeats: int) -> None:
    ready_to_sell()
    for _ in range(repeats):
        product = make_product(stock=STOCK)
        outcome = submit_at_once(make_baskets(BUYERS, product))

        assert outcome == {"done": STOCK, "refused": BUYERS - STOCK}
        assert allocated(product) == STOCK
        assert VendorOrder.objects.filter(lines__product_id=product.pk).count() == STOCK


@pytest.mark.parametrize("repeats", REPEATS)
def test_fifty_priced_baskets_meet_only_the_guard(repeats: int) -> None:
    for _ in range(repeats):
        outcome, product = race_with_priced_baskets()

        assert outcome == {"done": STOCK, "refused": BUYERS - STOCK}
        assert allocated(product) == STOCK


def test_without_the_guard_the_proof_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stock, "reserve", unguarded_reserve)

    outcome, product = race_with_priced_baskets()

    # The CHECK constraint still keeps the stock, but forty shoppers get an error page instead of words.
    assert outcome == {"done": STOCK, "IntegrityError": BUYERS - STOCK}
    assert allocated(product) == STOCK


@pytest.mark.parametrize("rounds", REPEATS)
def test_eight_buyers_of_the_last_one(rounds: int) -> None:
    ready_to_sell()
    for _ in range(rounds):
        product = make_product(stock=1)
        outcome = submit_at_once(make_baskets(8, product))

        assert outcome == {"done": 1, "refused": 7}
        assert allocated(product) == 1


@pytest.mark.parametrize("repeats", REPEATS)
def test_baskets_in_opposite_order_do_not_deadlock(repeats: int) -> None:
    ready_to_sell()
    vendor, other = make_vendor(), make_vendor()
    for _ in range(repeats):
        first, second = make_product(vendor=vendor, stock=STOCK), make_product(vendor=other, stock=STOCK)
        half = BUYERS // 2
        outcome = submit_at_once(make_baskets(half, first, second) + make_baskets(half, second, first))

        assert outcome == {"done": STOCK, "refused": BUYERS - STOCK}
        assert [allocated(first), allocated(second)] == [STOCK, STOCK]


def test_one_basket_submitted_eight_times_is_one_order() -> None:
    ready_to_sell()
    product = make_product(stock=STOCK)
    basket = make_basket((product, 2))

    orders = race([partial(submit, basket.pk, total_of(basket))] * 8)

    assert {order.pk for order in orders if isinstance(order, Order)} == {Order.objects.get().pk}
    assert tally(orders) == {"done": 8}
    assert allocated(product) == 2


def test_an_order_that_fails_later_gives_its_stock_back() -> None:
    ready_to_sell()
    product = make_product(stock=STOCK)

    with pytest.raises(PowerCut), transaction.atomic():
        reserve_then_fail(product.stockrecords.get().pk)

    assert allocated(product) == 0
