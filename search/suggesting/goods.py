"""Goods whose titles have words that begin as typed, best sellers first; from the index, or else the database."""

from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter

from django.db.models import Q

from apps.kernel.vietnamese import fold
from apps.shop.catalogue.selectors import on_sale
from search.engines.current import engine
from search.plan import AnyOf, Beginning, Clause, Counted, EngineAway, Field, Plan, Text, Words
from search.request import SearchRequest
from search.result import Reading
from search.suggesting.names import Found, best
from search.suggesting.row import Begun, Kind, Name, Row
from search.text import tokens
from search.understanding import understand
from search.wording import readings

_LOOKED_THROUGH = 200  # rows of the database, while no index answers
_TOGETHER, _AS_TYPED = 3.0, 20.0  # more than any quality of goods
_SURE = (Reading.AS_TYPED, Reading.WITHOUT_ACCENTS)


def goods(q: str, most: int) -> list[Found]:
    """By title; those that have the accents as typed first."""
    begun = Begun.of(q)
    if not tokens(q):
        return []
    try:
        hits = engine().answer(Plan(SearchRequest(), text=title_text(q), count=most, counted=Counted.NONE)).hits
    except EngineAway:
        return best(begun, [(Name.of(row.name), row) for row in _in_database(begun)], most)
    found = [(begun.fit(Name.of(row.name)), row) for row in _named([hit.id for hit in hits])]
    return sorted(found, key=itemgetter(0))


def goods_at_all(q: str, most: int, *, loosely: bool) -> list[Row]:
    """What the search itself finds for the words, were it by a synonym or a place; loosely with a letter wrong too."""
    understood = understand(SearchRequest(q=q))
    allowed = (*_SURE, Reading.BEGINNINGS, Reading.ONE_TYPO) if loosely else _SURE
    texts: list[Text | None] = [read.text for read in readings(understood) if read.reading in allowed]
    if understood.notes and not understood.terms:
        texts = texts or [None]
    plan = Plan(understood.request, count=most, counted=Counted.NONE)
    try:
        for text in texts:
            if hits := engine().answer(replace(plan, text=text)).hits:
                return _named([hit.id for hit in hits])
    except EngineAway:
        pass
    return []


def title_text(q: str) -> Text:
    """All words stand in the title and the last one may go on there; those with the accents as typed come first."""
    typed = tokens(q)
    *whole, last = typed
    # `quy` is read `qui`, and may become `quýt`.
    begun = dict.fromkeys((last.folded, fold(q).split()[-1]))
    words = (AnyOf((Words(Field.TITLE_FOLDED, (token.folded,)),)) for token in whole)
    liked: list[Clause] = [Beginning(Field.TITLE_FOLDED, tuple(token.folded for token in typed), _TOGETHER)]
    liked += [Words(Field.TITLE, (token.accented,), _AS_TYPED) for token in whole if token.has_accents]
    if last.has_accents:
        liked.append(Beginning(Field.TITLE, (last.accented,), _AS_TYPED))
    return Text((*words, AnyOf(tuple(Beginning(Field.TITLE_FOLDED, (word,)) for word in begun))), tuple(liked))


def _named(ids: Sequence[int]) -> list[Row]:
    """The rows of goods in this order; what is not on sale any more is left out. One query."""
    found = {pk: (title, slug) for pk, title, slug in on_sale().filter(pk__in=ids).values_list("pk", "title", "slug")}
    return [Row(Kind.PRODUCT, *found[pk], pk) for pk in ids if pk in found]


def _in_database(begun: Begun) -> list[Row]:
    wanted = Q(*(Q(search_text__contains=word) for word in begun.folded))
    rows = on_sale().filter(wanted).order_by("-pk").values_list("title", "slug", "pk")[:_LOOKED_THROUGH]
    return [Row(Kind.PRODUCT, *row) for row in rows]
