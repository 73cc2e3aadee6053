"""Rows of every kind in one short list: what fits best first, and of each kind not too many."""

from collections.abc import Callable
from operator import itemgetter

from search.spelling import corrected
from search.suggesting.goods import goods, goods_at_all
from search.suggesting.names import Found, categories, provinces, queries, vendors
from search.suggesting.row import Begun, Kind, Row
from search.understanding import decode_typing

MOST, MOST_GOODS, FEW = 10, 6, 5
LEAST_LETTERS = 2

# Where rows come from besides the goods, and how many each gives where the others have as good ones.
_SOURCES: tuple[tuple[Callable[[Begun, int], list[Found]], int], ...] = (
    (queries, 3),
    (categories, 2),
    (provinces, 1),
    (vendors, 1),
)


def suggestions(q: str) -> list[Row]:
    """At most MOST rows for what was typed so far; where nothing fits, for what was probably meant.

    Where no title has the words, there are a few of the goods that the search itself finds for them.
    """
    if len(q.replace(" ", "")) < LEAST_LETTERS or not Begun.of(q).folded:
        return []
    rows = _fitting(q) or _fitting(decode_typing(q) or corrected(q))
    if len(rows) < FEW and not any(row.kind is Kind.PRODUCT for row in rows):
        rows += goods_at_all(q, MOST_GOODS, loosely=not rows)
    return rows


def _fitting(q: str) -> list[Row]:
    """Rows by kind, the kind of the best row first; with other accents than typed only where none has those."""
    if not q:
        return []
    begun = Begun.of(q)
    given = [(source(begun, MOST), most) for source, most in _SOURCES]
    found = [row for rows, most in given for row in rows[:most]]
    found += goods(q, min(MOST_GOODS, MOST - len(found)))
    found += sorted((row for rows, most in given for row in rows[most:]), key=itemgetter(0))
    right = [(fit, row) for fit, row in found if not fit[0]]
    by_kind: dict[Kind, list[Found]] = {kind: [] for kind in Kind}
    for fit, row in (right or found)[:MOST]:
        by_kind[row.kind].append((fit, row))
    groups = sorted(filter(None, by_kind.values()), key=lambda rows: rows[0][0])
    return [row for rows in groups for _fit, row in rows]
