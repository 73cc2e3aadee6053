"""The database is away, slow, restarted or busy: people are told to come again, nothing is half done, and it passes."""

import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest
import requests

from tests.faults.browser import Browser
from tests.faults.proxy import Proxy
from tests.faults.rows import ask, count, orders
from tests.faults.shop import Shop, eventually

pytestmark = [pytest.mark.service, pytest.mark.slow]
WORDS = {"": "Cửa hàng đang đông", "/en": "The shop is crowded just now"}


@pytest.fixture(scope="module")
def distant(on_postgres: Shop, folders: Iterator[object]) -> Iterator[tuple[Shop, Proxy]]:
    """A shop whose database is behind a proxy, with web and worker running."""
    shop = on_postgres.copy(next(folders))  # type: ignore[arg-type]
    assert shop.cluster
    proxy = Proxy(shop.cluster.port)
    shop.database = shop.cluster.url(shop.folder.name, proxy.port)
    shop.web()
    shop.worker()
    yield shop, proxy
    shop.stop()
    proxy.down()


@pytest.fixture
def far(distant: tuple[Shop, Proxy]) -> Iterator[tuple[Shop, Proxy]]:
    """The same, with everything in order again after each test."""
    yield distant
    shop, proxy = distant
    proxy.restore()
    if not shop.cluster.up():  # type: ignore[union-attr]
        shop.cluster.start()  # type: ignore[union-attr]
    eventually(lambda: _healthy(shop), "the shop", 30)


def _healthy(shop: Shop) -> bool:
    return Browser(shop.port).visit("/healthz").status_code == 200


def _refused(answer: requests.Response, prefix: str = "") -> None:
    """What people see: words in their language, when to come again, a reference, no trace of what broke."""
    assert (answer.status_code, answer.headers.get("Retry-After")) == (503, "5"), answer.text
    assert WORDS[prefix] in answer.text
    assert "Traceback" not in answer.text


def _all_done(shop: Shop) -> bool:
    return count(shop, "jobs_job", "state IN ('ready', 'running') AND kind <> 'vendor_order.complete'") == 0


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_postgresql_away(far: tuple[Shop, Proxy], prefix: str) -> None:
    shop, proxy = far
    browser = Browser(shop.port)
    form = browser.filled_in(*shop.facts["products"], prefix=prefix)
    before = orders(shop)
    proxy.down()
    _refused(browser.submit(form, prefix), prefix)
    _refused(browser.visit(f"{prefix}/thanh-toan/"), prefix)
    assert browser.visit("/healthz").status_code == 503
    assert orders(shop) == before
    proxy.restore()
    eventually(lambda: _healthy(shop), "the shop", 30)
    assert browser.submit(form, prefix).status_code == 302
    assert browser.submit(form, prefix).status_code == 302
    assert orders(shop) == before + 1
    eventually(lambda: _all_done(shop), "the worker", 60)


def test_postgresql_answers_nobody(far: tuple[Shop, Proxy]) -> None:
    """A machine that takes connections and says nothing: given up after five seconds."""
    shop, proxy = far
    proxy.mute = True
    proxy.cut()
    begun = time.monotonic()
    _refused(Browser(shop.port).visit(f"/san-pham/x-{shop.facts['products'][0]}/"))
    assert time.monotonic() - begun < 15
    proxy.restore()
    proxy.cut()
    eventually(lambda: _healthy(shop), "the shop", 30)


def test_postgresql_slow_answers_are_waited_for(far: tuple[Shop, Proxy]) -> None:
    shop, proxy = far
    proxy.delay = 0.1
    answer = Browser(shop.port).visit("/healthz")
    proxy.delay = 0
    assert answer.status_code == 200


def test_postgresql_crashes_and_comes_back(far: tuple[Shop, Proxy]) -> None:
    shop, _ = far
    assert shop.cluster
    browser = Browser(shop.port)
    form = browser.filled_in(*shop.facts["products"])
    before = orders(shop)
    shop.cluster.stop(signal.SIGKILL)
    _refused(browser.submit(form))
    shop.cluster.start()
    eventually(lambda: _healthy(shop), "the shop", 30)
    assert orders(shop) == before
    answer = browser.submit(form)
    assert answer.status_code == 302, shop.log()[-3000:]
    assert orders(shop) == before + 1
    eventually(lambda: _all_done(shop), "the worker", 60)


def test_a_lock_that_is_not_had_in_three_seconds(far: tuple[Shop, Proxy]) -> None:
    shop, _ = far
    browser = Browser(shop.port)
    form = browser.filled_in(*shop.facts["products"])
    before = orders(shop)
    with psycopg.connect(shop.cluster.url(shop.folder.name)) as busy:  # type: ignore[union-attr]
        busy.execute("LOCK TABLE partner_stockrecord IN EXCLUSIVE MODE")
        begun = time.monotonic()
        _refused(browser.submit(form))
        assert time.monotonic() - begun < 9, "two tries of three seconds"
        assert browser.visit("/thanh-toan/").status_code == 200, "reading goes on"
    assert orders(shop) == before
    assert browser.submit(form).status_code == 302


def test_sqlite_busy(sqlite_shop: Shop) -> None:
    """Another program writes for long: shoppers read on, and who orders is told to come again."""
    shop = sqlite_shop
    shop.web()
    browser = Browser(shop.port)
    form = browser.filled_in(*shop.facts["products"])
    before = orders(shop)
    with closing(sqlite3.connect(shop.folder / "shop.sqlite3", isolation_level=None)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        _refused(browser.submit(form))
        assert 4 < time.monotonic() - begun < 8
        assert browser.visit("/").status_code == 200
        busy.execute("ROLLBACK")
    assert browser.submit(form).status_code == 302
    assert orders(shop) == before + 1


def test_sqlite_killed_while_writing(sqlite_shop: Shop) -> None:
    """kill -9 of the web server in the middle of orders: the file is whole, and so is every order."""
    shop = sqlite_shop
    server = shop.web("tests.faults.wsgi")
    browser = Browser(shop.port)
    form = browser.filled_in(*shop.facts["products"])
    with pytest.raises(requests.ConnectionError):
        browser.submit(form, **{"X-Kill-At": "30"})
    server.poll()
    before = orders(shop)
    assert ask(shop, "PRAGMA integrity_check") == [("ok",)]
    eventually(lambda: _healthy(shop), "the shop", 10)
    assert browser.submit(form).status_code == 302
    assert orders(shop) == before + 1
