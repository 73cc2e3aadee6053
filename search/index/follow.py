"""The index follows the shop: what triggers have noted is read again and written, in batches, by one at a time."""

import logging

from django.conf import settings

from apps.jobs.registry import goes_on
from apps.kernel.clock import VIETNAM, today
from search.index.models import GenerationState, IndexGeneration
from search.index.rebuild import AlreadyBuilding, rebuild
from search.index.stores import store
from search.index.taking import claim, release, take_over
from search.plan import EngineAway
from search.schema import SCHEMA

log = logging.getLogger(__name__)


@goes_on("search.follow")
def follow() -> bool:
    """One step: make an index where there is none that fits, else take one batch over; False with nothing to do."""
    generation = IndexGeneration.objects.filter(engine=settings.SEARCH_ENGINE, state=GenerationState.LIVE).first()
    try:
        if generation is None or _is_outdated(generation):
            rebuild(settings.SEARCH_ENGINE)
            return True
        return generation.changes.exists() and _take_over(generation)
    except AlreadyBuilding:
        return False
    except EngineAway as problem:
        # The changes stay noted until the engine is back.
        log.warning("search: the index cannot be written: %s", problem)
        return False


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
