"""What a search engine answers; the same from every engine."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from search.request import Key

PAGE_SIZE = 24
MOST_RELAXED = 4


@dataclass(frozen=True, slots=True)
class Scope:
    """What the page itself narrows to, whatever the shopper filters: a category, a province or a vendor."""

    category: str = ""
    province: str = ""
    vendor: str = ""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Goods that miss only one condition: dropping that key would add `count`, among them `ids`."""

    key: Key
    count: int
    ids: list[int]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of ids in order, the total, and how many goods each value of a key would give."""

    ids: list[int]
    total: int
    page: int
    pages: int
    counts: Mapping[Key, Counter[str]] = field(default_factory=dict)
    relaxed: Relaxed | None = None
    direct_hit: int | None = None
    suggestion: str = ""
