"""Search: understand the words, ask the engine in ever looser readings, and say what was loosened."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from apps.kernel.memo import kept_for
from apps.vendors.models import Vendor
from apps.vendors.states import VendorState
from search import database
from search.database import direct_hit
from search.engines.current import engine
from search.near import nearer_first
from search.plan import Answer, Counted, Engine, EngineAway, Hit, Plan
from search.request import Key, SearchRequest, Sort
from search.result import FEW, MOST_RELAXED, PAGE_SIZE, Relaxed, Scope, SearchResult
from search.spread import LOOKED_THROUGH, spread
from search.text import tokens
from search.understanding import Note, NoteKind, Understood, decode_typing, understand
from search.wording import Read, readings

EVERYTHING = Scope()
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


@dataclass(frozen=True, slots=True)
class Lookup:
    """What an engine found, and how it was asked: in the strictest reading that finds something."""

    understood: Understood
    read: Read | None
    plan: Plan
    answer: Answer


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
        relaxed=_relaxed(asked, found.plan) if found.answer.total < FEW else None,
        direct_hit=direct_hit(request.q),
        notes=found.understood.notes,
        reading=found.read.reading if found.read else None,
    )


def looked_up(asked: Engine, request: SearchRequest, scope: Scope = EVERYTHING, near: str = "") -> Lookup:
    """Understand the request and ask the engine, for keys of a keyboard too; raises EngineAway."""
    found = _looked_up(asked, request, scope)
    plan = found.plan
    if near and plan.request.sort is Sort.RELEVANCE and not (plan.request.provinces or scope.province):
        return replace(found, answer=replace(found.answer, hits=tuple(nearer_first(found.answer.hits, near))))
    return found


def _looked_up(asked: Engine, request: SearchRequest, scope: Scope) -> Lookup:
    understood = understand(request)
    found = _best_reading(asked, understood, scope)
    if request.q and not understood.terms and not understood.notes:
        return replace(found, answer=Answer((), 0))  # signs only
    if not found.answer.total and (decoded := decode_typing(request.q)):
        typed = understand(replace(request, q=decoded))
        typed = replace(typed, notes=(Note(NoteKind.TYPING, request.q, None, (decoded,)), *typed.notes))
        other = _best_reading(asked, typed, scope)
        if other.answer.total:
            return other
    return found


def _best_reading(asked: Engine, understood: Understood, scope: Scope) -> Lookup:
    """The strictest reading that finds something, were it without the filters; the last one when none does."""
    plan, read = Plan(understood.request, scope, count=LOOKED_THROUGH), None
    for read in readings(understood):
        plan = replace(plan, text=read.text)
        answer = asked.answer(plan)
        if answer.total or _has_hits_without_filters(asked, plan):
            return Lookup(understood, read, plan, answer)
    return Lookup(understood, read, plan, asked.answer(plan))


def _has_hits_without_filters(asked: Engine, plan: Plan) -> bool:
    if not plan.request.chosen:
        return False
    return asked.answer(replace(plan, request=plan.request.plain(), count=0, counted=Counted.NONE)).total > 0


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
    return len(typed) >= _LEAST_WORDS_OF_A_VENDOR and any(words in name for name in _vendor_names())


@kept_for(NAMES_SECONDS)
def _vendor_names() -> list[str]:
    """The words of the names of all open vendors without accents, with blanks around."""
    names = Vendor.objects.filter(state=VendorState.APPROVED).values_list("name", flat=True)
    return [f" {' '.join(token.folded for token in tokens(name))} " for name in names]


def _relaxed(asked: Engine, plan: Plan) -> Relaxed | None:
    """The condition that hides the most, with its best goods."""
    hidden: list[tuple[int, Key, Answer]] = []
    own = asked.answer(replace(plan, count=0, counted=Counted.NONE)).total
    for key in {key for key, _value in plan.request.chosen}:
        without = replace(plan, request=plan.request.without(key), count=MOST_RELAXED + own, counted=Counted.NONE)
        answer = asked.answer(without)
        if answer.total > own:
            hidden.append((answer.total - own, key, answer))
    if not hidden:
        return None
    count, key, answer = max(hidden, key=lambda each: (each[0], each[1].value))
    shown = {hit.id for hit in asked.answer(replace(plan, count=own, counted=Counted.NONE)).hits}
    return Relaxed(key, count, [hit.id for hit in answer.hits if hit.id not in shown][:MOST_RELAXED])
