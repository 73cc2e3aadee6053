"""The generations of an engine: which is in use, which is being made, and what becomes of the others."""

from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string

from apps.kernel.clock import now
from search.index.models import Change, GenerationState, IndexGeneration
from search.index.stores import store
from search.index.taking import LEASE
from search.schema import SCHEMA

OLD_ONES_KEPT = 1


class AlreadyBuilding(Exception):
    """Somebody else is making one."""


class NoneBefore(Exception):
    """No older generation is there that this release can read."""


def in_use(engine: str) -> IndexGeneration | None:
    """The one that answers searches."""
    return IndexGeneration.objects.filter(engine=engine, state=GenerationState.LIVE).first()


def begin(engine: str) -> IndexGeneration:
    """A new one that changes are noted for from now on; raises AlreadyBuilding."""
    sweep(engine)
    name = f"products-{SCHEMA[:8]}-{now():%Y%m%d%H%M%S}-{get_random_string(4).lower()}"
    try:
        with transaction.atomic():
            return IndexGeneration.objects.create(engine=engine, name=name, schema=SCHEMA, lease_until=now() + LEASE)
    except IntegrityError as problem:
        raise AlreadyBuilding(engine) from problem


def begin_again(engine: str) -> IndexGeneration:
    """The last one that was in use; changes are noted for it from now on. Raises AlreadyBuilding or NoneBefore."""
    sweep(engine)
    old = IndexGeneration.objects.filter(engine=engine, schema=SCHEMA, state=GenerationState.OLD)
    last = old.order_by("-live_at").first()
    if last is None or not store(engine).has(last.name):
        raise NoneBefore(f"no older index of {engine} that this release can read")
    last.state, last.lease_until = GenerationState.BUILDING, now() + LEASE
    last.made_at = now()  # everything in it is compared from now on
    try:
        with transaction.atomic():
            last.save(update_fields=["state", "lease_until", "made_at"])
    except IntegrityError as problem:
        raise AlreadyBuilding(engine) from problem
    return last


def sweep(engine: str) -> None:
    """Give up what died while it was made."""
    for dead in IndexGeneration.objects.filter(engine=engine, state=GenerationState.BUILDING, lease_until__lt=now()):
        give_up(dead)


def give_up(generation: IndexGeneration) -> None:
    """One that was in use before stays as an old one, any other has failed; raises EngineAway."""
    state = GenerationState.OLD if generation.live_at else GenerationState.FAILED
    IndexGeneration.objects.filter(pk=generation.pk).update(state=state, lease_until=None)
    Change.objects.filter(generation=generation).delete()
    if state is GenerationState.FAILED:
        store(generation.engine).remove(generation.name)


@transaction.atomic
def put_into_use(generation: IndexGeneration) -> None:
    """One switch: whoever looks sees the generation before or this one."""
    before = IndexGeneration.objects.filter(engine=generation.engine, state=GenerationState.LIVE)
    Change.objects.filter(generation__in=list(before)).delete()
    before.update(state=GenerationState.OLD, lease_until=None)
    generation.state, generation.live_at, generation.lease_until = GenerationState.LIVE, now(), None
    generation.save(update_fields=["state", "live_at", "documents", "lease_until"])


def tidy(engine: str) -> None:
    """Forget what nobody goes back to: generations that failed, and old ones but the last."""
    every = IndexGeneration.objects.filter(engine=engine)
    old = every.filter(state=GenerationState.OLD).order_by("-live_at")[OLD_ONES_KEPT:]
    for generation in [*every.filter(state=GenerationState.FAILED), *old]:
        store(engine).remove(generation.name)
        generation.delete()
