"""Which engine answers at the moment: the generation in use of the engine that the settings name."""

from django.conf import settings

from apps.kernel.memo import kept_for
from search.index.models import GenerationState, IndexGeneration
from search.index.stores import store
from search.plan import Engine, EngineAway

LOOK_SECONDS = 1


def engine(name: str = "") -> Engine:
    """A reader of the generation in use; raises EngineAway while there is none."""
    return _reader(name or settings.SEARCH_ENGINE, _in_use(name or settings.SEARCH_ENGINE))


@kept_for(LOOK_SECONDS)
def _in_use(name: str) -> str:
    """The generation in use; asked once a second."""
    found = IndexGeneration.objects.filter(engine=name, state=GenerationState.LIVE).values_list("name", flat=True)
    return next(iter(found), "")


@kept_for(3600, most=4)
def _reader(name: str, generation: str) -> Engine:
    """One reader for each generation, as it keeps files open."""
    if not generation:
        raise EngineAway(f"no index of {name} is in use")
    return store(name).reader(generation)
