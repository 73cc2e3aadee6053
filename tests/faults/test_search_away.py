"""Elasticsearch is killed or slow while people search and change goods; and how soon a change can be found.

Pages go on with plain search in the database, changes wait in its table, and when the server is back the index follows
without any help and without drift.
"""

import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from search.engines.elastic import ANSWER_SECONDS
from tests.faults.browser import Browser
from tests.faults.index import STATES, Reader, at_rest, bump, caught_up, execute, is_right, reading, total
from tests.faults.proxy import Proxy
from tests.faults.report import report
from tests.faults.rows import ask
from tests.faults.server import Server
from tests.faults.shop import Shop, eventually

pytestmark = [pytest.mark.service, pytest.mark.slow]
GOODS = 20
# In seconds, from the return of the server until no change waits (the goal is ten minutes); and of a page meanwhile.
RECOVERY_SECONDS, PAGE_SECONDS = 60, 1.0
# From a change to its being found: the goal, and what a busy machine may take.
SOON_SECONDS, LATEST_SECONDS = 2.0, 10.0
Case = tuple[Shop, Server, Proxy, int]


@pytest.fixture(scope="module")
def case(on_postgres: Shop, folders: Iterator[Path], elasticsearch: Server) -> Iterator[Case]:
    """A running shop of the production profile with its worker, and the server behind a proxy."""
    shop, proxy = on_postgres.copy(next(folders)), Proxy(elasticsearch.port)
    shop.extra["SEARCH_URL"] = f"http://127.0.0.1:{proxy.port}"
    products = shop.call("index:fill", GOODS)
    at_rest(shop)
    shop.web()
    shop.worker()
    yield shop, elasticsearch, proxy, products
    shop.stop()
    proxy.down()
    if not elasticsearch.up():
        elasticsearch.restart()


@contextmanager
def at_work(shop: Shop, products: int) -> Iterator[Reader]:
    """Somebody reads and somebody writes all the time; every page is whole."""
    reader, ended = reading(shop, products), threading.Event()

    def write() -> None:
        while not ended.wait(0.5):
            bump(shop)

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    yield reader
    ended.set()
    writer.join()
    reader.end()


def searched_in(shop: Shop) -> str:
    """What answers searches, as monitors see it."""
    lines = Browser(shop.port).visit("/metrics", headers={"X-Forwarded-Proto": None}).text.splitlines()
    return "index" if "shop_search_index_up 1.0" in lines else "database"


def test_the_server_is_killed_and_comes_back(case: Case) -> None:
    shop, server, _proxy, products = case
    with at_work(shop, products) as reader:
        server.kill()
        eventually(lambda: searched_in(shop) == "database", "monitors see it")
        looked = len(reader.seconds)
        eventually(lambda: len(reader.seconds) > looked + 20, "pages without the server")
        assert ask(shop, WAITING_SOME) == [(True,)]
        server.restart()
        begun = time.monotonic()
        eventually(lambda: searched_in(shop) == "index", "the index answers again", RECOVERY_SECONDS)
    caught_up(shop, RECOVERY_SECONDS)
    recovery = time.monotonic() - begun
    is_right(shop)
    assert dict(ask(shop, STATES))["live"] == 1
    assert reader.slow(0.95) < PAGE_SECONDS
    report("search-killed", pages=len(reader.seconds), p95_s=reader.slow(0.95), max_s=reader.slow(1), back_s=recovery)


WAITING_SOME = "SELECT count(*) > 0 FROM search_change"


@pytest.mark.parametrize("how", ["slow", "mute"])
def test_the_server_is_slow_or_silent(case: Case, how: str) -> None:
    shop, _server, proxy, products = case
    with at_work(shop, products) as reader:
        proxy.delay, proxy.mute = (1.5 * ANSWER_SECONDS if how == "slow" else 0.0), how == "mute"
        eventually(lambda: searched_in(shop) == "database", "monitors see it")
        looked = len(reader.seconds)
        eventually(lambda: len(reader.seconds) > looked + 60, "pages without the server", 60)
        proxy.restore()
        proxy.cut()
        begun = time.monotonic()
        eventually(lambda: searched_in(shop) == "index", "the index answers again", RECOVERY_SECONDS)
    caught_up(shop, RECOVERY_SECONDS)
    recovery = time.monotonic() - begun
    is_right(shop)
    assert reader.slow(0.9) < PAGE_SECONDS
    report(f"search-{how}", pages=len(reader.seconds), p90_s=reader.slow(0.9), max_s=reader.slow(1), back_s=recovery)


@pytest.fixture(params=["tantivy", "elasticsearch"])
def followed(request: pytest.FixtureRequest, folders: Iterator[Path]) -> Iterator[tuple[Shop, str]]:
    """A shop whose index is followed by its worker."""
    if request.param == "elasticsearch":
        yield request.getfixturevalue("case")[0], request.param
        return
    shop = request.getfixturevalue("on_sqlite").copy(next(folders))
    shop.call("index:fill", GOODS)
    at_rest(shop)
    shop.web()
    shop.worker()
    yield shop, request.param
    shop.stop()


def test_a_change_is_found_soon_in_a_stream_of_changes(followed: tuple[Shop, str]) -> None:
    shop, engine = followed
    caught_up(shop, RECOVERY_SECONDS)
    first, *others = (row[0] for row in ask(shop, "SELECT id FROM partner_stockrecord ORDER BY id"))
    ended = threading.Event()

    def stream() -> None:
        number = 0
        while not ended.wait(0.05):
            number += 1
            record = others[number % len(others)]
            execute(shop, f"UPDATE partner_stockrecord SET price = price + 1 WHERE id = {record}")

    writer = threading.Thread(target=stream, daemon=True)
    writer.start()
    _found_after(shop, first, 5_000_000, 60)  # the worker may still be starting
    found = [_found_after(shop, first, 5_000_001 + number) for number in range(10)]
    ended.set()
    writer.join()
    assert statistics.median(found) < SOON_SECONDS, found
    report(f"search-soon-{engine}", median_s=statistics.median(found), max_s=max(found), changes_per_second=20)


def _found_after(shop: Shop, record: int, price: int, latest: float = LATEST_SECONDS) -> float:
    """How long it takes until a product is found by its new price."""
    browser = Browser(shop.port)
    execute(shop, f"UPDATE partner_stockrecord SET price = {price} WHERE id = {record}")
    address = f"/tim-kiem/?gia={price}-{price}"
    return eventually(lambda: total(browser.visit(address)) == 1, f"{price} is found", latest)
