"""Codes and discounts: whole dong on every line, and the sum of the shares is the whole."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from apps.kernel.actor import Actor
from apps.ordering.pricing import BasketView, priced_basket
from apps.purchase.services import TotalChanged, place
from apps.shop.basket.models import Basket
from apps.shop.basket.services import merge_on_sign_in
from apps.shop.voucher.models import Voucher
from apps.shop.voucher.services import (
    VoucherRefused,
    apply_voucher,
    create_voucher,
    refuse_unless_usable,
    remove_voucher,
)
from tests.factories.catalogue import make_product
from tests.factories.people import make_user
from tests.factories.sales import details, make_basket, make_baskets, ready_to_sell, total_of

pytestmark = pytest.mark.django_db


def priced(basket: Basket) -> BasketView:
    """The basket read anew."""
    return priced_basket(Basket.objects.get(pk=basket.pk))


def test_per_cent_in_whole_dong() -> None:
    basket = make_basket((make_product(price=285_001), 3))
    create_voucher(code="xuan7", name="Xuân", percent=7)
    apply_voucher(basket=basket, code=" xuan7 ", user_id=None)

    view = priced(basket)

    assert view.discount.amount == 59_850  # 7 % of 855,003 is 59,850.21
    assert view.total.amount == 795_153
    assert [(voucher.code, voucher.discount.amount) for voucher in view.vouchers] == [("XUAN7", 59_850)]


def test_a_sum_is_shared_to_the_dong() -> None:
    basket = make_basket(*(make_product(price=price) for price in (33_333, 33_333, 33_334)))
    create_voucher(code="GIAM", name="Giảm", amount=10_000)
    apply_voucher(basket=basket, code="GIAM", user_id=None)

    view = priced(basket)

    assert view.discount.amount == 10_000
    assert [group.discount.amount for group in view.groups] == [3_333, 3_333, 3_334]


def test_never_more_than_the_goods_are_worth() -> None:
    basket = make_basket(make_product(price=20_000))
    create_voucher(code="GIAM", name="Giảm", amount=50_000)
    apply_voucher(basket=basket, code="GIAM", user_id=None)

    assert priced(basket).total.amount == 0


class Shares(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(
        prices=st.lists(st.integers(1_000, 3_000_000), min_size=1, max_size=4),
        quantity=st.integers(1, 7),
        percent=st.integers(1, 99),
        amount=st.integers(1, 500_000),
        by_percent=st.booleans(),
    )
    def test_parts_make_up_the_whole(
        self, prices: list[int], quantity: int, percent: int, amount: int, by_percent: bool
    ) -> None:
        goods = [(make_product(price=price), quantity) for price in prices]
        basket = make_basket(*goods)
        gift = {"percent": percent} if by_percent else {"amount": amount}
        create_voucher(code="MA", name="Mã", **gift)
        apply_voucher(basket=basket, code="MA", user_id=None)

        view = priced(basket)

        worth = sum(price * quantity for price in prices)
        lines = [line for group in view.groups for line in group.lines]
        assert view.total.amount == worth - view.discount.amount
        assert view.discount.amount == sum(line.discount.amount for line in lines)
        assert view.vouchers[0].discount == view.discount
        if by_percent:
            halves_up = [(price * quantity * percent + 50) // 100 for price in prices]
            assert [line.discount.amount for line in lines] == halves_up
        else:
            assert view.discount.amount == min(amount, worth)


class TestCodes:
    def test_unknown(self) -> None:
        with pytest.raises(VoucherRefused, match="SAI"):
            apply_voucher(basket=make_basket(make_product()), code="sai", user_id=None)

    @pytest.mark.parametrize(("start", "end"), [(-2, -1), (1, 2)])
    def test_out_of_its_days(self, start: int, end: int) -> None:
        voucher = create_voucher(code="MA", name="Mã", percent=5)
        day = dt.timedelta(days=1)
        begun = voucher.start_datetime
        Voucher.objects.update(start_datetime=begun + start * day, end_datetime=begun + end * day)

        with pytest.raises(VoucherRefused):
            apply_voucher(basket=make_basket(make_product()), code="MA", user_id=None)

    def test_once_per_customer_needs_a_person(self) -> None:
        create_voucher(code="MA", name="Mã", percent=5, usage=Voucher.ONCE_PER_CUSTOMER)

        with pytest.raises(VoucherRefused):
            apply_voucher(basket=make_basket(make_product()), code="MA", user_id=None)

    def test_a_second_code_replaces_the_first(self) -> None:
        basket = make_basket(make_product())
        for code in ("MOT", "HAI"):
            create_voucher(code=code, name=code, percent=5)
            apply_voucher(basket=basket, code=code, user_id=None)

        assert [voucher.code for voucher in basket.vouchers.all()] == ["HAI"]

    def test_removed(self) -> None:
        basket = make_basket(make_product())
        create_voucher(code="MA", name="Mã", percent=5)
        apply_voucher(basket=basket, code="MA", user_id=None)

        remove_voucher(basket=basket, code="ma")

        assert not basket.vouchers.exists()

    def test_per_cent_or_dong(self) -> None:
        with pytest.raises(ValueError, match="one of them"):
            create_voucher(code="MA", name="Mã", percent=5, amount=1_000)


def test_a_used_code_is_dropped_and_the_shopper_asked_again() -> None:
    ready_to_sell()
    user, product = make_user(), make_product(price=100_000)
    create_voucher(code="MOT", name="Một lần", amount=10_000, usage=Voucher.SINGLE_USE)
    baskets = [make_basket(product, user_id=user.pk), make_basket(product)]
    for basket, user_id in zip(baskets, (user.pk, None), strict=True):
        apply_voucher(basket=basket, code="MOT", user_id=user_id)
    seen = [total_of(basket) for basket in baskets]
    order = place(basket_id=baskets[0].pk, details=details(), seen_total=seen[0], actor=Actor.person(user.pk))

    with pytest.raises(TotalChanged) as change:
        place(basket_id=baskets[1].pk, details=details(), seen_total=seen[1], actor=Actor.guest())
    second = place(basket_id=baskets[1].pk, details=details(), seen_total=change.value.new.amount, actor=Actor.guest())

    assert second.total_incl_tax - order.total_incl_tax == 10_000
    voucher = Voucher.objects.get()
    assert (voucher.num_orders, voucher.total_discount) == (1, 10_000)


def test_a_code_that_gives_nothing_is_not_used_up() -> None:
    ready_to_sell()
    create_voucher(code="LON", name="Đơn lớn", amount=10_000, minimum_amount=500_000, usage=Voucher.SINGLE_USE)
    basket = make_basket(make_product(price=100_000))
    apply_voucher(basket=basket, code="LON", user_id=None)

    place(basket_id=basket.pk, details=details(), seen_total=total_of(basket), actor=Actor.guest())

    assert Voucher.objects.get().num_orders == 0
    refuse_unless_usable(voucher=Voucher.objects.get(), user_id=None)


def test_a_basket_that_comes_along_does_not_bring_a_second_code() -> None:
    user, product = make_user(), make_product(price=100_000)
    own, guests = make_basket(product, user_id=user.pk), make_basket(product)
    for code, basket in (("MOT", own), ("HAI", guests)):
        create_voucher(code=code, name=code, percent=5)
        apply_voucher(basket=basket, code=code, user_id=None)

    merge_on_sign_in(user_id=user.pk, basket_id=guests.pk)

    assert [voucher.code for voucher in own.vouchers.all()] == ["MOT"]


def test_queries_do_not_grow_with_the_lines() -> None:
    ready_to_sell()
    create_voucher(code="MA", name="Mã", percent=5)
    counts = []
    for size in (1, 30):
        [basket] = make_baskets(1, *(make_product() for _ in range(size)))
        apply_voucher(basket=basket, code="MA", user_id=None)
        fresh = Basket.objects.get(pk=basket.pk)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            priced_basket(fresh)
        counts.append(len(captured))

    assert counts[0] == counts[1]
    assert counts[1] <= 14
