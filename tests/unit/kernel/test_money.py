"""Money is exact: whole minor units, shares that sum to the whole, no rounding behind anybody's back."""

import operator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.kernel.money import EXPONENTS, CurrencyMismatch, FractionOfMinorUnit, Money, UnknownCurrency, dong

amounts = st.integers(-(10**15), 10**15)
currencies = st.sampled_from(sorted(EXPONENTS))
weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=20)


@pytest.mark.parametrize("amount", [1.0, True, Decimal(1), "1", None, Fraction(1, 2)])
def test_money_refuses_what_is_not_a_whole_number(amount: Any) -> None:
    with pytest.raises(TypeError):
        Money(amount)


def test_money_refuses_an_unknown_currency() -> None:
    with pytest.raises(UnknownCurrency):
        Money(1, "XXX")
    with pytest.raises(UnknownCurrency):
        Money.from_decimal(Decimal(1), "XXX")


@pytest.mark.parametrize(
    ("currency", "exponent"), [("VND", 0), ("JPY", 0), ("USD", 2), ("EUR", 2), ("KWD", 3), ("TND", 3), ("KRW", 0)]
)
def test_exponents_are_those_of_iso_4217(currency: str, exponent: int) -> None:
    assert EXPONENTS[currency] == exponent


@given(amounts, currencies)
def test_decimal_and_money_are_the_same_amount(amount: int, currency: str) -> None:
    money = Money(amount, currency)
    assert Money.from_decimal(money.to_decimal(), currency) == money
    assert money.to_decimal() == Decimal(amount) / 10 ** EXPONENTS[currency]
    assert money.to_decimal().as_tuple().exponent == -EXPONENTS[currency]


def test_a_decimal_keeps_every_digit_of_a_huge_amount() -> None:
    huge = 10**40 + 1
    assert int(Money(huge).to_decimal()) == huge
    assert Money.from_decimal(Decimal(huge)) == Money(huge)


@pytest.mark.parametrize(
    ("value", "currency"),
    [("0.5", "VND"), ("100000.01", "VND"), ("0.001", "USD"), ("0.0001", "KWD"), ("NaN", "VND"), ("Infinity", "VND")],
)
def test_a_fraction_of_the_minor_unit_is_refused(value: str, currency: str) -> None:
    with pytest.raises(FractionOfMinorUnit):
        Money.from_decimal(Decimal(value), currency)


def test_oscars_two_decimals_are_whole_dong() -> None:
    assert Money.from_decimal(Decimal("150000.00")) == dong(150_000)


def test_from_decimal_refuses_a_float() -> None:
    value: Any = 1.0
    with pytest.raises(TypeError):
        Money.from_decimal(value)


@given(amounts, amounts, st.integers(-1000, 1000))
def test_arithmetic_is_that_of_integers(one: int, other: int, times: int) -> None:
    assert dong(one) + dong(other) == dong(one + other)
    assert dong(one) - dong(other) == dong(one - other)
    assert dong(one) * times == times * dong(one) == dong(one * times)
    assert -dong(one) == dong(-one)
    assert abs(dong(one)) == dong(abs(one))
    assert bool(dong(one)) == (one != 0)
    assert (dong(one) < dong(other), dong(one) <= dong(other)) == (one < other, one <= other)
    assert (dong(one) > dong(other), dong(one) >= dong(other)) == (one > other, one >= other)


@pytest.mark.parametrize("meet", [operator.add, operator.sub, operator.lt, operator.le, operator.gt, operator.ge])
def test_two_currencies_never_meet(meet: Any) -> None:
    with pytest.raises(CurrencyMismatch):
        meet(dong(1), Money(1, "USD"))
    with pytest.raises(TypeError):
        meet(dong(1), 1)


def test_amounts_of_two_currencies_are_not_equal() -> None:
    assert dong(1) != Money(1, "USD")


@pytest.mark.parametrize("times", [1.5, True, Decimal(2)])
def test_money_is_multiplied_by_whole_numbers_only(times: Any) -> None:
    with pytest.raises(TypeError):
        dong(1) * times


@given(st.lists(amounts, max_size=20))
def test_total_is_the_sum(parts: list[int]) -> None:
    assert Money.total(dong(part) for part in parts) == dong(sum(parts))


def test_total_of_nothing_is_nothing_in_the_currency_asked_for() -> None:
    assert Money.total([], "USD") == Money(0, "USD")
    assert Money.total([Money(3, "USD"), Money(4, "USD")]) == Money(7, "USD")


@given(amounts, weights)
def test_shares_sum_to_the_whole(amount: int, shares: list[int]) -> None:
    parts = dong(amount).allocate(shares)
    assert Money.total(parts) == dong(amount)
    assert len(parts) == len(shares)


@given(amounts, weights)
def test_each_share_is_within_one_of_the_exact_share(amount: int, shares: list[int]) -> None:
    exact = shares if any(shares) else [1] * len(shares)
    for part, share in zip(dong(amount).allocate(shares), exact, strict=True):
        assert abs(part.amount - Fraction(amount * share, sum(exact))) < 1


@given(amounts, weights)
def test_a_refund_is_shared_like_the_sale(amount: int, shares: list[int]) -> None:
    assert (-dong(amount)).allocate(shares) == [-part for part in dong(amount).allocate(shares)]


@given(st.integers(0, 10**9), weights)
def test_a_weight_of_nothing_gets_nothing(amount: int, shares: list[int]) -> None:
    if any(shares):
        parts = dong(amount).allocate(shares)
        assert [part for part, share in zip(parts, shares, strict=True) if share == 0 and part] == []


def test_equal_remainders_favour_the_lower_index() -> None:
    assert dong(100).allocate([1, 1, 1]) == [dong(34), dong(33), dong(33)]
    assert dong(5).allocate([0, 0]) == [dong(3), dong(2)]
    assert dong(10).allocate([1, 2, 4]) == [dong(1), dong(3), dong(6)]
    assert Money(100, "USD").allocate([1, 1, 1])[0] == Money(34, "USD")


@pytest.mark.parametrize("shares", [[], [1, -1]])
def test_shares_need_weights(shares: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        dong(1).allocate(shares)


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (dong(1_250_000), "1.250.000\u00a0₫"),
        (dong(0), "0\u00a0₫"),
        (dong(-999), "-999\u00a0₫"),
        (Money(1250, "USD"), "12,50\u00a0USD"),
        (Money(-5, "USD"), "-0,05\u00a0USD"),
        (Money(1_234_567, "KWD"), "1.234,567\u00a0KWD"),
    ],
)
def test_money_reads_as_a_vietnamese_reader_expects(money: Money, text: str) -> None:
    assert (money.format(), str(money)) == (text, text)
