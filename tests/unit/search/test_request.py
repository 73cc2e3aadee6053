"""The address of a search: read, written and narrowed without loss."""

from django.http import QueryDict

from search.request import Key, PriceRange, SearchRequest, Sort


def read(query: str) -> SearchRequest:
    return SearchRequest.read(dict(QueryDict(query).lists()))


def test_every_key_of_the_contract_is_read() -> None:
    found = read(
        "q=tr%C3%A0&danh-muc=tra&tinh=thai-nguyen&sao=5&nha-ban=htx&gia=100000-300000&mua=11&con-hang=1&sap-xep=gia-tang&trang=2"
    )
    assert found == SearchRequest(
        q="trà",
        categories=("tra",),
        provinces=("thai-nguyen",),
        stars=(5,),
        vendors=("htx",),
        prices=(PriceRange(100_000, 300_000),),
        months=(11,),
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
