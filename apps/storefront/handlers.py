"""News of search: what lies above both searches and notifications joins them."""

from typing import Any

from apps.jobs.registry import handles
from apps.notifications.news import News
from apps.notifications.services import tell_person
from search.models import SavedSearch


@handles("search.found")
def on_search_found(args: dict[str, Any]) -> None:
    """Tell whoever keeps a search of new goods for it: once a day at most, and nobody who has muted it meanwhile."""
    saved = SavedSearch.objects.select_related("user").filter(pk=args["saved_id"], is_muted=False).first()
    if saved is not None:
        facts = {"saved": saved.pk, "words": saved.words, "count": args["count"]}
        tell_person(saved.user, News("search.found", "saved_search", saved.pk, facts, args["day"]))
