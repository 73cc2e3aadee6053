"""Searches that people keep, and new goods for them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import parse_qs

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.jobs.services import enqueue
from apps.kernel.actor import Actor
from apps.kernel.clock import now, today
from apps.kernel.errors import DomainError
from apps.listings.models import Listing
from search.finding import search
from search.lookup import EVERYTHING
from search.models import SavedSearch
from search.request import Key, SearchRequest, Sort
from search.result import LOOSE, Scope

MOST_SAVED = 20
LONGEST_QUERY, LONGEST_WORDS = 1000, 200
# Goods that came later may not be in the index yet; the next look finds them.
INDEX_LAG = dt.timedelta(minutes=10)
# Days begin at three at night; nobody wants a mail then.
UNTIL_MORNING = dt.timedelta(hours=4)
BATCH = 50  # searches in one job, which must end within its lease


class TooManySaved(DomainError):
    """A person keeps as many searches as one may."""

    default_message = _("You keep 20 searches already. Take one off the list first.")


class NothingToSave(DomainError):
    """Neither words nor a filter, or more filters than anybody needs."""

    default_message = _("Search for words or tick a filter first; then the search can be saved.")


def whole(request: SearchRequest, scope: Scope = EVERYTHING) -> SearchRequest:
    """The search by itself, without its page and order, as it is on the page of search for everything."""
    for key, value in (
        (Key.CATEGORY, scope.category),
        (Key.PROVINCE, scope.province),
        (Key.VENDOR, scope.vendor),
    ):
        if value and not request.values(key):
            request = request.and_also(key, [value])
    return replace(request, sort=Sort.RELEVANCE, page=1)


def read_query(query: str) -> SearchRequest:
    """The search of a query as addresses have it; what cannot be understood in it is left out."""
    return whole(SearchRequest.read(parse_qs(query.removeprefix("?")[:LONGEST_QUERY])))


@transaction.atomic
def save_search(*, request: SearchRequest, words: str, actor: Actor) -> SavedSearch:
    """Keep a search; one that is there already stays as it is. Raises NothingToSave or TooManySaved."""
    query = whole(request).query_string()
    if not query or len(query) > LONGEST_QUERY:
        raise NothingToSave
    user_id = actor.user_id or 0
    mine = saved_of(user_id)
    if not mine.filter(query=query).exists() and mine.count() >= MOST_SAVED:
        raise TooManySaved
    words = words[:LONGEST_WORDS]
    return SavedSearch.objects.get_or_create(user_id=user_id, query=query, defaults={"words": words})[0]


def saved_of(user_id: int) -> QuerySet[SavedSearch]:
    """The searches of a person, the latest first."""
    return SavedSearch.objects.filter(user_id=user_id).order_by("-created_at", "-pk")


def remove_saved(*, saved_id: int, actor: Actor) -> None:
    """Forget a search; raises SavedSearch.DoesNotExist for anybody else's."""
    saved_of(actor.user_id or 0).get(pk=saved_id).delete()


def mute_saved(*, saved_id: int, muted: bool, actor: Actor) -> None:
    """Tell of no new goods, or again from now on; raises SavedSearch.DoesNotExist for anybody else's."""
    saved = saved_of(actor.user_id or 0).get(pk=saved_id)
    if saved.is_muted != muted:
        SavedSearch.objects.filter(pk=saved.pk).update(is_muted=muted, looked_until=now())


def plan_looks() -> int:
    """Write the jobs that look for new goods this morning; returns how many."""
    ids = list(SavedSearch.objects.filter(is_muted=False).order_by("pk").values_list("pk", flat=True))
    batches = [ids[first : first + BATCH] for first in range(0, len(ids), BATCH)]
    for batch in batches:
        enqueue("search.look", {"ids": batch}, run_at=now() + UNTIL_MORNING)
    return len(batches)


def look(ids: Iterable[int]) -> None:
    """Ask each of these searches for goods that came on sale since the last look, and have its owner told."""
    until = now() - INDEX_LAG
    for saved in SavedSearch.objects.filter(pk__in=list(ids), is_muted=False, looked_until__lt=until).order_by("pk"):
        _note(saved, _new_goods(saved, until), until)


def _new_goods(saved: SavedSearch, until: dt.datetime) -> int:
    """How many of the newest page came on sale since the last look."""
    result = search(read_query(saved.query).at(sort=Sort.NEWEST))
    if result.reading in LOOSE:
        return 0
    new = Listing.objects.filter(published_at__gt=saved.looked_until, published_at__lte=until)
    return new.filter(product__in=result.ids).count()


@transaction.atomic
def _note(saved: SavedSearch, count: int, until: dt.datetime) -> None:
    """Two looks at once tell of the same goods once."""
    looked = SavedSearch.objects.filter(pk=saved.pk, looked_until=saved.looked_until).update(looked_until=until)
    if looked and count:
        enqueue("search.found", {"saved_id": saved.pk, "count": count, "day": today().isoformat()})
