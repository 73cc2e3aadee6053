"""The address of a search: read, written and narrowed without loss."""

import pytest
from django.http import QueryDict

from search.request import MOST_KEPT, Key, PriceRange, SearchRequest, Sort


def read(query: str) -> SearchRequest:
    return SearchRequest.read(dict(QueryDict(query).lists()))


def test_every_key_of_the_contract_is_read() -> None:
    found = read(
        "q=tr%C3%A0&danh-muc=tra&tinh=thai-nguyen&sao=5&nha-ban=htx&gia=100000-300000&mua=11&con-hang=1&sap-xep=gia-tang&trang=2"
        "&danh-gia=4&danh-gia=9&chu-the=hop-tac-xa&chu-the=x&dac-tinh=giao-lanh&dac-tinh=x"
    )
    assert found == SearchRequest(
        q="trà",
        categories=("tra",),
        provinces=("thai-nguyen",),
        stars=(5,),
        vendors=("htx",),
        prices=(PriceRange(100_000, 300_000),),
        months=(11,),
        ratings=("4",),
        producers=("hop-tac-xa",),
        traits=("giao-lanh",),
        in_stock=True,
        sort=Sort.CHEAPEST,
        page=2,
    )


def test_repeated_keys_are_kept_once_in_their_order() -> None:
    assert read("sao=4&sao=5&sao=4").stars == (4, 5)


def test_what_cannot_be_understood_is_left_out() -> None:
    assert read("sao=9&mua=13&mua=0&gia=abc&gia=300000-100000&trang=-1&sap-xep=x&con-hang=no") == SearchRequest()


def test_open_prices() -> None:
    assert read("gia=-100000&gia=1000000-").prices == (PriceRange(0, 100_000), PriceRange(1_000_000, None))


def test_writing_and_reading_give_the_same_search() -> None:
    asked = read("q=ch%E1%BA%A3&sao=5&sao=4&gia=0-100000&mua=quanh-nam&sap-xep=sao&trang=3")
    assert read(asked.query_string().removeprefix("?")) == asked


def test_taking_a_value_away_starts_at_the_first_page() -> None:
    asked = read("q=x&sao=5&sao=4&tinh=ha-noi&trang=4")
    assert asked.without(Key.STARS, "5").query_string() == "?q=x&tinh=ha-noi&sao=4"
    assert asked.without(Key.STARS).query_string() == "?q=x&tinh=ha-noi"
    assert asked.plain().query_string() == "?q=x"


def test_a_decomposed_query_is_composed() -> None:
    assert read("q=tra%CC%80").q == "trà"


def test_words_to_keep_stay_in_the_address() -> None:
    asked = read("q=h%C3%B2a+b%C3%ACnh&nguyen-van=h%C3%B2a+b%C3%ACnh&nguyen-van=&nguyen-van=5++sao&sao=5&trang=2")
    assert asked.keep == ("hòa bình", "5 sao")
    assert read(asked.query_string().removeprefix("?")) == asked
    others = asked.without(Key.STARS), asked.plain(), asked.at(page=3), asked.at(q="x"), asked.and_also(Key.STARS, "4")
    assert {other.keep for other in others} == {asked.keep}
    assert len(read("&".join(f"nguyen-van=x{number}" for number in range(30))).keep) == MOST_KEPT


def test_keeping_words_starts_at_the_first_page() -> None:
    assert read("q=x+y&sao=5&trang=4").keeping(" x  y ").keeping("x y").query_string() == "?q=x+y&sao=5&nguyen-van=x+y"


@pytest.mark.parametrize(
    ("key", "chosen", "more", "both"),
    [
        (Key.STARS, "sao=3&sao=4", ["4", "5"], ("4",)),
        (Key.STARS, "sao=3", ["4", "5"], ("3", "4", "5")),
        (Key.PROVINCE, "", ["ha-noi"], ("ha-noi",)),
        (Key.PRICE, "gia=100000-300000", ["0-200000"], ("100000-200000",)),
        (Key.PRICE, "gia=100000-", ["200000-"], ("200000-",)),
        (Key.PRICE, "gia=100000-300000", ["400000-"], ("100000-300000", "400000-")),
        (Key.IN_STOCK, "", ["1"], ("1",)),
        (Key.MONTH, "mua=quanh-nam", ["11"], ("quanh-nam", "11")),
    ],
)
def test_two_choices_of_a_key_narrow_unless_nothing_is_left(
    key: Key, chosen: str, more: list[str], both: tuple[str]
) -> None:
    asked = read(f"q=x&trang=2&{chosen}").and_also(key, more)
    assert (asked.values(key), asked.q, asked.page) == (both, "x", 2)
