"""One list of goods with its filters: search, a category, a province and a vendor show the same."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.kernel.clock import today
from apps.places.selectors.known import known_provinces
from apps.shop.catalogue.selectors import CategoryNode, category_tree
from apps.storefront import shelves
from apps.storefront.cards import Card, cards_for
from apps.storefront.filters import (
    Chip,
    Filter,
    FilterWords,
    chips,
    filters,
    note_chips,
    reading_words,
    sort_choices,
    words_for,
)
from apps.storefront.seasons import month_name
from search.finding import search
from search.request import ALL_YEAR, SearchRequest, Sort
from search.result import MOST_RELAXED, PAGE_SIZE, Relaxed, Scope, SearchResult
from search.saved import whole


@dataclass(frozen=True)
class Relaxation:
    """What dropping one condition would add."""

    title: str
    left_out: str
    count: int
    url: str
    cards: list[Card]  # none but for the first one


@dataclass(frozen=True)
class Listing:
    """Everything that a list shows, its heading aside."""

    request: SearchRequest
    near: str  # code of the province that the goods are to go to, or empty
    result: SearchResult
    cards: list[Card]
    filters: list[Filter]
    chips: list[Chip]
    understood: list[Chip]
    reading_words: str
    sorts: list[tuple[str, str, bool]]
    page: Page[int]
    query_to_save: str  # empty where there is nothing to save
    respelt: str  # address of the same search as it was probably meant
    relaxations: list[Relaxation]
    ripe: list[Card]  # goods of this month, where there is nothing else to show
    kinds: list[tuple[CategoryNode, int]]  # the top categories, most goods first, where nothing was found
    month: int

    @property
    def near_words(self) -> str:
        """That goods from near come first, when they do."""
        province = known_provinces().by_code(self.near)
        if province is None or self.request.sort is not Sort.RELEVANCE or self.request.provinces:
            return ""
        return _("Goods from near %(province)s come first.") % {"province": province.name}

    @property
    def total_words(self) -> str:
        """`6 items fit 4 filters`."""
        return total_words(self.request, self.result)

    @property
    def map_url(self) -> str:
        """The goods of this list on the map."""
        return f"{reverse('storefront:search_map')}{self.query_to_save}"

    @property
    def clear_url(self) -> str:
        """The same words without any filter."""
        return self.request.plain().query_string() or "?"


def listing(request: SearchRequest, scope: Scope, near: str = "") -> Listing:
    """Search and dress one page of a list, goods from near the province of that code first.

    The number of queries does not depend on the number of goods.
    """
    result = search(request, scope, near)
    words = words_for(request, result, scope)
    more = result.relaxed[0].ids if result.relaxed else []
    ripe = [] if result.total or more else shelves.ripe_and_local(today().month, "")[0][:MOST_RELAXED]
    cards = {card.product_id: card for card in cards_for([*result.ids, *more, *ripe])}
    return Listing(
        request=request,
        near="" if scope.province else near,
        result=result,
        cards=[cards[pk] for pk in result.ids if pk in cards],
        filters=filters(request, result, scope, words),
        chips=chips(request, words),
        understood=note_chips(request, result, words),
        reading_words=reading_words(result) if result.total else "",
        sorts=sort_choices(request),
        page=Paginator(range(result.total), PAGE_SIZE).page(result.page),
        query_to_save=whole(request, scope).query_string(),
        respelt=request.at(q=result.suggestion).query_string() if result.suggestion else "",
        relaxations=[_relaxation(request, result, relaxed, words, cards) for relaxed in result.relaxed],
        ripe=[cards[pk] for pk in ripe if pk in cards],
        kinds=[] if result.total else _kinds(),
        month=today().month,
    )


def total_words(request: SearchRequest, result: SearchResult) -> str:
    """`6 items fit 4 filters`."""
    items = ngettext("%(count)d item", "%(count)d items", result.total) % {"count": result.total}
    filters_set = len(request.chosen)
    if not filters_set:
        return items
    return ngettext("%(items)s fit %(count)d filter", "%(items)s fit %(count)d filters", filters_set) % {
        "items": items,
        "count": filters_set,
    }


def _relaxation(
    request: SearchRequest, result: SearchResult, relaxed: Relaxed, words: FilterWords, cards: dict[int, Card]
) -> Relaxation:
    if key := relaxed.key:
        title = ngettext(
            "Without the filter “%(filter)s” there is %(count)d item more",
            "Without the filter “%(filter)s” there are %(count)d items more",
            relaxed.count,
        ) % {"filter": words.title(key).lower(), "count": relaxed.count}
        typed = (value for note in result.notes if note.key is key for value in note.values)
        left_out = ", ".join(words.value(key, value) for value in dict.fromkeys((*request.values(key), *typed)))
    else:
        title = ngettext(
            "Without the word “%(word)s” there is %(count)d item",
            "Without the word “%(word)s” there are %(count)d items",
            relaxed.count,
        ) % {"word": relaxed.words, "count": relaxed.count}
        left_out = relaxed.words
    found = [cards[pk] for pk in relaxed.ids if pk in cards]
    return Relaxation(title, left_out, relaxed.count, relaxed.request.query_string() or "?", found)


def _kinds() -> list[tuple[CategoryNode, int]]:
    counted = [(node, shelves.by_category()[node.id]) for node in category_tree().roots]
    return sorted(counted, key=lambda pair: -pair[1])


def heading(request: SearchRequest) -> str:
    """The title of a search: its words, or what the only filter says."""
    if request.q:
        return _("“%(words)s”") % {"words": request.q}
    if request.months == (ALL_YEAR,) and len(request.chosen) == 1:
        return _("All year round")
    if request.months and ALL_YEAR not in request.months and len(request.chosen) == len(request.months):
        return _("In season, %(month)s") % {"month": ", ".join(month_name(month) for month in request.months)}
    return _("All specialties")
