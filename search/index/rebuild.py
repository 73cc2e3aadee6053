"""Puts an index into use while the shop goes on: a new one from the whole database, or the one before, made right."""

import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db import connection

from search.documents import counted, every_document
from search.index import generations
from search.index.comparing import Sum, apart, listed, unfound
from search.index.models import Change, IndexGeneration
from search.index.stores import Writer, store
from search.index.taking import BATCH, go_on, note, take_over
from search.plan import Counted, Plan
from search.request import SearchRequest

_POLL_SECONDS = 0.1
_EVERY = 2_000  # products between two signs of life
_NEARLY = BATCH // 10  # the follower takes over the rest after the switch, as it does every second
T = TypeVar("T")
Progress = Callable[[int], None]
Fill = Callable[[IndexGeneration, Writer, Progress], None]


class RebuildFailed(Exception):
    """The generation does not hold what the database holds, or was taken away; the one in use stays."""


def rebuild(engine: str, *, progress: Progress = lambda done: None) -> IndexGeneration:
    """Make a generation and put it into use.

    Raises AlreadyBuilding, EngineAway or RebuildFailed; what is in use has not changed then.
    """
    store(engine).has("products")  # an engine that is away leaves no trace of a try
    return _put_right(generations.begin(engine), _fill, progress)


def rollback(engine: str, *, progress: Progress = lambda done: None) -> IndexGeneration:
    """Put the generation before the one in use into use again, once it holds what the database holds.

    Raises NoneBefore, and as `rebuild`.
    """
    return _put_right(generations.begin_again(engine), _mend, progress)


def _put_right(generation: IndexGeneration, fill: Fill, progress: Progress) -> IndexGeneration:
    try:
        _wait_for_older_transactions(generation)
        into = store(generation.engine).writer(generation.name, threads=2)
        try:
            fill(generation, into, progress)
            _catch_up(generation, into)
        finally:
            into.close()
        _renew(generation)
        _check(generation)
    except BaseException:
        generations.give_up(generation)
        raise
    generations.put_into_use(generation)
    generations.tidy(generation.engine)
    return generation


def _fill(generation: IndexGeneration, into: Writer, progress: Progress) -> None:
    """Everything, and then what is read back from the index must add up to what was written."""
    written, found = Sum(), Sum()
    into.add(written.over(_alive(generation, every_document(generation.version), progress)))
    _renew(generation)
    into.commit()
    for _pk, digest in _alive(generation, listed(store(generation.engine).reader(generation.name))):
        found.add(digest)
    if found != written:
        raise RebuildFailed(f"{written.count} products were written, {found.count} read back, or others")


def _mend(generation: IndexGeneration, into: Writer, progress: Progress) -> None:
    """Note whatever differs from the database: nobody has noted changes for a generation that was out of use."""
    ours = _alive(generation, every_document(generation.version), progress)
    differing = apart(ours, store(generation.engine).reader(generation.name))
    while some := [drift.product_id for drift in islice(differing, BATCH)]:
        note(generation, some)


def _wait_for_older_transactions(generation: IndexGeneration) -> None:
    """Until every transaction has ended that may have written without seeing the new generation, so noting nothing.

    A transaction of our own, as in tests, could never see the others end.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return
    older = _transactions()
    while older & _transactions():
        time.sleep(_POLL_SECONDS)
        _renew(generation)


def _transactions() -> set[tuple[int, object]]:
    """Others that write in this database or are in the midst of a statement; a dump only reads, and for long."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid, xact_start FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND xact_start IS NOT NULL AND application_name <> 'pg_dump'"
            " AND (backend_xid IS NOT NULL OR state = 'active')"
        )
        return set(cursor.fetchall())


def _alive(generation: IndexGeneration, each: Iterable[T], progress: Progress = lambda done: None) -> Iterator[T]:
    """The same items; now and then the lease is renewed."""
    done = 0
    for done, item in enumerate(each, start=1):
        yield item
        if done % _EVERY == 0:
            _renew(generation)
            progress(done)
    progress(done)


def _renew(generation: IndexGeneration) -> None:
    if not go_on(generation):
        raise RebuildFailed(f"{generation.name} was given up by somebody else")


def _catch_up(generation: IndexGeneration, into: Writer) -> None:
    """Until hardly anything waits: in a busy shop something always does."""
    _renew(generation)
    while take_over(generation, into) > _NEARLY:
        _renew(generation)


def _check(generation: IndexGeneration) -> None:
    """Everything on sale is there and some of it is found; changes that are still noted may make a difference."""
    index = store(generation.engine).reader(generation.name)
    waiting = Change.objects.filter(generation=generation).values("product_id").distinct().count()
    found, wanted = index.answer(Plan(SearchRequest(), count=0, counted=Counted.NONE)).total, counted()
    if abs(found - wanted) > waiting:
        raise RebuildFailed(f"{found} documents for {wanted} products")
    if lost := unfound(generation, index):
        raise RebuildFailed(f"their own titles do not find products {lost}")
    generation.documents = found
