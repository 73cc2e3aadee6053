"""Compares an index with the database: product by product through digests, and by asking for a few by their titles."""

import heapq
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from apps.shop.catalogue.selectors import on_sale
from search.document import Document
from search.documents import documents
from search.index.models import IndexGeneration
from search.plan import AnyOf, Counted, Engine, Field, Plan, Text, Words
from search.request import PriceRange, SearchRequest

READ_AT_ONCE: Final = 5_000
_CANARIES: Final = 5
_CANARY_HITS: Final = 100
_CANARY_WORDS: Final = 12
_LONGEST_WORD: Final = 40  # an engine may leave longer ones out
_OURS, _THEIRS = 0, 1


class Kind(StrEnum):
    """How index and database differ in a product."""

    MISSING = "missing"  # on sale, but not in the index
    STRAY = "stray"  # in the index, but not on sale
    DIFFERENT = "different"


class Drift(NamedTuple):
    """One product in which they differ."""

    product_id: int
    kind: Kind


class Sum:
    """How many digests went by, and their sum: two lists are the same when both are."""

    def __init__(self) -> None:
        self.count, self.total = 0, 0

    def add(self, digest: int) -> None:
        """One more."""
        self.count += 1
        self.total += digest

    def over(self, read: Iterable[Document]) -> Iterator[Document]:
        """The same documents, added up."""
        for document in read:
            self.add(document.digest)
            yield document

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sum) and (self.count, self.total) == (other.count, other.total)

    __hash__ = None  # type: ignore[assignment]  # it changes


def listed(index: Engine) -> Iterator[tuple[int, int]]:
    """Number and digest of every product in the index, by number; raises EngineAway."""
    after = 0
    while found := index.digests(after, READ_AT_ONCE):
        yield from found
        after = found[-1][0]


def apart(ours: Iterable[Document], index: Engine) -> Iterator[Drift]:
    """Where documents, in the order of their numbers, and the index differ at first sight; both are read in parts."""
    here = ((document.id, _OURS, document.digest) for document in ours)
    there = ((pk, _THEIRS, digest) for pk, digest in listed(index))
    for pk, group in groupby(heapq.merge(here, there), key=itemgetter(0)):
        found = list(group)
        own = [digest for _pk, side, digest in found if side == _OURS]
        yield from _drift(pk, own, [digest for _pk, side, digest in found if side == _THEIRS])


def _drift(pk: int, ours: list[int], theirs: list[int]) -> Iterator[Drift]:
    if ours != theirs:
        yield Drift(pk, Kind.MISSING if not theirs else Kind.STRAY if not ours else Kind.DIFFERENT)


def apart_still(generation: IndexGeneration, index: Engine, product_ids: Iterable[int]) -> Iterator[Drift]:
    """What really differs, while nobody writes the index: a change that is noted is no drift. Raises EngineAway."""
    wanted = sorted(product_ids)
    theirs: dict[int, list[int]] = {pk: [] for pk in wanted}
    for pk, digest in index.digests_of(wanted):
        theirs[pk].append(digest)
    ours = {document.id: [document.digest] for document in documents(wanted, generation.version)}
    # Last: whatever changed before the database was read, and is not in the index, is noted and stays so.
    noted = _noted(generation, wanted)
    for pk in wanted:
        if pk not in noted:
            yield from _drift(pk, ours.get(pk, []), theirs[pk])


def unfound(generation: IndexGeneration, index: Engine) -> list[int]:
    """Of a few products those that their own titles do not find, while nobody writes the index; raises EngineAway."""
    asked = list(documents(_canaries(), generation.version))
    lost = [document.id for document in asked if not _finds_itself(index, document)]
    return sorted(set(lost) - _noted(generation, lost))


def _noted(generation: IndexGeneration, product_ids: list[int]) -> set[int]:
    return set(generation.changes.filter(product_id__in=product_ids).values_list("product_id", flat=True))


def _canaries() -> set[int]:
    """Products from the oldest to the newest."""
    first, last = (on_sale().order_by(order).values_list("pk", flat=True).first() for order in ("pk", "-pk"))
    if first is None or last is None:
        return set()
    steps = [first + (last - first) * step // (_CANARIES - 1) for step in range(_CANARIES)]
    found = (on_sale().filter(pk__gte=step).order_by("pk").values_list("pk", flat=True).first() for step in steps)
    return {pk for pk in found if pk is not None}


def _finds_itself(index: Engine, document: Document) -> bool:
    """By the words of the title, among the goods of its vendor at its price: few, unless all are alike."""
    words = [word for word in document.title.split() if len(word) <= _LONGEST_WORD][:_CANARY_WORDS]
    if not words:
        return True
    text = Text(tuple(AnyOf((Words(Field.TITLE, (word,)),)) for word in words))
    narrowed = SearchRequest(vendors=(document.vendor,), prices=(PriceRange(document.price, document.price),))
    answer = index.answer(Plan(narrowed, text=text, count=_CANARY_HITS, counted=Counted.NONE))
    return answer.total > _CANARY_HITS or document.id in {hit.id for hit in answer.hits}
