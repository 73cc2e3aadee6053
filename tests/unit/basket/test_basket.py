"""What may be put into a basket, and what becomes of baskets."""

import pytest

from apps.kernel.actor import Actor
from apps.purchase.services import place
from apps.shop.basket import services
from apps.shop.basket.models import Basket, Line
from apps.shop.catalogue.models import Product
from apps.shop.partner.models import StockRecord
from apps.vendors.states import VendorState
from tests.factories.catalogue import make_product
from tests.factories.people import make_user
from tests.factories.sales import details, make_basket, ready_to_sell, total_of
from tests.factories.vendors import make_vendor

pytestmark = pytest.mark.django_db


def contents(basket: Basket) -> dict[int, int]:
    """Product id -> quantity."""
    return dict(Line.objects.filter(basket=basket).values_list("product_id", "quantity"))


def test_adding_twice_is_one_line() -> None:
    product = make_product()
    basket = make_basket((product, 2))

    services.add_product(basket=basket, user_id=None, product_id=product.pk, quantity=3)

    assert contents(basket) == {product.pk: 5}


def test_no_more_than_there_is() -> None:
    product = make_product(stock=3)
    basket = make_basket((product, 2))

    with pytest.raises(services.OnlySoManyLeft) as refusal:
        services.add_product(basket=basket, user_id=None, product_id=product.pk, quantity=2)

    assert refusal.value.available == 3
    assert contents(basket) == {product.pk: 2}


@pytest.mark.parametrize("change", [{"vendor_open": False}, {"listed": False}])
def test_only_what_is_on_sale(change: dict[str, bool]) -> None:
    product = make_product()
    StockRecord.objects.filter(product=product).update(**change)

    with pytest.raises(services.NotOnSale):
        make_basket(product)


def test_a_suspended_vendors_goods_are_refused() -> None:
    with pytest.raises(services.NotOnSale):
        make_basket(make_product(vendor=make_vendor(state=VendorState.SUSPENDED)))


def test_one_order_has_a_limit() -> None:
    with pytest.raises(services.BasketFull):
        make_basket((make_product(stock=1_000), 501))


def test_zero_takes_the_line_out() -> None:
    product = make_product()
    basket = make_basket(product)

    services.set_quantity(basket=basket, line_id=Line.objects.get().pk, quantity=0)

    assert contents(basket) == {}


def test_less_is_always_possible() -> None:
    product = make_product(stock=5)
    basket = make_basket((product, 5))
    StockRecord.objects.filter(product=product).update(num_in_stock=1, listed=False)

    services.set_quantity(basket=basket, line_id=Line.objects.get().pk, quantity=2)

    assert contents(basket) == {product.pk: 2}


def test_an_unknown_line_is_left_alone() -> None:
    mine, product = make_basket(make_product()), make_product()
    other = make_basket(product)

    services.set_quantity(basket=mine, line_id=Line.objects.get(basket=other).pk, quantity=0)

    assert contents(other) == {product.pk: 1}


def test_an_ordered_basket_is_closed() -> None:
    ready_to_sell()
    product = make_product()
    basket = make_basket(product)
    place(basket_id=basket.pk, details=details(), seen_total=total_of(basket), actor=Actor.guest())

    with pytest.raises(services.BasketClosed):
        services.add_product(basket=basket, user_id=None, product_id=product.pk)


def test_a_person_has_one_open_basket() -> None:
    user, product = make_user(), make_product()
    first = make_basket(product, user_id=user.pk)

    second = services.add_product(basket=None, user_id=user.pk, product_id=product.pk)

    assert second == first == services.open_basket(user_id=user.pk)
    assert contents(first) == {product.pk: 2}


def test_a_guest_cannot_open_a_persons_basket() -> None:
    basket = make_basket(make_product(), user_id=make_user().pk)

    assert services.open_basket(basket_id=basket.pk) is None


class TestSigningIn:
    def test_the_guests_basket_becomes_the_persons(self) -> None:
        user, product = make_user(), make_product()
        guest = make_basket(product)

        assert services.merge_on_sign_in(user_id=user.pk, basket_id=guest.pk) == guest
        assert services.open_basket(user_id=user.pk) == guest

    def test_two_baskets_become_one_as_far_as_the_stock_goes(self) -> None:
        user, scarce, plenty = make_user(), make_product(stock=3), make_product()
        own = make_basket((scarce, 2), user_id=user.pk)
        guest = make_basket((scarce, 2), plenty)

        assert services.merge_on_sign_in(user_id=user.pk, basket_id=guest.pk) == own
        assert contents(own) == {scarce.pk: 3, plenty.pk: 1}
        assert Basket.objects.get(pk=guest.pk).status == Basket.MERGED

    def test_somebody_elses_basket_stays(self) -> None:
        other = make_basket(make_product(), user_id=make_user().pk)

        assert services.merge_on_sign_in(user_id=make_user().pk, basket_id=other.pk) is None
        assert other.owner_id == Basket.objects.get(pk=other.pk).owner_id


class TestBuyingFromOneVendor:
    @pytest.fixture
    def goods(self) -> tuple[Product, Product]:
        return make_product(), make_product()

    def test_the_others_wait_and_come_back(self, goods: tuple[Product, Product]) -> None:
        mine, other = goods
        basket = make_basket(mine, other)

        services.park_others(basket=basket, partner_id=mine.stockrecords.get().partner_id)
        assert contents(basket) == {mine.pk: 1}

        services.unpark(basket=basket)
        assert contents(basket) == {mine.pk: 1, other.pk: 1}

    def test_parking_twice_changes_sides(self, goods: tuple[Product, Product]) -> None:
        mine, other = goods
        basket = make_basket(mine, other)

        for product in (mine, other):
            services.park_others(basket=basket, partner_id=product.stockrecords.get().partner_id)
            assert contents(basket) == {product.pk: 1}

    def test_what_waited_is_the_next_basket(self, goods: tuple[Product, Product]) -> None:
        ready_to_sell()
        mine, other = goods
        user = make_user()
        basket = make_basket(mine, other, user_id=user.pk)
        services.park_others(basket=basket, partner_id=mine.stockrecords.get().partner_id)

        place(basket_id=basket.pk, details=details(), seen_total=total_of(basket), actor=Actor.person(user.pk))

        left = services.basket_after(basket_id=basket.pk)
        assert left is not None
        assert contents(left) == {other.pk: 1}
        assert services.open_basket(user_id=user.pk) == left
