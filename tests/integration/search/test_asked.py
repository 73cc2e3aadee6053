"""Searches are counted by day, without delay for the page and without anything about who asked."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.kernel.clock import today
from apps.kernel.memo import forget_all
from search import tally as tally_module
from search.asked import note_search, popular, purge
from search.models import Asked
from search.tally import MOST_KEYS, Counts, Key, Tally, tally
from tests.factories.catalogue import make_product
from tests.factories.places import make_province

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
ROBOTS = ["", "Mozilla/5.0 (compatible; Googlebot/2.1)", "facebookexternalhit/1.1", "python-requests/2", "curl/8"]


@pytest.fixture(autouse=True)
def empty_tally() -> Iterator[None]:
    tally.forget()
    yield
    tally.forget()


@pytest.fixture
def shopper() -> Client:
    return Client(headers={"User-Agent": PHONE})


def rows(*columns: str) -> list[tuple[Any, ...]]:
    tally.flush()
    return list(Asked.objects.order_by("folded", "province_code").values_list(*columns))


def goods(title: str) -> None:
    product = make_product(title=title)
    product.refresh_search_text(product.listing.vendor.name)
    product.save()


def asked(words: str, times: int = 1, *, ago: int = 0, missed: int = 0, shown: str = "", province: str = "") -> Asked:
    day = today() - dt.timedelta(days=ago)
    return Asked.objects.create(
        day=day, folded=words, times=times, missed=missed, words=shown, province_code=province, results=times - missed
    )


def test_a_search_counts_with_its_results(shopper: Client) -> None:
    goods("Chả mực giã tay")
    for words in ("Chả mực", "cha  mực", "cha muc", "khong co gi"):
        shopper.get("/tim-kiem/", {"q": words})
    assert rows("day", "folded", "words", "times", "missed", "results") == [
        (today(), "cha muc", "cha mực", 3, 0, 1),
        (today(), "khong co gi", "", 1, 1, 0),
    ]


def test_no_query_is_made_for_it_while_the_page_is_made(shopper: Client) -> None:
    shopper.get("/tim-kiem/", {"q": "chả mực"})
    with CaptureQueriesContext(connection) as counted:
        shopper.get("/tim-kiem/", {"q": "chả mực"})
    with CaptureQueriesContext(connection) as plain:
        Client().get("/tim-kiem/", {"q": "chả mực"})
    assert [query["sql"] for query in counted] == [query["sql"] for query in plain]


@pytest.mark.parametrize("agent", ROBOTS)
def test_robots_do_not_count(agent: str) -> None:
    robot = Client(headers={"User-Agent": agent})
    robot.get("/tim-kiem/", {"q": "chả mực"})
    robot.post("/tim-kiem/da-mo/", {"q": "chả mực", "viec": "mo"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert rows("folded") == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
        {"Sec-Fetch-Dest": "empty"},
    ],
)
def test_what_a_browser_fetches_ahead_or_into_a_page_does_not_count(shopper: Client, headers: dict[str, str]) -> None:
    shopper.get("/tim-kiem/", {"q": "chả mực"}, headers=headers)
    assert rows("folded") == []


@pytest.mark.parametrize("more", ["&trang=2", "&con-hang=1", "&sao=5", "&sap-xep=moi-nhat", "&nguyen-van=tay"])
def test_further_pages_and_narrowed_lists_do_not_count(shopper: Client, more: str) -> None:
    shopper.get(f"/tim-kiem/?q=cha+muc{more}")
    shopper.get("/tim-kiem/?con-hang=1")
    shopper.head("/tim-kiem/?q=cha+muc")
    assert rows("folded") == []


def test_words_that_may_name_somebody_are_not_kept(shopper: Client) -> None:
    for words in ("0912 345 678", "hoa@example.test", "   "):
        shopper.get("/tim-kiem/", {"q": words})
    assert rows("folded") == []


def test_a_search_counts_for_the_place_that_goods_are_sent_to(shopper: Client) -> None:
    make_province("79")
    shopper.get("/tim-kiem/", {"q": "mật ong"})
    shopper.cookies["giao-den"] = "79"
    page = shopper.get("/tim-kiem/", {"q": "mật ong"})
    assert rows("folded", "province_code", "times") == [("mat ong", "", 1), ("mat ong", "79", 1)]
    assert page.context["counted"] == {"q": "mật ong", "tinh": "79"}


def test_the_browser_tells_what_was_shown_and_opened(shopper: Client) -> None:
    make_province("79")
    shown = {"q": "mật  ong", "tinh": "79", "viec": "xem"}
    same = {"Sec-Fetch-Site": "same-origin"}
    answers = [
        shopper.post("/tim-kiem/da-mo/", form, headers=headers)
        for form, headers in (
            (shown, same),
            (shown, same),
            ({**shown, "viec": "mo"}, same),
            ({**shown, "viec": "gi"}, same),
            ({**shown, "tinh": "99"}, same),
            (shown, {"Sec-Fetch-Site": "cross-site"}),
        )
    ]
    assert [answer.status_code for answer in answers] == [204, 204, 204, 204, 204, 403]
    assert [dict(answer.cookies) for answer in answers[:5]] == [{}] * 5
    assert rows("folded", "province_code", "seen", "opened", "times") == [
        ("mat ong", "", 1, 0, 0),
        ("mat ong", "79", 2, 1, 0),
    ]


def test_later_counts_are_added_and_keep_the_words(shopper: Client) -> None:
    note_search("Mật ong", total=7, missed=False)
    tally.flush()
    note_search("mat ong", total=9, missed=True)
    tally.flush()
    tally.add(Key(today(), "mat ong", ""), Counts(seen=1))
    assert rows("words", "times", "missed", "results", "seen") == [("Mật ong", 2, 1, 9, 1)]


def test_counts_wait_while_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    note_search("mật ong", total=7, missed=False)
    write = tally_module.write

    def away(batch: object) -> None:
        note_search("mật ong", total=8, missed=False)
        raise OperationalError("database is locked")

    monkeypatch.setattr(tally_module, "write", away)
    with pytest.raises(OperationalError):
        tally.flush()
    monkeypatch.setattr(tally_module, "write", write)
    assert rows("times", "results") == [(2, 8)]


def test_memory_is_bounded() -> None:
    own = Tally()
    for number in range(MOST_KEYS + 10):
        own.add(Key(today(), f"w{number}", ""), Counts(times=1))
    own.add(Key(today(), "w0", ""), Counts(times=1))
    own.flush()
    assert (Asked.objects.count(), Asked.objects.get(folded="w0").times) == (MOST_KEYS, 2)


def test_old_rows_go_and_rare_ones_sooner() -> None:
    for words, times, ago in (
        ("rare today", 1, 0),
        ("rare a week ago", 2, 7),
        ("rare before", 2, 8),
        ("now and then", 2, 60),
        ("now and then", 1, 5),
        ("common", 3, 90),
        ("too old", 9, 91),
    ):
        asked(words, times, ago=ago)
    assert purge(today()) == 2
    assert sorted(set(Asked.objects.values_list("folded", flat=True))) == [
        "common",
        "now and then",
        "rare a week ago",
        "rare today",
    ]


def test_popular_searches_begin_so_and_were_found_by_many() -> None:
    for ago in (0, 1):
        asked("mat ong", 5, ago=ago, shown="Mật ong")
        asked("che mat", 2, ago=ago)
        asked("mat na", 3, ago=ago, missed=2)
    asked("mat cua mot ngay", 50)
    asked("mat cu", 9, ago=30)
    asked("mat cu", 9, ago=31)
    asked("tomat", 9), asked("tomat", 9, ago=1)
    assert popular("mat", 5) == ["Mật ong", "che mat"]
    assert popular("mật o", 5) == ["Mật ong"]
    assert popular("mat", 1) == ["Mật ong"]
    Asked.objects.all().delete()
    assert popular("che", 5) == ["che mat"]
    forget_all()
    assert popular("che", 5) == []
