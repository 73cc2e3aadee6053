"""What a search box offers: the right kinds in the right order, only what is on sale, at the same few queries."""

import datetime as dt
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pytest_django import Settings

from apps.kernel.clock import today
from apps.kernel.memo import forget_all
from apps.listings.states import ListingState
from apps.shop.catalogue.models import Product
from apps.vendors.states import VendorState
from search.index.rebuild import rebuild
from search.index.stores import TANTIVY
from search.models import Asked
from search.suggesting import Kind, suggestions
from tests.factories.catalogue import make_category, make_product
from tests.factories.vendors import make_vendor
from tests.factories.words import make_known_words

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["index", "database"])
def source(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> str:
    """Whether an index answers or the database."""
    settings.SEARCH_ROOT = str(tmp_path)
    return str(request.param)


def goods(title: str, **fields: object) -> Product:
    product = make_product(title=title, **fields)  # type: ignore[arg-type]  # of any field
    product.refresh_search_text(product.listing.vendor.name)
    product.save()
    return product


def offered(q: str, source: str = "database") -> list[tuple[Kind, str]]:
    if source == "index":
        rebuild(TANTIVY)
    forget_all()
    return [(row.kind, row.name) for row in suggestions(q)]


def names(q: str, source: str) -> list[str]:
    return [name for _kind, name in offered(q, source)]


@pytest.mark.parametrize("q", ["cha m", "chả m", "CHA M", "chả mư", "ha long ch", "long cha"])
def test_words_and_the_beginning_of_the_last_one_find_a_title(source: str, q: str) -> None:
    goods("Chả mực Hạ Long")
    goods("Trà hoa vàng")
    assert offered(q, source) == [(Kind.PRODUCT, "Chả mực Hạ Long")]


def test_accents_that_were_typed_count_and_others_only_where_none_has_them(source: str) -> None:
    for title in ("Dưa lưới", "Kẹo dừa", "Dứa Đồng Giao"):
        goods(title)
    assert names("dừa", source) == ["Kẹo dừa"]
    assert names("dưa", source) == ["Dưa lưới", "Dứa Đồng Giao", "Kẹo dừa"]  # whose accents may still come
    assert sorted(names("dũa", source)) == sorted(names("dua", source)) == ["Dưa lưới", "Dứa Đồng Giao", "Kẹo dừa"]


def test_a_syllable_that_goes_on_is_no_other_spelling_of_itself(source: str) -> None:
    goods("Cam quýt")
    assert names("quy", source) == ["Cam quýt"]


def test_a_former_name_leads_to_the_province_of_today() -> None:
    make_known_words()
    rows = suggestions("bac gia")
    assert [(row.kind, row.name, row.slug, row.former) for row in rows] == [
        (Kind.PROVINCE, "Bắc Ninh", "bac-ninh", "Bắc Giang")
    ]
    assert [(row.name, row.former) for row in suggestions("sài gòn")] == [("Hồ Chí Minh", "")]
    # Quảng Nam is a part of Đà Nẵng.
    assert [row.name for row in suggestions("quang n")] == ["Quảng Ninh", "Quảng Ngãi", "Đà Nẵng"]


def test_the_kind_of_the_best_row_comes_first() -> None:
    make_known_words()
    category, vendor = make_category("Trà", "Tea"), make_vendor(name="HTX Trà Vinh Xanh")
    goods("Trà sen", category=category, vendor=vendor)
    goods("Bánh trà", category=category, vendor=vendor)
    assert offered("trà") == [
        (Kind.CATEGORY, "Trà"),
        (Kind.PRODUCT, "Trà sen"),
        (Kind.PRODUCT, "Bánh trà"),
        (Kind.PROVINCE, "Vĩnh Long"),
        (Kind.VENDOR, "HTX Trà Vinh Xanh"),
    ]
    assert [kind for kind, _name in offered("tra vinh")] == [Kind.PROVINCE, Kind.VENDOR]


def test_a_category_has_its_name_in_the_readers_language_and_is_found_by_both() -> None:
    make_category("Hải sản", "Seafood")
    assert names("seaf", "database") == ["Hải sản"]
    with translation.override("en"):
        assert [names(q, "database") for q in ("hai s", "seaf")] == [["Seafood"], ["Seafood"]]


def test_what_is_not_on_sale_and_who_is_not_open_are_not_offered(source: str) -> None:
    goods("Chả mực nháp", state=ListingState.DRAFT)
    goods("Chả mực dừng", vendor=make_vendor(name="Chả Mực Đóng Cửa", state=VendorState.SUSPENDED))
    assert names("chả mực", source) == []


def test_ten_rows_at_most_and_of_each_kind_not_too_many() -> None:
    make_known_words()
    for number in range(12):
        goods(f"Trà số {number}", vendor=make_vendor(name=f"Trà Nhà {number}"), category=make_category(f"Trà {number}"))
    kinds = [kind for kind, _name in offered("tra")]
    assert {kind: kinds.count(kind) for kind in Kind if kind in kinds} == {
        Kind.CATEGORY: 2,
        Kind.PRODUCT: 6,
        Kind.PROVINCE: 1,
        Kind.VENDOR: 1,
    }
    # Where other kinds have nothing, there is room.
    assert len(offered("tra nha")) == 10


def test_what_others_ask_often_comes_first_but_not_what_is_typed_already() -> None:
    goods("Chả mực Hạ Long")
    for ago in range(2):
        for folded, words, times in (("cha muc", "chả mực", 9), ("cha muc kho", "", 5), ("cha ca", "chả cá", 7)):
            day = today() - dt.timedelta(days=ago)
            Asked.objects.create(day=day, folded=folded, words=words, times=times, results=3)
    assert offered("cha m") == [
        (Kind.QUERY, "chả mực"),
        (Kind.QUERY, "cha muc kho"),
        (Kind.PRODUCT, "Chả mực Hạ Long"),
    ]
    assert offered("chả mực")[0] == (Kind.PRODUCT, "Chả mực Hạ Long")


def test_of_equal_vendors_the_one_with_most_goods_comes_first() -> None:
    make_vendor(name="Nhà Một")
    busy = make_vendor(name="Nhà Hai")
    goods("Gạo nếp", vendor=busy)
    assert names("nha", "database") == ["Nhà Hai", "Nhà Một"]


def test_what_was_probably_meant_where_nothing_fits(source: str) -> None:
    make_known_words()
    goods("Chả mực Hạ Long")
    goods("Nước mắm Cát Hải")
    typed = ["cha muuc", "chamuc", "char muwcj"]
    assert [names(q, source) for q in typed] == [["Chả mực Hạ Long"]] * 3


def test_synonyms_and_places_where_no_title_has_the_words(settings: Settings, tmp_path: Path) -> None:
    settings.SEARCH_ROOT = str(tmp_path)
    make_known_words()
    goods("Nước mắm Cát Hải")
    goods("Mực khô", vendor=make_vendor(commune="00004"))
    rebuild(TANTIVY)
    forget_all()
    assert [row.name for row in suggestions("fish sauce")] == ["Nước mắm Cát Hải"]
    assert [row.name for row in suggestions("ha noi")] == ["Hà Nội", "Mực khô"]


@pytest.mark.parametrize(
    "q",
    [
        "",
        " ",
        "c",
        "!!",
        "?" * 500,
        "*",
        '"',
        "\\",
        "a" * 3000,
        "🙂🙂",
        "%_",
        "' OR 1=1 --",
        "_ _",
        "\u0300\u0301",
        "0",
    ],
)
def test_anything_may_be_typed(source: str, q: str) -> None:
    goods("Chả mực Hạ Long")
    assert names(q, source) == []


def test_the_queries_do_not_depend_on_the_rows(source: str) -> None:
    make_known_words()
    counted = []
    for number in range(30):
        goods(f"Chả mực {number}", vendor=make_vendor(name=f"Chả Mực {number}"))
        if number in (0, 29):
            offered("cha m", source)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                suggestions("cha muc")
            counted.append(len(queries))
    assert counted == [1, 1]
