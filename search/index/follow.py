"""The index follows the shop: what triggers have noted is read again and written, in batches, by one at a time."""

from django.conf import settings

from apps.jobs.registry import NotNow, goes_on
from apps.kernel.clock import VIETNAM, today
from search.index.generations import AlreadyBuilding, in_use, sweep
from search.index.models import IndexGeneration
from search.index.rebuild import rebuild
from search.index.stores import store
from search.index.taking import claim, release, take_over
from search.plan import EngineAway
from search.schema import SCHEMA


@goes_on("search.follow")
def follow() -> bool:
    """One step: make an index where there is none that fits, else take one batch over; False with nothing to do.

    Raises NotNow while the engine is away: the changes stay noted.
    """
    try:
        sweep(settings.SEARCH_ENGINE)
        generation = in_use(settings.SEARCH_ENGINE)
        if generation is None or _is_outdated(generation):
            rebuild(settings.SEARCH_ENGINE)
            return True
        return generation.changes.exists() and _take_over(generation)
    except AlreadyBuilding:
        return False
    except EngineAway as problem:
        raise NotNow(f"the index cannot be written: {problem}") from problem


def _is_outdated(generation: IndexGeneration) -> bool:
    """Lost, of another release, or of yesterday: certificates end and goods grow older without any change of a row."""
    made_on = generation.made_at.astimezone(VIETNAM).date()
    return generation.schema != SCHEMA or made_on != today() or not store(generation.engine).has(generation.name)


def _take_over(generation: IndexGeneration) -> bool:
    if not claim(generation):
        return False
    try:
        into = store(generation.engine).writer(generation.name)
        try:
            return take_over(generation, into) > 0
        finally:
            into.close()
    finally:
        release(generation)
