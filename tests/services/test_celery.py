"""Celery for real: workers, schedulers and brokers as processes, and what happens when they die."""

import datetime as dt
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests import migrated
from tests.services.diary import TICK
from tools import sizes
from tools.services import spare_port

pytestmark = [
    pytest.mark.service,
    pytest.mark.skipif(not os.environ.get("DATABASE_URL"), reason="no DATABASE_URL"),
]
BROKERS = [
    pytest.param(name, marks=pytest.mark.skipif(not os.environ.get(name), reason=f"no {name}"))
    for name in ("REDIS_URL", "RABBITMQ_URL")
]
WRITE = """
import sys, time, django
django.setup()
from django.db import transaction
from apps.jobs.services import enqueue
for word in sys.argv[1:]:
    begun = time.monotonic()
    with transaction.atomic():
        enqueue("test.slow", {"seconds": float(word)}) if word[0].isdigit() else enqueue("test.note", {"word": word})
    print(time.monotonic() - begun)
"""


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """A migrated database that several processes share; its address."""
    server, name = os.environ["DATABASE_URL"].rsplit("/", 1)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("drop database if exists celery_test with (force)")
        template = migrated.postgres_template(os.environ["DATABASE_URL"])
        connection.execute(f"create database celery_test template {template}")
        yield f"{server}/celery_test"
        connection.execute("drop database celery_test with (force)")


class Shop:
    """Processes of the production profile around one database and one broker."""

    def __init__(self, database: str, broker: str, diary: Path) -> None:
        self.database, self.diary, self.processes = database, diary, list[subprocess.Popen[bytes]]()
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.services.celery_settings",
            "SECRET_KEY": "k" * 50,
            "ORDER_NUMBER_KEY": "k" * 16,
            "SITE_URL": "https://shop.example",
            "ALLOWED_HOSTS": "shop.example",
            "DATABASE_URL": database,
            "REDIS_URL": "",
            "BROKER_URL": broker,
            "JOB_LEASE_SECONDS": "5",
            "DIARY": str(diary),
        }

    def run(self, *command: str, **environment: str) -> str:
        """What a short-lived process says."""
        done = subprocess.run(
            [sys.executable, *command],
            cwd=sizes.ROOT,
            env=self.environment | environment,
            check=True,
            timeout=120,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    def write(self, *words: str, **environment: str) -> list[float]:
        """Enqueue jobs as a page does, in a process of their own; how long each took, in seconds."""
        return [float(line) for line in self.run("-c", WRITE, *words, **environment).split()]

    def start(self, *command: str, **environment: str) -> subprocess.Popen[bytes]:
        """A process that stays, in a group of its own."""
        with self.diary.with_suffix(".log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *command],
                cwd=sizes.ROOT,
                env=self.environment | environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def worker(self) -> subprocess.Popen[bytes]:
        """A worker as production starts it."""
        return self.start("-m", "celery", "-A", "marketplace", "worker", "-c", "2", "--without-gossip", "-l", "INFO")

    def scheduler(self, **environment: str) -> subprocess.Popen[bytes]:
        """A scheduler as production starts it."""
        return self.start("manage.py", "scheduler", **environment)

    def words(self) -> list[str]:
        """What the jobs have written so far."""
        return self.diary.read_text().split()

    def jobs(self, columns: str) -> list[tuple[Any, ...]]:
        """Columns of the tests' jobs."""
        with psycopg.connect(self.database) as connection:
            return connection.execute(f"select {columns} from jobs_job where kind like 'test.%' order by 1").fetchall()

    def end(self) -> None:
        """Kill what still runs, and forget its jobs."""
        for process in self.processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        with psycopg.connect(self.database, autocommit=True) as connection:
            connection.execute("delete from jobs_job")


@pytest.fixture
def open_shop(database: str, tmp_path: Path) -> Iterator[Callable[[str], Shop]]:
    """Opens a shop with a broker; whatever it started is ended afterwards."""
    opened: list[Shop] = []

    def open_one(broker: str) -> Shop:
        (tmp_path / "diary").touch()
        opened.append(Shop(database, broker, tmp_path / "diary"))
        return opened[-1]

    yield open_one
    for shop in opened:
        shop.end()


def eventually(found: Callable[[], bool], seconds: float, shop: Shop) -> None:
    """Wait until something is so."""
    until = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < until, shop.diary.with_suffix(".log").read_text()[-3000:]
        time.sleep(0.1)


@pytest.mark.parametrize("broker", BROKERS)
def test_a_page_wakes_a_worker_and_a_stopped_worker_ends_its_job(broker: str, open_shop: Callable[[str], Shop]) -> None:
    shop = open_shop(os.environ[broker])
    worker = shop.worker()
    shop.write("first")
    eventually(lambda: shop.words() == ["first"], 40, shop)  # nobody sweeps here: it was the call
    shop.write("2")
    eventually(lambda: shop.words() == ["first", "begun"], 10, shop)
    worker.terminate()
    assert worker.wait(20) == 0
    assert shop.words() == ["first", "begun", "ended"]
    assert shop.jobs("state, attempts") == [("done", 1), ("done", 1)]


@pytest.mark.parametrize("broker", BROKERS)
def test_the_job_of_a_killed_worker_is_executed_by_another_one(broker: str, open_shop: Callable[[str], Shop]) -> None:
    shop = open_shop(os.environ[broker])
    killed = shop.worker()
    shop.write("60")
    eventually(lambda: shop.words() == ["begun"], 40, shop)
    os.killpg(killed.pid, signal.SIGKILL)
    shop.worker()
    shop.scheduler()
    eventually(lambda: shop.words() == ["begun", "begun", "ended"], 40, shop)
    eventually(lambda: shop.jobs("state, attempts, losses") == [("done", 2, 1)], 5, shop)


@pytest.mark.parametrize("broker", BROKERS)
def test_what_was_written_while_the_broker_was_away_is_executed_later(
    broker: str, open_shop: Callable[[str], Shop]
) -> None:
    shop = open_shop(os.environ[broker])
    scheme = os.environ[broker].split(":")[0]
    seconds = shop.write("one", "two", "three", BROKER_URL=f"{scheme}://127.0.0.1:{spare_port()}//")
    assert seconds[0] < 3  # the first one finds out, with all of Celery to load
    assert max(seconds[1:]) < 0.2  # the others do not try
    assert shop.jobs("state") == [("ready",)] * 3
    shop.worker()
    shop.scheduler()
    eventually(lambda: sorted(shop.words()) == ["one", "three", "two"], 40, shop)


@pytest.mark.parametrize("scheme", ["redis", "amqp"])
def test_a_broker_that_says_nothing_holds_pages_up_for_a_moment_only(
    scheme: str, open_shop: Callable[[str], Shop]
) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=10) as silent:
        shop = open_shop(f"{scheme}://127.0.0.1:{silent.getsockname()[1]}//")
        seconds = shop.write("one", "two")
    assert seconds[0] < 6
    assert seconds[1] < 0.2
    assert shop.jobs("state") == [("ready",)] * 2


def test_without_any_broker_the_scheduler_helps_out(open_shop: Callable[[str], Shop]) -> None:
    shop = open_shop(f"redis://127.0.0.1:{spare_port()}/0")
    shop.write("waiting")
    with psycopg.connect(shop.database, autocommit=True) as connection:
        connection.execute("update jobs_job set run_at = now() - interval '1 minute'")
    shop.scheduler()
    eventually(lambda: shop.words() == ["waiting"], 40, shop)


def test_a_worker_without_broker_ends_the_job_in_hand_when_it_is_stopped(open_shop: Callable[[str], Shop]) -> None:
    shop = open_shop("")
    worker = shop.start("manage.py", "worker")
    shop.write("2", "next")
    eventually(lambda: shop.words() == ["begun"], 40, shop)
    worker.terminate()
    assert worker.wait(20) == 0
    assert shop.words() == ["begun", "ended"]
    assert shop.jobs("state, attempts") == [("done", 1), ("ready", 0)]


def test_two_schedulers_write_one_job_for_each_slot(open_shop: Callable[[str], Shop]) -> None:
    shop = open_shop("")
    schedulers = [shop.scheduler(TICKING="1"), shop.scheduler(TICKING="1")]
    eventually(lambda: len(shop.jobs("id")) >= 4, 40, shop)
    for scheduler in schedulers:
        scheduler.terminate()
    assert [scheduler.wait(10) for scheduler in schedulers] == [0, 0]
    slots = [dt.datetime.fromisoformat(key.removeprefix("test.tick:")) for (key,) in shop.jobs("dedupe_key")]
    assert slots == [slots[0] + TICK * number for number in range(len(slots))]
