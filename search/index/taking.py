"""Taking over noted changes: one writer at a time, and what it reads is never older than what it forgets."""

import datetime as dt
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.models import F, Q

from apps.kernel.clock import now
from search.documents import documents
from search.index.models import Change, IndexGeneration
from search.index.stores import Writer
from search.plan import EngineAway

BATCH = 500
# Whoever dies is waited for so long: a batch takes a second, and until then nothing is searchable anew.
BATCH_LEASE = dt.timedelta(seconds=20)
# Between two signs of life of whoever makes a whole index.
LEASE = dt.timedelta(seconds=45)
_POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class _Batch:
    """Noted changes, and the products that they name."""

    change_ids: list[int]
    product_ids: set[int]


def claim(generation: IndexGeneration) -> bool:
    """Become the one that writes the generation for a while; a new version belongs to it."""
    free = Q(lease_until=None) | Q(lease_until__lt=now())
    return _lease(generation, free, BATCH_LEASE)


def go_on(generation: IndexGeneration) -> bool:
    """A new version and a new lease for the one that has it; False when somebody took over meanwhile."""
    return _lease(generation, Q(lease_until=generation.lease_until), LEASE)


def _lease(generation: IndexGeneration, condition: Q, span: dt.timedelta) -> bool:
    until = now() + span
    mine = IndexGeneration.objects.filter(condition, pk=generation.pk)
    leased = mine.update(lease_until=until, version=F("version") + 1)
    if leased:
        generation.refresh_from_db(fields=["version", "lease_until"])
    return bool(leased)


def release(generation: IndexGeneration) -> None:
    """Let the next one in."""
    IndexGeneration.objects.filter(pk=generation.pk, lease_until=generation.lease_until).update(lease_until=None)


@contextmanager
def quiet(generation: IndexGeneration) -> Iterator[None]:
    """Nobody writes the generation meanwhile; raises EngineAway when it is not to be had for a long time."""
    deadline = time.monotonic() + 2 * BATCH_LEASE.total_seconds()
    while not claim(generation):
        if time.monotonic() > deadline:
            raise EngineAway(f"{generation.name} is being written without end")
        time.sleep(_POLL_SECONDS)
    try:
        yield
    finally:
        release(generation)


def note(generation: IndexGeneration, product_ids: Iterable[int]) -> None:
    """Have these products read again, as the triggers do."""
    Change.objects.bulk_create(Change(generation=generation, product_id=pk) for pk in product_ids)


def take_over(generation: IndexGeneration, into: Writer) -> int:
    """Write one batch of noted changes and forget them; returns how many products. Raises EngineAway."""
    batch = _batch(generation)
    if not batch.change_ids:
        return 0
    # Read after the changes were seen: a document is never older than what it stands for.
    found = list(documents(batch.product_ids, generation.version))
    into.put(found)
    into.drop(batch.product_ids - {document.id for document in found}, generation.version)
    into.commit()
    Change.objects.filter(pk__in=batch.change_ids).delete()
    return len(batch.product_ids)


def _batch(generation: IndexGeneration) -> _Batch:
    rows = list(generation.changes.order_by("pk").values_list("pk", "product_id")[:BATCH])
    return _Batch([pk for pk, _product in rows], {product for _pk, product in rows})
