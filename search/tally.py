"""Counts of searches, gathered in the memory of each web process and written every few seconds.

No page waits for a write. What a process has gathered since its last write is lost when it is killed (`kill -9`); one
that ends in order writes it first. The rows only grow by what is added, so any number of processes may write them.
"""

import atexit
import datetime as dt
import logging
import os
import threading
from dataclasses import dataclass, fields
from itertools import chain

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction

from apps.jobs.loop import repeat
from search.models import Asked

MOST_KEYS = 5_000  # of one process between two writes; more is no trade but a flood
BATCH = 500

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What is counted together; rows are always locked in this order, so that two writers never wait for each other."""

    day: dt.date
    folded: str
    province_code: str


@dataclass(slots=True)
class Counts:
    """What is added to a row; `words` and `results` are those of the latest search, if there was any."""

    words: str = ""
    times: int = 0
    missed: int = 0
    results: int = 0
    seen: int = 0
    opened: int = 0

    def add(self, more: "Counts") -> None:
        """The later counts on top of these."""
        self.words = more.words or self.words
        self.results = more.results if more.times else self.results
        self.times += more.times
        self.missed += more.missed
        self.seen += more.seen
        self.opened += more.opened


_COLUMNS = ("day", "folded", "province_code", *(field.name for field in fields(Counts)))
_UPSERT = """
INSERT INTO {table} ({columns}) VALUES {rows} ON CONFLICT (day, folded, province_code) DO UPDATE SET
words = CASE WHEN excluded.words = '' THEN {table}.words ELSE excluded.words END,
results = CASE WHEN excluded.times = 0 THEN {table}.results ELSE excluded.results END,
times = {table}.times + excluded.times, missed = {table}.missed + excluded.missed,
seen = {table}.seen + excluded.seen, opened = {table}.opened + excluded.opened
"""


class Tally:
    """The counts of one process and the thread that writes them."""

    def __init__(self) -> None:
        self._counts: dict[Key, Counts] = {}
        self._lock = threading.Lock()
        self._writer: threading.Thread | None = None

    def add(self, key: Key, more: Counts) -> None:
        """Count; never waits for the database. New keys beyond MOST_KEYS are left out until the next write."""
        with self._lock:
            if key in self._counts or len(self._counts) < MOST_KEYS:
                self._counts.setdefault(key, Counts()).add(more)
            if settings.SEARCH_TALLY_SECONDS and (self._writer is None or not self._writer.is_alive()):
                self._start()

    def flush(self) -> None:
        """Write what was gathered; it is kept for the next time while the database is away (OperationalError)."""
        while batch := self._take():
            try:
                write(batch)
            except (OperationalError, InterfaceError):
                self._put_back(batch)
                raise

    def forget(self) -> None:
        """Begin anew: in a process that was split off, whose parent still has the counts."""
        self.__init__()  # type: ignore[misc]  # the lock may have been held in the other process

    def _take(self) -> dict[Key, Counts]:
        with self._lock:
            return {key: self._counts.pop(key) for key in list(self._counts)[:BATCH]}

    def _put_back(self, batch: dict[Key, Counts]) -> None:
        with self._lock:
            for key, counts in batch.items():
                counts.add(self._counts.get(key, Counts()))
                self._counts[key] = counts

    def _start(self) -> None:
        """The thread of this process; the first one also sees to a last write when the process ends."""
        if self._writer is None:
            atexit.register(self._at_exit)
        forever = threading.Event()
        self._writer = threading.Thread(
            target=repeat,
            args=(self._step, forever),
            kwargs={"idle_seconds": settings.SEARCH_TALLY_SECONDS},
            name="search.tally",
            daemon=True,
        )
        self._writer.start()

    def _step(self) -> bool:
        """One write; its connection is given back, as the next one is seconds away."""
        self.flush()
        connection.close()
        return False

    def _at_exit(self) -> None:
        try:
            self.flush()
        except (OperationalError, InterfaceError) as problem:
            log.warning("search: the last counts of this process are lost: %s", problem)


tally = Tally()
os.register_at_fork(after_in_child=tally.forget)


def write(batch: dict[Key, Counts]) -> None:
    """Add counts to their rows in one statement. Raises DatabaseError."""
    rows = [
        (
            connection.ops.adapt_datefield_value(key.day),
            key.folded,
            key.province_code,
            *(getattr(counts, field.name) for field in fields(counts)),
        )
        for key, counts in sorted(batch.items(), key=lambda item: item[0])
    ]
    marks = f"({', '.join(['%s'] * len(_COLUMNS))})"
    sql = _UPSERT.format(table=Asked._meta.db_table, columns=", ".join(_COLUMNS), rows=", ".join([marks] * len(rows)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, list(chain.from_iterable(rows)))
