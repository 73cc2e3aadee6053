"""The oracle itself, on four products that fit on a page."""

from collections.abc import Sequence

import pytest

from search.request import Key, PriceRange, SearchRequest, Sort
from tests.relevance.oracle import EXACT_SORTS, Document, counts, hits, ordered

TEA = Document(
    id=1,
    categories=["do-uong", "tra"],
    province="thai-nguyen",
    stars=5,
    vendor="hao-dat",
    price=300_000,
    months=[],
    in_stock=True,
    rating=4.5,
    producer="hop-tac-xa",
    traits=["de-duoc-lau"],
)
COFFEE = Document(
    id=2,
    categories=["do-uong", "ca-phe"],
    province="son-la",
    stars=4,
    vendor="bich-thao",
    price=185_000,
    months=[],
    in_stock=True,
    rating=0.0,
    producer="hop-tac-xa",
    traits=["de-duoc-lau"],
)
ORANGES = Document(
    id=3,
    categories=["trai-cay"],
    province="nghe-an",
    stars=4,
    vendor="vinh",
    price=225_000,
    months=[11, 12, 1],
    in_stock=True,
    rating=4.5,
    producer="ho-kinh-doanh",
    traits=[],
)
GONE = Document(
    id=4,
    categories=["do-uong", "tra"],
    province="son-la",
    stars=0,
    vendor="bich-thao",
    price=50_000,
    months=[],
    in_stock=False,
    rating=5.0,
    producer="hop-tac-xa",
    traits=["de-duoc-lau"],
)
ALL: Sequence[Document] = (TEA, COFFEE, ORANGES, GONE)


@pytest.mark.parametrize(
    ("request_", "ids"),
    [
        (SearchRequest(), [1, 2, 3, 4]),
        (SearchRequest(categories=("do-uong",)), [1, 2, 4]),
        (SearchRequest(categories=("tra", "trai-cay")), [1, 3, 4]),
        (SearchRequest(categories=("tra", "trai-cay"), in_stock=True), [1, 3]),
        (SearchRequest(stars=(4, 5), provinces=("son-la", "thai-nguyen")), [1, 2]),
        (SearchRequest(months=(1,)), [3]),
        (SearchRequest(months=(0, 12)), [1, 2, 3, 4]),
        (SearchRequest(prices=(PriceRange(185_000, 225_000),)), [2, 3]),
        (SearchRequest(prices=(PriceRange(0, 50_000), PriceRange(300_000, None))), [1, 4]),
        (SearchRequest(vendors=("nobody",)), []),
    ],
)
def test_or_inside_a_key_and_between_keys(request_: SearchRequest, ids: list[int]) -> None:
    assert [document["id"] for document in hits(ALL, request_)] == ids


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        (Sort.NEWEST, [3, 2, 1, 4]),
        (Sort.CHEAPEST, [2, 3, 1, 4]),
        (Sort.DEAREST, [1, 3, 2, 4]),
        (Sort.RATING, [3, 1, 2, 4]),
        (Sort.STARS, [1, 3, 2, 4]),
    ],
)
def test_exact_orders_with_sold_out_last_and_ties_newest_first(sort: Sort, ids: list[int]) -> None:
    assert ordered(ALL, SearchRequest(sort=sort)) == ids


def test_every_sort_but_the_best_fit_is_exact() -> None:
    assert set(EXACT_SORTS) == set(Sort) - {Sort.RELEVANCE}


def test_counts_of_a_key_ignore_its_own_choice() -> None:
    found = counts(ALL, SearchRequest(categories=("tra",), provinces=("son-la",)))
    assert found[Key.CATEGORY] == {"do-uong": 2, "ca-phe": 1, "tra": 1}
    assert found[Key.PROVINCE] == {"thai-nguyen": 1, "son-la": 1}
    assert found[Key.STARS] == {"0": 1}
    assert found[Key.IN_STOCK] == {}


def test_a_price_on_the_bound_of_two_ranges_counts_in_both() -> None:
    found = counts(ALL, SearchRequest())[Key.PRICE]
    assert found == {"0-100000": 1, "100000-300000": 3, "300000-1000000": 1}


def test_goods_of_the_whole_year_count_as_such() -> None:
    assert counts(ALL, SearchRequest())[Key.MONTH] == {"quanh-nam": 3, "11": 1, "12": 1, "1": 1}
