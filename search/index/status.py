"""How the index stands, for monitors and admins."""

from django.conf import settings

from apps.kernel.memo import kept_for
from search.engines.current import engine
from search.index.generations import in_use
from search.index.models import Change
from search.plan import Counted, EngineAway, Plan
from search.request import SearchRequest

KEPT_SECONDS = 5


def waiting() -> int | None:
    """How many notes the index in use has still to take over; None while there is no index."""
    live = in_use(settings.SEARCH_ENGINE)
    return Change.objects.filter(generation=live).count() if live else None


@kept_for(KEPT_SECONDS)
def is_answering() -> bool:
    """Whether the index answers searches; where it does not, the database does."""
    try:
        engine().answer(Plan(SearchRequest(), count=0, counted=Counted.NONE))
    except EngineAway:
        return False
    return True
