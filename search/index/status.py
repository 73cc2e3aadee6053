"""How the index stands, for monitors."""

from django.conf import settings

from search.index.models import Change, GenerationState, IndexGeneration


def waiting() -> int | None:
    """How many notes the index in use has still to take over; None while there is no index."""
    live = IndexGeneration.objects.filter(engine=settings.SEARCH_ENGINE, state=GenerationState.LIVE).first()
    return Change.objects.filter(generation=live).count() if live else None
