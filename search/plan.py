"""What an engine is asked: clauses over the fields of the documents, filters, an order and a part of the list.

Both engines are compiled from a plan, so that one query means one thing.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

from search.request import Key, SearchRequest
from search.result import Scope

# What both engines must share for one query to mean one thing.
OTHERS_COUNT: Final = 0.1  # of the clauses of a term that are not its best
MOST_VALUES: Final = 10_000  # of a filter are counted exactly; there may be 5,000 vendors


class Field(StrEnum):
    """Texts of a document, each as written and without accents; every word in them stands by itself."""

    TITLE = "title"
    TITLE_FOLDED = "title_f"
    KIND = "kind"  # the names of the category and of those above it
    KIND_FOLDED = "kind_f"
    NAMES = "names"  # of the vendor and of places today and before; also the English title and the pack
    NAMES_FOLDED = "names_f"
    BODY = "body"
    BODY_FOLDED = "body_f"
    ALL_FOLDED = "all_f"  # all words once more and every pair of neighbours as `pairs` writes it, only to be looked up


@dataclass(frozen=True, slots=True)
class Words:
    """One word, or several that stand next to each other in this order."""

    field: Field
    words: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Scattered:
    """Several words anywhere in one field."""

    field: Field
    words: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Beginning:
    """Words next to each other, of which the last may be the beginning of one."""

    field: Field
    words: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Typo:
    """A word with at most one letter wrong, missing, too many or swapped with its neighbour."""

    field: Field
    word: str
    boost: float = 1.0


Clause = Words | Scattered | Beginning | Typo


@dataclass(frozen=True, slots=True)
class AnyOf:
    """The best of several clauses counts, the others add a little.

    A product fits when one of `found_by` holds, which is cheaper to look up and follows from every clause; without
    these, when one of the clauses does.
    """

    clauses: tuple[Clause, ...]
    found_by: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """What the words ask: at least `least` of `terms` (all, unless it says less); `liked` only add to the score.

    Of `sure`, stricter forms of the same terms, all but one must hold.
    """

    terms: tuple[AnyOf, ...]
    liked: tuple[Clause, ...] = ()
    least: int | None = None
    sure: tuple[AnyOf, ...] = ()


class Counted(StrEnum):
    """How much of the counts of the filters is wanted."""

    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Plan:
    """A question to an engine. Without `text` everything fits; `first` and `count` say which part of the list.
    Only the products `among` are looked at, where there are any.

    Of the request only filters and order are read. A list that is ordered by relevance is one of texts, or of quality
    where there is no text.
    """

    request: SearchRequest
    scope: Scope = field(default_factory=Scope)
    text: Text | None = None
    first: int = 0
    count: int = 24
    among: tuple[int, ...] = ()
    counted: Counted = Counted.ALL

    @property
    def own(self) -> dict[Key, str]:
        """What the page itself narrows to, by key."""
        every = {Key.CATEGORY: self.scope.category, Key.PROVINCE: self.scope.province, Key.VENDOR: self.scope.vendor}
        return {key: value for key, value in every.items() if value}


@dataclass(frozen=True, slots=True)
class Hit:
    """A product that fits, its vendor, the number of its province (0: unknown), and its score.

    Without words the score is the quality; in any other order than the best match it is 0.
    """

    id: int
    vendor_id: int
    place: int
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """A part of the list in its order, how many fit in all, and how many each value of a key would give."""

    hits: tuple[Hit, ...]
    total: int
    counts: Mapping[Key, Counter[str]] = field(default_factory=dict)


class Engine(Protocol):
    """What both engines can do."""

    def answer(self, plan: Plan) -> Answer:
        """Look it up; raises EngineAway when it cannot."""
        ...

    def digests(self, after: int, most: int) -> list[tuple[int, int]]:
        """Number and digest of so many (10,000 at most) products after number `after`, by number; raises EngineAway.

        What was committed before is seen. A product that is there twice comes twice.
        """
        ...

    def digests_of(self, product_ids: Collection[int]) -> list[tuple[int, int]]:
        """The same for these products, of those that are there."""
        ...


class EngineAway(Exception):
    """The engine is not there, too slow, or has no index yet."""
