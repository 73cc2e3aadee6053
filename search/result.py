"""What a search engine answers; the same from every engine."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from search.request import Key, SearchRequest
from search.understanding.meaning import Note

PAGE_SIZE = 24
MOST_RELAXED = 4
FEW = 8  # with fewer results the page says what hides the most


@dataclass(frozen=True, slots=True)
class Scope:
    """What the page itself narrows to, whatever the shopper filters: the slug of a category, a province or a vendor."""

    category: str = ""
    province: str = ""
    vendor: str = ""


class Reading(StrEnum):
    """How strictly the words were taken; the looser ones only where a stricter one finds nothing."""

    AS_TYPED = "as typed"
    WITHOUT_ACCENTS = "without accents"
    BEGINNINGS = "beginnings of words"
    ONE_TYPO = "one letter wrong"
    ONE_WORD_LESS = "one word less"


LOOSE = frozenset({Reading.ONE_TYPO, Reading.ONE_WORD_LESS})
"""Readings whose goods are only something like what was typed."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The same search without one of its conditions: all values of a key, or else one of its words.

    It finds `count` goods more, among them `ids`.
    """

    request: SearchRequest
    count: int
    ids: list[int]
    key: Key | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of ids in order, the total, and how many goods each value of a key would give."""

    ids: list[int]
    total: int
    page: int
    pages: int
    counts: Mapping[Key, Counter[str]] = field(default_factory=dict)
    relaxed: tuple[Relaxed, ...] = ()
    direct_hit: int | None = None
    suggestion: str = ""  # the query as it was probably meant, when that finds more
    notes: tuple[Note, ...] = ()
    reading: Reading | None = None
