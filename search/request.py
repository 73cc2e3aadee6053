"""What a shopper asks for, as it stands in the address of a page: the public contract of search."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlencode

from apps.kernel.vietnamese import nfc
from search.values import PRODUCERS, RATINGS, TRAITS

LONGEST_QUERY = 120
MOST_VALUES = 40  # of one key; more is no shopper
LAST_PAGE = 400
MOST_KEPT = 12
KEEP = "nguyen-van"  # words of the query that stay words although they could be read as a filter
ALL_YEAR = 0  # as a month: goods without a season
ALL_YEAR_WORD = "quanh-nam"  # how the address writes it


class Key(StrEnum):
    """The keys of the address; several values of one key mean OR, several keys mean AND."""

    CATEGORY = "danh-muc"
    PROVINCE = "tinh"
    STARS = "sao"
    VENDOR = "nha-ban"
    PRICE = "gia"
    MONTH = "mua"
    RATING = "danh-gia"
    PRODUCER = "chu-the"
    TRAIT = "dac-tinh"
    IN_STOCK = "con-hang"


class Sort(StrEnum):
    """Orders of a list; the value stands in the address."""

    RELEVANCE = "hop-nhat"
    NEWEST = "moi-nhat"
    CHEAPEST = "gia-tang"
    DEAREST = "gia-giam"
    RATING = "danh-gia"
    STARS = "sao"


@dataclass(frozen=True, slots=True, order=True)
class PriceRange:
    """From `low` to `high` dong, both included; None is open."""

    low: int = 0
    high: int | None = None

    def __str__(self) -> str:
        return f"{self.low}-{'' if self.high is None else self.high}"

    def __contains__(self, amount: int) -> bool:
        return self.low <= amount and (self.high is None or amount <= self.high)

    def overlap(self, other: "PriceRange") -> "PriceRange | None":
        """The amounts in both ranges; None when there are none."""
        highs = [high for high in (self.high, other.high) if high is not None]
        found = PriceRange(max(self.low, other.low), min(highs, default=None))
        return found if found.high is None or found.low <= found.high else None

    @classmethod
    def read(cls, text: str) -> "PriceRange | None":
        """`100000-300000`, `-100000` or `300000-`; None for anything else."""
        low, dash, high = text.strip().partition("-")
        if not dash or not (low or high) or not all(part.isascii() and part.isdigit() for part in (low, high) if part):
            return None
        if len(low) > 12 or len(high) > 12:
            return None
        found = cls(int(low or 0), int(high) if high else None)
        return found if found.high is None or found.low <= found.high else None


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search: words, filters, order and page. What cannot be understood in an address is left out."""

    q: str = ""
    categories: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    stars: tuple[int, ...] = ()
    vendors: tuple[str, ...] = ()
    prices: tuple[PriceRange, ...] = ()
    months: tuple[int, ...] = ()
    ratings: tuple[str, ...] = ()
    producers: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    in_stock: bool = False
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    keep: tuple[str, ...] = ()

    @classmethod
    def read(cls, query: Mapping[str, Sequence[str]]) -> "SearchRequest":
        """The request in the query of an address, given as the list of values of each key."""

        def every(key: str) -> list[str]:
            return [value.strip() for value in query.get(key, ())][:MOST_VALUES]

        def last(key: str) -> str:
            return (every(key) or [""])[-1]

        prices = (PriceRange.read(text) for text in every(Key.PRICE))
        sort = last("sap-xep")
        return cls(
            q=_line(last("q")),
            categories=_words(every(Key.CATEGORY)),
            provinces=_words(every(Key.PROVINCE)),
            stars=_numbers(every(Key.STARS), 3, 5),
            vendors=_words(every(Key.VENDOR)),
            prices=tuple(dict.fromkeys(price for price in prices if price is not None)),
            months=_months(every(Key.MONTH)),
            ratings=_known(every(Key.RATING), RATINGS),
            producers=_known(every(Key.PRODUCER), PRODUCERS.values()),
            traits=_known(every(Key.TRAIT), TRAITS),
            in_stock=last(Key.IN_STOCK) in ("1", "on"),
            sort=Sort(sort) if sort in set(Sort) else Sort.RELEVANCE,
            page=next(iter(_numbers([last("trang")], 1, LAST_PAGE)), 1),
            keep=_kept(every(KEEP)),
        )

    def values(self, key: Key) -> tuple[str, ...]:
        """The chosen values of a key as the address writes them."""
        if key is Key.IN_STOCK:
            return ("1",) if self.in_stock else ()
        chosen: dict[Key, tuple[object, ...]] = {
            Key.CATEGORY: self.categories,
            Key.PROVINCE: self.provinces,
            Key.STARS: self.stars,
            Key.VENDOR: self.vendors,
            Key.PRICE: self.prices,
            Key.MONTH: tuple(month_value(month) for month in self.months),
            Key.RATING: self.ratings,
            Key.PRODUCER: self.producers,
            Key.TRAIT: self.traits,
        }
        return tuple(str(value) for value in chosen[key])

    @property
    def chosen(self) -> list[tuple[Key, str]]:
        """Every filter that is set."""
        return [(key, value) for key in Key for value in self.values(key)]

    def without(self, key: Key, value: str | None = None) -> "SearchRequest":
        """The first page of the same search without one value of a key, or without the whole key."""
        pairs = [pair for pair in self.chosen if pair[0] is not key or (value is not None and pair[1] != value)]
        return self._with(pairs)

    def plain(self) -> "SearchRequest":
        """The same words and order without any filter."""
        return self._with([])

    def at(self, *, page: int | None = None, sort: Sort | None = None, q: str | None = None) -> "SearchRequest":
        """The same search on another page, or with another order or other words from its first page."""
        return replace(self, page=page or 1, sort=self.sort if sort is None else sort, q=self.q if q is None else q)

    def keeping(self, words: str) -> "SearchRequest":
        """The first page of the same search in which these of its words are words and no filter."""
        return replace(self, page=1, keep=_kept([*self.keep, words]))

    def query_string(self) -> str:
        """The search as the query of an address, `?` included; always the same for the same search."""
        pairs: list[tuple[str, str]] = [("q", self.q)] if self.q else []
        pairs += [(key.value, value) for key, value in self.chosen]
        pairs += [(KEEP, words) for words in self.keep]
        if self.sort is not Sort.RELEVANCE:
            pairs.append(("sap-xep", self.sort.value))
        if self.page > 1:
            pairs.append(("trang", str(self.page)))
        return f"?{urlencode(pairs)}" if pairs else ""

    def _with(self, pairs: Iterable[tuple[Key, str]]) -> "SearchRequest":
        query: dict[str, list[str]] = defaultdict(list)
        for key, value in pairs:
            query[key].append(value)
        return replace(SearchRequest.read(query), q=self.q, sort=self.sort, keep=self.keep)

    def and_also(self, key: Key, values: Iterable[str]) -> "SearchRequest":
        """The same search narrowed to these values of a key too; where nothing can fit both, either will do."""
        narrowed = _both(key, self.values(key), tuple(values))
        others = [pair for pair in self.chosen if pair[0] is not key]
        return replace(self._with([*others, *((key, value) for value in narrowed)]), page=self.page)


def month_value(month: int) -> str:
    """A month as the address writes it."""
    return ALL_YEAR_WORD if month == ALL_YEAR else str(month)


def month_of(value: str) -> int:
    """The month that a value of the address means."""
    return ALL_YEAR if value == ALL_YEAR_WORD else int(value)


def _both(key: Key, chosen: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """What fits both choices of one key; all of both where that is nothing."""
    if key is Key.PRICE:
        ranges = [[found for value in values if (found := PriceRange.read(value))] for values in (chosen, more)]
        narrowed = [both for one in ranges[0] for other in ranges[1] if (both := one.overlap(other))]
        return tuple(map(str, narrowed)) or (*chosen, *more)
    return tuple(value for value in more if value in chosen) or (*chosen, *more)


def _line(text: str) -> str:
    return " ".join(nfc(text).replace("\x00", " ").split())[:LONGEST_QUERY]


def _kept(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for value in values if (line := _line(value))))[:MOST_KEPT]


def _months(values: Sequence[str]) -> tuple[int, ...]:
    known = {month_value(month): month for month in range(13)}
    return tuple(dict.fromkeys(known[text] for value in values if (text := value.lstrip("0")) in known))


def _known(values: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value in known))


def _words(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value and len(value) <= 160 and "\x00" not in value))


def _numbers(values: Sequence[str], least: int, most: int) -> tuple[int, ...]:
    numbers = (int(text) for text in values if text.isascii() and text.isdigit() and len(text) < 6)
    return tuple(dict.fromkeys(number for number in numbers if least <= number <= most))
