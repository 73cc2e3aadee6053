"""Months in words."""

import pytest

from apps.storefront.cards import unit_price_words
from apps.storefront.seasons import month_ranges


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ({5}, "5"),
        ({3, 4, 5, 11}, "3–5, 11"),
        ({11, 12, 1, 2}, "11–2"),
        (set(range(1, 13)), "1–12"),
    ],
)
def test_neighbouring_months_are_one_range(months: set[int], words: str) -> None:
    assert month_ranges(months) == words


@pytest.mark.parametrize(
    ("amount", "weight", "volume", "words"),
    [
        (890_000, 30, None, "2.966.700\u00a0₫/100 g"),
        (285_000, 500, None, "57.000\u00a0₫/100 g"),
        (243_000, None, 500, "48.600\u00a0₫/100 ml"),
        (10, 500_000, None, ""),
        (100_000, None, None, ""),
    ],
)
def test_price_per_hundred(amount: int, weight: int | None, volume: int | None, words: str) -> None:
    assert unit_price_words(amount, weight, volume) == words
