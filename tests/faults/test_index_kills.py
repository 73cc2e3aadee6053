"""kill -9 of whoever writes the index, at every step of a batch and of a rebuild, while readers read: nothing is lost.

A step is every statement, every commit, and the moments before and after everything that is done to the index. `make
test` takes SHORT steps of each, and kills a worker once at a random moment; `make drill` takes all steps, kills MANY
workers and MANY rebuilds, and writes var/drill. Only there nobody shortens the waiting for the dead one's lease.
"""

import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.acts import spread
from tests.faults.index import STATES, Reader, at_rest, bump, caught_up, is_right, reading
from tests.faults.report import report
from tests.faults.rows import ask
from tests.faults.server import Server
from tests.faults.shop import Shop, eventually, kill

pytestmark = [pytest.mark.service, pytest.mark.slow]
SHORT, MANY, GOODS, MANY_GOODS = 2, 10, 20, 1500
# In seconds: of a worker's death, section 7 of the goals that docs/faults.md names.
RECOVERY_SECONDS = 60
Case = tuple[Shop, Reader, str]


@pytest.fixture(params=["tantivy", "elasticsearch"])
def case(request: pytest.FixtureRequest, folders: Iterator[Path]) -> Iterator[Case]:
    """A shop with an index, its web server and a reader: tantivy on SQLite, Elasticsearch on PostgreSQL."""
    yield from _open(request, folders, GOODS)


@pytest.fixture(params=["tantivy", "elasticsearch"])
def large(request: pytest.FixtureRequest, folders: Iterator[Path]) -> Iterator[Case]:
    """The same with so many goods that a batch and a rebuild take a while."""
    yield from _open(request, folders, MANY_GOODS)


def _open(request: pytest.FixtureRequest, folders: Iterator[Path], goods: int) -> Iterator[Case]:
    engine = request.param
    shop: Shop = request.getfixturevalue("on_sqlite" if engine == "tantivy" else "on_postgres").copy(next(folders))
    if engine == "elasticsearch":
        running: Server = request.getfixturevalue("elasticsearch")
        shop.extra["SEARCH_URL"] = running.url
    products = shop.call("index:fill", goods)
    at_rest(shop)
    shop.web()
    reader = reading(shop, products)
    yield shop, reader, engine
    reader.end()
    shop.stop()


def test_kills_at_some_steps(case: Case) -> None:
    for act in ("follow", "rebuild"):
        _each_step(case[0], act, SHORT)


@pytest.mark.drill
def test_kills_at_every_step(case: Case) -> None:
    shop, reader, engine = case
    tried = {act: _each_step(shop, act, None) for act in ("follow", "rebuild")}
    report(f"kills-index-{engine}", killed="whoever writes the index", steps=tried, slowest_page_s=reader.slow(1.0))


def _each_step(shop: Shop, act: str, many: int | None) -> list[int]:
    """One kill for each step, and after each of them all comes to rest as it should."""
    target = shop.folder / "steps"
    bump(shop)
    assert _shift(shop, act, 0, KILL_COUNT=str(target)) == 0
    tried = spread(int(target.read_text()), many)
    for at in tried:
        bump(shop)
        assert _shift(shop, act, at) == -signal.SIGKILL, f"step {at} of {act} was never passed"
        at_rest(shop)
    return tried


def _shift(shop: Shop, act: str, at: int, **environment: str) -> int:
    return shop.armed(at, "tests/faults/index_shift.py", act, **environment)


def test_a_worker_dies_while_it_writes_and_the_next_one_goes_on(case: Case) -> None:
    assert max(_workers(case[0], 1)) < RECOVERY_SECONDS


@pytest.mark.drill
def test_many_workers_die_while_they_write(large: Case) -> None:
    shop, reader, engine = large
    found = _workers(shop, MANY)
    assert max(found) < RECOVERY_SECONDS
    report(f"kills-follower-{engine}", recovery_s=found, pages=len(reader.seconds), slowest_page_s=reader.slow(1.0))


def _workers(shop: Shop, many: int) -> list[float]:
    """Kill so many workers while they write; after how many seconds the next one had taken all over, each time."""
    found, worker = [], shop.worker()
    caught_up(shop, RECOVERY_SECONDS)
    for _time in range(many):
        bump(shop)
        eventually(lambda: ask(shop, LEASED) != [(0,)], "a batch in hand")
        time.sleep(random.uniform(0, 0.3))
        kill(worker)
        bump(shop)
        worker = shop.worker()
        found.append(round(caught_up(shop, 2 * RECOVERY_SECONDS), 1))
    is_right(shop)
    kill(worker)
    return found


LEASED = "SELECT count(*) FROM search_indexgeneration WHERE state = 'live' AND lease_until IS NOT NULL"


@pytest.mark.drill
def test_many_rebuilds_die(large: Case) -> None:
    """Meanwhile the index in use follows as ever; the worker sweeps up what the dead one left."""
    shop, reader, engine = large
    worker, found = shop.worker(), []
    caught_up(shop, RECOVERY_SECONDS)
    while len(found) < MANY:
        dying = shop.start(sys.executable, "manage.py", "search", "rebuild")
        eventually(lambda: dict(ask(shop, STATES)).get("building"), "a rebuild")
        time.sleep(random.uniform(0, 0.4))
        kill(dying)
        bump(shop)
        if "building" not in dict(ask(shop, STATES)):
            continue  # it had ended before
        caught_up(shop, RECOVERY_SECONDS)
        gone = eventually(lambda: "building" not in dict(ask(shop, STATES)), "the dead one's end", 2 * RECOVERY_SECONDS)
        found.append(round(gone, 1))
    is_right(shop)
    shop.manage("search", "rebuild")
    kill(worker)
    at_rest(shop)
    assert max(found) < RECOVERY_SECONDS
    report(f"kills-rebuild-{engine}", swept_up_s=found, pages=len(reader.seconds), slowest_page_s=reader.slow(1.0))
