"""Reading a query: the words that are filters become filters, the others what must be found."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from search.request import SearchRequest
from search.text import tokens
from search.understanding.meaning import Found, Note, Understood
from search.understanding.places import places
from search.understanding.prices import prices
from search.understanding.seasons import seasons, stock
from search.understanding.stars import stars
from search.understanding.terms import terms_of
from search.understanding.typed import Typed

_READERS = (prices, stars, seasons, stock, places)
_AROUND = " ,;.:-–—"  # signs that parted a word from the one that is gone


def understand(request: SearchRequest, *, keep: Collection[str] = ()) -> Understood:
    """The meaning of a request. Phrases to `keep`, and those that the request keeps, stay words and are no filter.

    Never raises for anything that was typed. Filters of the request and of its words narrow together; where both choose
    from the same key and nothing can fit both, either will do.
    """
    kept = (*request.keep, *keep)
    typed = Typed.of(request.q)
    found = _filters(typed, [place for phrase in kept for place in typed.places_of(phrase)])
    pieces = _left(typed.text, found)
    terms, english = terms_of(pieces, kept)
    asked = replace(request, q=" ".join(pieces) if found else request.q)
    for one in found:
        asked = asked.and_also(one.key, one.values)
    notes = tuple(Note(one.kind, typed.text[one.start : one.end], one.key, one.values) for one in found)
    return Understood(asked, terms, notes + english)


def _filters(typed: Typed, kept: Iterable[tuple[int, int]]) -> list[Found]:
    """What can be read as filters, in the order it was typed; who reads first has the words."""
    taken = list(kept)
    chosen: list[Found] = []
    for read in _READERS:
        for found in read(typed):
            if not any(found.overlaps(*place) for place in taken) and _is_whole(typed.text, found):
                chosen.append(found)
                taken.append((found.start, found.end))
    return sorted(chosen, key=lambda found: found.start)


def _is_whole(text: str, found: Found) -> bool:
    """Whether nothing is torn apart: the month of `tháng 1 kg` is a part of an amount."""
    parts = text[: found.start], text[found.start : found.end], text[found.end :]
    return sum(map(tokens, parts), ()) == tokens(text)


def _left(text: str, found: Sequence[Found]) -> list[str]:
    """The pieces of the text between the filters."""
    if not found:
        return [text]
    starts = [0, *(one.end for one in found)]
    ends = [*(one.start for one in found), len(text)]
    pieces = (text[start:end].strip(_AROUND) for start, end in zip(starts, ends, strict=True))
    return [piece for piece in pieces if tokens(piece)]
