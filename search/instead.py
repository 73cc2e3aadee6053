"""What a shopper may ask instead of a query that finds little: other spellings, and one condition less."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from search.lookup import Lookup
from search.plan import Answer, Counted, Engine, Plan
from search.request import Key, SearchRequest
from search.result import MOST_RELAXED, Reading, Relaxed
from search.spelling import corrected
from search.understanding import Note, NoteKind, understand
from search.understanding.typed import Typed
from search.wording import readings

ENOUGH = 3  # results; with fewer, another spelling may be what was meant
MOST_WORDS = 6  # of a query, each of which is left out in turn


def another_spelling(asked: Engine, request: SearchRequest, found: Lookup) -> str:
    """The query spelt so that its very words find more than they do now; else empty.

    Beginnings of words are no misspelling, and keys of a keyboard are put together already.
    """
    notes, reading = found.understood.notes, found.read.reading if found.read else None
    is_strict = reading is Reading.AS_TYPED
    is_decoded = any(note.kind is NoteKind.TYPING for note in notes)
    if reading in (None, Reading.BEGINNINGS) or is_decoded or (is_strict and found.answer.total >= ENOUGH):
        return ""
    other = corrected(request.q, [note.words for note in notes])
    more = _strictly(asked, replace(request, q=other), found.plan).total if other else 0
    return other if more > (found.answer.total if is_strict else 0) else ""


def relaxed(asked: Engine, request: SearchRequest, found: Lookup) -> tuple[Relaxed, ...]:
    """The same search without one filter, or where nothing fits without some words; what adds the most comes first."""
    others = list(_without_a_filter(asked, request, found))
    if not found.answer.total:
        others += _without_words(asked, request, found)
    return tuple(sorted(others, key=lambda one: (-one.count, one.key or "", one.words)))


def _without_a_filter(asked: Engine, request: SearchRequest, found: Lookup) -> Iterator[Relaxed]:
    plan, own = found.plan, found.answer.total
    shown = {hit.id for hit in found.answer.hits}
    for key in dict.fromkeys(key for key, _value in plan.request.chosen):
        without = replace(plan, request=plan.request.without(key), count=MOST_RELAXED + own, counted=Counted.NONE)
        answer = asked.answer(without)
        if answer.total > own:
            ids = [hit.id for hit in answer.hits if hit.id not in shown][:MOST_RELAXED]
            yield Relaxed(_left(request, found.understood.notes, key), answer.total - own, ids, key)


def _left(request: SearchRequest, notes: Sequence[Note], key: Key) -> SearchRequest:
    """The request without a filter, whether it was ticked or typed."""
    q = request.q
    for note in notes:
        if note.key is key:
            q = q.replace(note.words, " ", 1)
    return replace(request.without(key), q=" ".join(q.split()))


def _without_words(asked: Engine, request: SearchRequest, found: Lookup) -> Iterator[Relaxed]:
    """Without each word in turn; where that finds nothing either, without as few of the last ones as will do."""
    typed = Typed.of(request.q)
    filters = [place for note in found.understood.notes if note.key for place in typed.places_of(note.words)]
    words = [word for word in typed.words if not any(start <= word.start < end for start, end in filters)]
    if len(words) > MOST_WORDS:
        return
    single = [(word.start, word.end) for word in words if len(words) > 1]
    some = [one for place in single if (one := _without(asked, request, found, place))]
    if not some:
        last = ((word.start, words[-1].end) for word in reversed(words[2:-1]))
        some = list(islice(filter(None, (_without(asked, request, found, place) for place in last)), 1))
    yield from some


def _without(asked: Engine, request: SearchRequest, found: Lookup, place: tuple[int, int]) -> Relaxed | None:
    """The search without the words at a place, if it finds anything."""
    text = Typed.of(request.q).text
    q = f"{text[: place[0]]} {text[place[1] :]}"
    wider = replace(request, q=" ".join(q.split()), page=1)
    answer = _strictly(asked, wider, found.plan)
    left_out = text[place[0] : place[1]]
    return Relaxed(wider, answer.total, [hit.id for hit in answer.hits], None, left_out) if answer.total else None


def _strictly(asked: Engine, request: SearchRequest, plan: Plan) -> Answer:
    """What has the very words, or fits where none is left."""
    understood = understand(request)
    read = next(readings(understood), None)
    text = read.text if read else None
    return asked.answer(Plan(understood.request, plan.scope, text, count=MOST_RELAXED, counted=Counted.NONE))
