"""A worker or a web server whose clock is five minutes off (libfaketime): no mail is lost, one form is one order."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.acts import LEFT, mails, settle
from tests.faults.browser import Browser
from tests.faults.rows import ask, count, orders
from tests.faults.shop import Shop, eventually

pytestmark = [pytest.mark.service, pytest.mark.slow]
OFF_SECONDS = 300
# Of the jobs that wait for a clock that is behind, only the waiting is left out.
WAITED = f"UPDATE jobs_job SET run_at = run_at - interval '{OFF_SECONDS} seconds' WHERE state = 'ready'"

DUE_IN = """
    SELECT run_at - now() FROM jobs_job
    WHERE kind = 'order.placed' AND (args->>'order_id')::int = (SELECT max(id) FROM order_order)
"""


@pytest.fixture(scope="session")
def faketime() -> Path:
    """The library that moves the clock of a process."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    if not found:
        assert not os.environ.get("CI"), "libfaketime is not installed"
        pytest.skip("libfaketime is not installed (Debian: apt-get install faketime)")
    return found[0]


@pytest.fixture(params=[-OFF_SECONDS, OFF_SECONDS])
def off(request: pytest.FixtureRequest, faketime: Path) -> tuple[int, dict[str, str]]:
    """By how many seconds a clock is ahead, and the environment that makes it so."""
    ahead: int = request.param
    # The web server compares the times of a file with what measures time.
    return ahead, {"LD_PRELOAD": str(faketime), "FAKETIME": f"{ahead:+d}", "NO_FAKE_STAT": "1"}


@pytest.fixture
def shop(on_postgres: Shop, folders: Iterator[Path]) -> Iterator[Shop]:
    """A shop with nothing left to do."""
    copied = on_postgres.copy(next(folders))
    settle(copied)
    yield copied
    copied.stop()


def test_a_workers_clock_is_off(shop: Shop, off: tuple[int, dict[str, str]]) -> None:
    """Behind, it sends mails once its clock has come so far."""
    ahead, environment = off
    before = mails(shop)
    # The library moves the ends of its rests, too, unless told.
    shop.worker(**environment, FAKETIME_DONT_FAKE_MONOTONIC="1")
    eventually(lambda: "worker ready" in shop.log(), "the worker")
    for _ in range(5):
        shop.call("seed:order")
    if ahead < 0:
        assert count(shop, "jobs_job", "kind = 'order.placed' AND state = 'ready'") == 5
        assert shop.cluster
        shop.cluster.execute(f"{WAITED} AND kind <> 'vendor_order.complete'", shop.folder.name)
    eventually(lambda: ask(shop, LEFT) == [(0,)], "every mail", 60)
    shop.stop()
    # To the shopper and the vendor of each.
    assert mails(shop) - before == 10
    settle(shop)


def test_a_web_servers_clock_is_off(shop: Shop, off: tuple[int, dict[str, str]]) -> None:
    ahead, environment = off
    shop.web(**environment)
    vendor, shopper = Browser(shop.port), Browser(shop.port)
    vendor.sign_in(shop.facts["owner"], shop.facts["password"])
    form = shopper.filled_in(*shop.facts["products"])
    before, sent = orders(shop), mails(shop)
    assert [shopper.submit(form).status_code for _ in range(2)] == [302, 302]
    assert orders(shop) == before + 1
    assert vendor.visit("/ban-hang/don-hang/").status_code == 200
    assert shopper.add(shop.facts["products"][0]).status_code in (200, 302)
    assert "1" in shopper.visit("/gio-hang/").text
    ((due,),) = ask(shop, DUE_IN)
    assert ahead - 30 < due.total_seconds() < ahead
    settle(shop)
    # The shopper, and each of two vendors.
    assert mails(shop) - sent == 3
