"""Search: one page of what an engine finds, or of what the database finds while there is none."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from apps.kernel.memo import kept_for
from apps.vendors.models import Vendor
from apps.vendors.states import VendorState
from search import database
from search.database import direct_hit
from search.engines.current import engine
from search.instead import another_spelling, relaxed
from search.lookup import EVERYTHING, Lookup, looked_up
from search.plan import Counted, Engine, EngineAway, Hit, Plan
from search.request import SearchRequest, Sort
from search.result import FEW, PAGE_SIZE, Scope, SearchResult
from search.spread import LOOKED_THROUGH, spread
from search.text import tokens
from search.understanding import Understood

log = logging.getLogger(__name__)
NAMES_SECONDS = 60
_LEAST_WORDS_OF_A_VENDOR = 2


def search(request: SearchRequest, scope: Scope = EVERYTHING, near: str = "") -> SearchResult:
    """Goods on sale that fit, nearer ones first where `near` is the code of a province.

    While no index answers, plain search in the database does.
    """
    try:
        return found_by(engine(), request, scope, near)
    except EngineAway as problem:
        log.info("search: the database answers, as %s", problem)
        return database.search(request, scope)


def found_by(asked: Engine, request: SearchRequest, scope: Scope = EVERYTHING, near: str = "") -> SearchResult:
    """What an engine finds; raises EngineAway."""
    return result_of(asked, request, looked_up(asked, request, scope, near))


def result_of(asked: Engine, request: SearchRequest, found: Lookup) -> SearchResult:
    """The page that was asked for, of what an engine has found; raises EngineAway."""
    pages = max(1, -(-found.answer.total // PAGE_SIZE))
    page = min(request.page, pages)
    return SearchResult(
        ids=[hit.id for hit in page_of(asked, found, page)],
        total=found.answer.total,
        page=page,
        pages=pages,
        counts=found.answer.counts,
        relaxed=relaxed(asked, request, found) if found.answer.total < FEW else (),
        direct_hit=direct_hit(request.q),
        suggestion=another_spelling(asked, request, found),
        notes=found.understood.notes,
        reading=found.read.reading if found.read else None,
    )


def page_of(asked: Engine, found: Lookup, page: int) -> Sequence[Hit]:
    """A page of the list, its goods spread over the vendors; raises EngineAway."""
    plan, hits = found.plan, found.answer.hits
    first = (page - 1) * PAGE_SIZE
    if first >= LOOKED_THROUGH:
        return asked.answer(replace(plan, first=first, count=PAGE_SIZE, counted=Counted.NONE)).hits
    if plan.request.sort is Sort.RELEVANCE and not _names_a_vendor(plan, found.understood):
        hits = tuple(spread(hits, PAGE_SIZE))
    return hits[first : first + PAGE_SIZE]


def _names_a_vendor(plan: Plan, understood: Understood) -> bool:
    """Whether the shopper wants the goods of one vendor: by page, by filter, or by two words of its name."""
    if plan.scope.vendor or plan.request.vendors:
        return True
    typed = [token.folded for term in understood.terms for token in term.alternatives[0]]
    words = f" {' '.join(typed)} "
    return len(typed) >= _LEAST_WORDS_OF_A_VENDOR and words in _vendor_names()


@kept_for(NAMES_SECONDS)
def _vendor_names() -> str:
    """The names of all open vendors without accents: a line for each, its words with blanks around."""
    names = Vendor.objects.filter(state=VendorState.APPROVED).values_list("name", flat=True)
    return "\n".join(f" {' '.join(token.folded for token in tokens(name))} " for name in names)
