"""The migration drill: a shop of the first release, with data, becomes today's, also when somebody pulls the plug."""

import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.faults.report import report
from tests.faults.shop import Shop

pytestmark = [pytest.mark.service, pytest.mark.slow]
# For the drill: what an upgrade may take, in seconds, and how long it may keep an order waiting.
ORDERS, UPGRADE_SECONDS, LOCK_SECONDS = 100_000, 120, 3.0
KILLS = 40


def test_the_first_shop_becomes_todays_with_all_its_rows(first: Shop) -> None:
    assert len(first.facts) > 25
    first.manage("migrate")
    assert first.call("first_shop:rows") == first.facts


def test_an_upgrade_that_is_killed_is_run_again(first: Shop, folders: Iterator[Path]) -> None:
    """At one step of all; the drill takes forty."""
    steps = _steps(first.copy(next(folders)))
    _killed_and_run_again(first, steps // 2)


@pytest.mark.drill
def test_an_upgrade_may_be_killed_anywhere(first: Shop, folders: Iterator[Path]) -> None:
    steps = _steps(first.copy(next(folders)))
    tried = sorted({1 + number * (steps - 1) // (KILLS - 1) for number in range(KILLS)})
    for at in tried:
        _killed_and_run_again(first.copy(next(folders)), at)
    report(f"upgrade-{_kind(first)}", steps=steps, killed_at=tried, found="rows equal after the second run")


def test_an_upgrade_gives_way_to_a_shop_that_is_busy(postgres_shop: Shop) -> None:
    """It waits three seconds for a table, not for ever in front of everybody else, and changes nothing then."""
    with psycopg.connect(postgres_shop.database) as busy:
        busy.execute("SELECT 1 FROM ordering_vendororder LIMIT 1")
        begun = time.monotonic()
        refused = postgres_shop.manage("migrate", "ordering", "0001", check=False)
        assert (refused.returncode, "lock timeout" in refused.stderr) == (1, True)
        assert time.monotonic() - begun < 20
    postgres_shop.manage("migrate", "ordering", "0001")
    postgres_shop.manage("migrate")


@pytest.mark.drill
def test_an_upgrade_with_many_orders_is_quick_and_holds_nobody_up(first: Shop) -> None:
    if first.cluster is None:
        pytest.skip("SQLite has one writer: the shop is closed during an upgrade")
    assert first.call("first_shop:multiply", ORDERS) > ORDERS
    stop, waits = threading.Event(), [0.0]
    shopper = threading.Thread(target=_keep_ordering, args=(first.database, stop, waits))
    shopper.start()
    begun = time.monotonic()
    first.manage("migrate")
    seconds = time.monotonic() - begun
    stop.set()
    shopper.join()
    report(
        "upgrade-100k", orders=ORDERS, seconds=round(seconds, 1), longest_wait=round(max(waits), 2), probes=len(waits)
    )
    assert seconds < UPGRADE_SECONDS
    assert max(waits) < LOCK_SECONDS


def _keep_ordering(database: str, stop: threading.Event, waits: list[float]) -> None:
    """Read and write an order's rows again and again; how long each took."""
    with psycopg.connect(database, autocommit=True) as link:
        while not stop.is_set():
            begun = time.monotonic()
            link.execute("UPDATE ordering_vendororder SET weight_g = weight_g WHERE id = 1")
            link.execute("UPDATE partner_stockrecord SET num_in_stock = num_in_stock WHERE id = 1")
            link.execute("UPDATE order_order SET status = status WHERE id = 1")
            waits.append(time.monotonic() - begun)
            stop.wait(0.02)


def _steps(shop: Shop) -> int:
    """How many steps a whole upgrade has; the copy is used up."""
    target = shop.folder / "steps"
    assert _upgrade(shop, 0, KILL_COUNT=str(target)) == 0
    return int(target.read_text())


def _killed_and_run_again(shop: Shop, at: int) -> None:
    assert _upgrade(shop, at) == -signal.SIGKILL
    shop.manage("migrate")
    assert shop.call("first_shop:rows") == shop.facts


def _upgrade(shop: Shop, at: int, **environment: str) -> int:
    return shop.armed(at, "manage.py", "migrate", **environment)


def _kind(shop: Shop) -> str:
    return "postgres" if shop.cluster else "sqlite"
