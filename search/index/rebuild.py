"""A new generation of the index, made from the whole database while the shop goes on; then it takes over."""

import time
from collections.abc import Callable, Iterable, Iterator

from django.db import IntegrityError, connection, transaction
from django.utils.crypto import get_random_string

from apps.kernel.clock import now
from search.document import Document
from search.documents import counted, every_document
from search.index.models import Change, GenerationState, IndexGeneration
from search.index.stores import Writer, store
from search.index.taking import LEASE, go_on, take_over
from search.plan import Counted, Plan
from search.request import SearchRequest
from search.schema import SCHEMA

OLD_ONES_KEPT = 1
_POLL_SECONDS = 0.1
_EVERY = 10_000  # documents between two signs of life
Progress = Callable[[int], None]


class AlreadyBuilding(Exception):
    """Somebody else is making one."""


class RebuildFailed(Exception):
    """The new generation does not hold what the database holds, or was taken away; the old one stays in use."""


def rebuild(engine: str, *, progress: Progress = lambda done: None) -> IndexGeneration:
    """Make a generation and put it into use.

    Raises AlreadyBuilding, EngineAway or RebuildFailed; what is in use has not changed then.
    """
    generation = _begin(engine)
    try:
        _wait_for_older_transactions()
        into = store(engine).writer(generation.name, threads=2)
        try:
            into.add(_alive(generation, every_document(generation.version), progress))
            into.commit()
            _catch_up(generation, into)
        finally:
            into.close()
        _check(generation)
    except BaseException:
        _give_up(generation)
        raise
    _put_into_use(generation)
    _tidy(engine)
    return generation


def _begin(engine: str) -> IndexGeneration:
    """A generation that changes are noted for from now on; one that died while it was made gives way."""
    for dead in IndexGeneration.objects.filter(engine=engine, state=GenerationState.BUILDING, lease_until__lt=now()):
        _give_up(dead)
    name = f"products-{SCHEMA[:8]}-{now():%Y%m%d%H%M%S}-{get_random_string(4).lower()}"
    try:
        with transaction.atomic():
            return IndexGeneration.objects.create(engine=engine, name=name, schema=SCHEMA, lease_until=now() + LEASE)
    except IntegrityError as problem:
        raise AlreadyBuilding(engine) from problem


def _wait_for_older_transactions() -> None:
    """Until every transaction has ended that may have written without seeing the new generation, so noting nothing.

    A transaction of our own, as in tests, could never see the others end.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return
    older = _transactions()
    while older & _transactions():
        time.sleep(_POLL_SECONDS)


def _transactions() -> set[tuple[int, object]]:
    """Others that write in this database or are in the midst of a statement; a dump only reads, and for long."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid, xact_start FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND xact_start IS NOT NULL AND application_name <> 'pg_dump'"
            " AND (backend_xid IS NOT NULL OR state = 'active')"
        )
        return set(cursor.fetchall())


def _alive(generation: IndexGeneration, documents: Iterable[Document], progress: Progress) -> Iterator[Document]:
    """The same documents; now and then the lease is renewed."""
    for done, document in enumerate(documents, start=1):
        yield document
        if done % _EVERY == 0:
            _renew(generation)
            progress(done)


def _renew(generation: IndexGeneration) -> None:
    if not go_on(generation):
        raise RebuildFailed(f"{generation.name} was given up by somebody else")


def _catch_up(generation: IndexGeneration, into: Writer) -> None:
    _renew(generation)
    while take_over(generation, into):
        _renew(generation)


def _check(generation: IndexGeneration) -> None:
    """Everything on sale is there; changes that are still noted may make a difference."""
    waiting = Change.objects.filter(generation=generation).values("product_id").distinct().count()
    plan = Plan(SearchRequest(), count=0, counted=Counted.NONE)
    found, wanted = store(generation.engine).reader(generation.name).answer(plan).total, counted()
    if abs(found - wanted) > waiting:
        raise RebuildFailed(f"{found} documents for {wanted} products")
    generation.documents = found


def _give_up(generation: IndexGeneration) -> None:
    IndexGeneration.objects.filter(pk=generation.pk).update(state=GenerationState.FAILED, lease_until=None)
    Change.objects.filter(generation=generation).delete()
    store(generation.engine).remove(generation.name)


@transaction.atomic
def _put_into_use(generation: IndexGeneration) -> None:
    """One switch: whoever looks sees the old generation or the new one."""
    live = IndexGeneration.objects.filter(engine=generation.engine, state=GenerationState.LIVE)
    live.update(state=GenerationState.OLD, lease_until=None)
    generation.state, generation.live_at, generation.lease_until = GenerationState.LIVE, now(), None
    generation.save(update_fields=["state", "live_at", "documents", "lease_until"])


def _tidy(engine: str) -> None:
    """Forget what nobody goes back to: generations that failed, and old ones but the last."""
    every = IndexGeneration.objects.filter(engine=engine)
    old = every.filter(state=GenerationState.OLD).order_by("-live_at")[OLD_ONES_KEPT:]
    for generation in [*every.filter(state=GenerationState.FAILED), *old]:
        store(engine).remove(generation.name)
        generation.delete()
