"""kill -9 of web, worker and database at every step of placing, confirming, cancelling and mailing an order.

A step is every statement, the moments before and after every commit and every mail, and the one before the answer. What
runs with `make test` takes SHORT steps of each act (SHORT_MAIL of mailing), spread evenly; `make drill` takes all and
writes var/drill.
"""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.faults.acts import ACTS, LEFT, WARM, Desk, Send, mails, open_desk, settle, spread, up
from tests.faults.killing import victim_file
from tests.faults.report import report
from tests.faults.rows import ask
from tests.faults.server import Server
from tests.faults.shop import Shop, eventually

pytestmark = [pytest.mark.service, pytest.mark.slow]
SHORT, SHORT_MAIL = 3, 2
# In seconds: a web server is there again, and a database after it was started.
RECOVERY_SECONDS = 30
# Another kind of worker is another line: the program and its arguments, ending when nothing is due.
EMBEDDED, CELERY = ["manage.py", "worker", "--once"], ["tests/faults/one_shift.py"]
WORKERS = {
    "sqlite-embedded": EMBEDDED,
    "postgres-embedded": EMBEDDED,
    "postgres-redis": CELERY,
    "postgres-rabbitmq": CELERY,
}


@pytest.fixture(params=["sqlite-self", "postgres-self", "postgres-database"])
def case(request: pytest.FixtureRequest, folders: Iterator[Path]) -> Iterator[tuple[Desk, str]]:
    """A shop whose web server dies when it is told to, or kills its database."""
    database, victim = request.param.split("-")
    shop: Shop = request.getfixturevalue(f"on_{database}").copy(next(folders))
    given = {victim_file("database"): str(shop.cluster.folder / "pid")} if shop.cluster else {}
    yield open_desk(shop, **given), victim
    shop.stop()


def test_kills_of_the_web_server_and_its_database(case: tuple[Desk, str]) -> None:
    """The database dies while orders are placed only: it takes a while to come back each time."""
    desk, victim = case
    _each_act(desk, victim, ACTS if victim == "self" else ACTS[:1], SHORT)


@pytest.mark.drill
def test_kills_at_every_step(case: tuple[Desk, str]) -> None:
    desk, victim = case
    _each_act(desk, victim, ACTS, None)
    name = f"kills-{'postgres' if desk.shop.cluster else 'sqlite'}-{victim}"
    report(name, killed=victim, steps=desk.tried, slowest_recovery_s=round(desk.slowest, 2), broken=[])


def _each_act(desk: Desk, victim: str, acts: list[Callable[[Desk], Send]], many: int | None) -> None:
    for act in acts:
        steps = int(act(desk)().headers["X-Steps"])
        assert steps > 10
        chosen = spread(steps, many)
        desk.tried[act.__name__] = [at for at in chosen if _kill(desk, act(desk), victim, at)]
        assert {at for at in chosen if at <= steps - WARM} <= set(desk.tried[act.__name__])
    settle(desk.shop)


def _kill(desk: Desk, send: Send, victim: str, at: int) -> bool:
    """Send with a kill at a step, wait for recovery, send the same again: now it is done. False: it ended before."""
    try:
        answer = send(**{"X-Kill-At": str(at), "X-Kill": victim})
    except requests.ConnectionError:
        assert victim == "self"
    else:
        # A process that has warmed up asks the database once or twice less.
        if int(answer.headers.get("X-Steps", at)) < at:
            assert answer.status_code == 302, answer.text
            return False
        assert victim == "database"
        assert answer.status_code in (302, 503), answer.text
    if victim == "database":
        _restart(desk.shop)
    desk.slowest = max(desk.slowest, eventually(lambda: up(desk.shop), f"recovery from {at}", RECOVERY_SECONDS))
    assert send().status_code == 302, desk.shop.log()[-3000:]
    return True


def _restart(shop: Shop) -> None:
    assert shop.cluster
    assert shop.cluster.process
    shop.cluster.process.wait()
    shop.cluster.start()


@pytest.fixture(params=WORKERS)
def mailing_shop(request: pytest.FixtureRequest, folders: Iterator[Path]) -> Iterator[tuple[Shop, str]]:
    """A shop, on each database with each kind of worker, and the name of both."""
    database, broker = request.param.split("-")
    shop: Shop = request.getfixturevalue(f"on_{database}").copy(next(folders))
    if broker != "embedded":
        running: Server = request.getfixturevalue(broker)
        shop.extra["BROKER_URL"] = running.url
    yield shop, request.param
    shop.stop()


def test_kills_of_the_worker(mailing_shop: tuple[Shop, str]) -> None:
    _mailing(*mailing_shop, SHORT_MAIL)


@pytest.mark.drill
def test_kills_of_the_worker_at_every_step(mailing_shop: tuple[Shop, str]) -> None:
    report(f"kills-worker-{mailing_shop[1]}", **_mailing(*mailing_shop, None))


def _mailing(shop: Shop, kind: str, many: int | None) -> dict[str, Any]:
    """One order, a worker that dies, another one that finishes; each mail goes out, at most one of them twice."""
    settle(shop)
    shop.call("seed:order")
    target, doubled = shop.folder / "steps", []
    assert _work(shop, kind, 0, KILL_COUNT=str(target)) == 0
    tried = spread(int(target.read_text()), many)
    for at in tried:
        shop.call("seed:order")
        before = mails(shop)
        assert _work(shop, kind, at) == -signal.SIGKILL, f"step {at} was never passed"
        settle(shop)
        sent = mails(shop) - before
        assert sent in (2, 3), f"{sent} mails to one shopper and one vendor after a kill at step {at}"
        doubled += [at] if sent == 3 else []
    return {"killed": "worker", "steps": tried, "doubled_mail_at": doubled, "broken": []}


def _work(shop: Shop, kind: str, at: int, **environment: str) -> int:
    return shop.armed(at, *WORKERS[kind], **environment)


@pytest.mark.drill
def test_a_dead_workers_jobs_are_done_within_a_minute(sqlite_shop: Shop) -> None:
    """Without any help: the lease of the dead runs out, the next worker takes over."""
    settle(sqlite_shop)
    sqlite_shop.call("seed:order")
    assert _work(sqlite_shop, "sqlite-embedded", 8) == -signal.SIGKILL
    assert ask(sqlite_shop, "SELECT count(*) FROM jobs_job WHERE state = 'running'") == [(1,)]
    sqlite_shop.worker()
    seconds = eventually(lambda: ask(sqlite_shop, LEFT) == [(0,)], "the dead worker's job", 60)
    report("recovery-worker", seconds=round(seconds, 1))
