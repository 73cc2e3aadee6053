"""A search that finds little says what would find more: another spelling, or one condition less."""

from pathlib import Path

import pytest
from django.http import QueryDict
from django.test import Client
from pytest_django import Settings

from apps.kernel.clock import today
from apps.kernel.memo import forget_all
from apps.kernel.seasons import mask_of_months
from search.finding import search
from search.index.rebuild import rebuild
from search.index.stores import TANTIVY
from search.request import SearchRequest
from search.result import Reading, SearchResult
from tests.factories.catalogue import make_category, make_product
from tests.factories.vendors import make_vendor
from tests.factories.words import make_known_words

pytestmark = pytest.mark.django_db
HANOI = "00004"


@pytest.fixture(autouse=True)
def shop(settings: Settings, tmp_path: Path) -> None:
    """Goods of Quảng Ninh and one of Hà Nội, in an index."""
    settings.SEARCH_ROOT = str(tmp_path)
    make_known_words()
    for title in ("Chả mực giã tay", "Chả mực viên", "Chả mực hấp", "Mực khô", "Trà hoa vàng"):
        make_product(title=title, price=200_000)
    make_product(title="Trà sen", vendor=make_vendor(commune=HANOI))
    rebuild(TANTIVY)
    forget_all()


def asked(address: str) -> SearchResult:
    return search(SearchRequest.read(dict(QueryDict(address).lists())))


@pytest.mark.parametrize(
    ("q", "suggestion"),
    [
        ("chả mựt", "chả mực"),  # one letter wrong finds it, and the page says what was meant
        ("chã mực", "chả mực"),  # without accents finds it
        ("cha muuc quảng ninh", "chả mực quảng ninh"),  # what became a filter stays as it was typed
        ("cha muc quang nimh", "chả mực quảng ninh"),
        ("chamuc", "chả mực"),
        ("chả mực", ""),
        ("cha muc", ""),  # accents that nobody typed are no other spelling
        ("chả m", ""),  # a beginning
        ("char muwcj", ""),  # put together already
        ("trà hoa vàng", ""),  # few, and right
        ("trà mực", ""),  # nothing of the kind is there
        ("zzzz", ""),
        ("!!!", ""),
    ],
)
def test_another_spelling_is_offered_when_its_very_words_find_more(q: str, suggestion: str) -> None:
    assert search(SearchRequest(q=q)).suggestion == suggestion


def test_no_spelling_is_offered_that_the_filters_leave_empty() -> None:
    assert asked("q=chả mựt&tinh=quang-ninh").suggestion == "chả mực"
    assert asked("q=chả mựt&tinh=ha-noi").suggestion == ""


def test_without_an_index_a_spelling_is_offered_too(settings: Settings) -> None:
    settings.SEARCH_ENGINE = "none"
    product = make_product(title="Chả mực giã tay")
    product.refresh_search_text()
    product.save()
    forget_all()
    assert [asked(f"q={q}").suggestion for q in ("chả mựcj", "chả mực", "zzzz", "mực chảa khô")] == [
        "chả mực",
        "",
        "",
        "",
    ]


def left_out(address: str) -> list[tuple[str, int, str]]:
    """Each way out: the words or the key that it leaves out, what it adds, its address."""
    return [(one.words or str(one.key), one.count, one.request.query_string()) for one in asked(address).relaxed]


def test_without_each_filter_what_adds_the_most_first() -> None:
    found = left_out("q=trà&tinh=ha-noi&gia=150000-")
    assert found == [("gia", 1, "?q=tr%C3%A0&tinh=ha-noi"), ("tinh", 1, "?q=tr%C3%A0&gia=150000-")]


def test_a_filter_that_was_typed_is_left_out_of_the_words() -> None:
    [found] = asked("q=chả mực hà nội").relaxed
    assert (found.key, found.count, found.request.query_string()) == ("tinh", 3, "?q=ch%E1%BA%A3+m%E1%BB%B1c")


def test_without_each_word_where_nothing_fits() -> None:
    assert left_out("q=chả mực chiên") == [("chiên", 3, "?q=ch%E1%BA%A3+m%E1%BB%B1c")]
    result = asked("q=mực khô giòn")
    assert [(one.words, len(one.ids)) for one in result.relaxed] == [("giòn", 1)]


def test_without_as_few_of_the_last_words_as_will_do() -> None:
    assert left_out("q=chả mực chiên giòn") == [("chiên giòn", 3, "?q=ch%E1%BA%A3+m%E1%BB%B1c")]
    assert left_out("q=chả mực loại ngon chiên giòn thơm cay") == []  # too long to try


def test_no_word_is_left_out_while_there_are_goods() -> None:
    result = asked("q=mực khô")
    assert (result.total, result.reading, result.relaxed) == (1, Reading.AS_TYPED, ())


def test_the_page_of_nothing_leads_on(client: Client) -> None:
    make_category("Đồ gỗ")
    page = client.get("/tim-kiem/?q=chả mực chiên").content.decode()
    assert 'href="?q=ch%E1%BA%A3+m%E1%BB%B1c">Bỏ “chiên” <span class="c">3</span></a>' in page
    assert "Bỏ từ “chiên”, có 3 món" in page
    assert page.count('class="goods-name"') == 3
    assert "Gian hàng theo loại" in page


def test_where_nothing_helps_there_are_goods_of_the_month(client: Client) -> None:
    make_product(title="Cam sành", season_mask=mask_of_months([today().month]))
    forget_all()
    listing = client.get("/tim-kiem/?q=zzzz").context["listing"]
    assert ([card.title for card in listing.ripe], listing.relaxations) == (["Cam sành"], [])
    assert client.get("/tim-kiem/?q=chả mực").context["listing"].ripe == []


def test_did_you_mean_keeps_the_filters(client: Client) -> None:
    page = client.get("/tim-kiem/?q=chả mựt&tinh=quang-ninh&sap-xep=gia-tang").content.decode()
    assert 'href="?q=ch%E1%BA%A3+m%E1%BB%B1c&amp;tinh=quang-ninh&amp;sap-xep=gia-tang" lang="vi">chả mực</a>?' in page
