"""What an index knows of a product: one flat document, the same for every engine."""

import hashlib
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Final

from search.request import Key, Sort
from search.text import pairs
from search.values import ratings

# Numbers that sort are packed into one: sold out goods last, then the wish, then the newest first.
_ID_BITS: Final = 31
_VALUE_BITS: Final = 31
_QUALITY_UNITS: Final = 1_000_000
MOST: Final = (1 << _VALUE_BITS) - 1

# Key of the address -> field that holds its values.
FACETS: Final[dict[Key, str]] = {
    Key.CATEGORY: "category",
    Key.PROVINCE: "province",
    Key.STARS: "stars",
    Key.VENDOR: "vendor",
    Key.MONTH: "month",
    Key.IN_STOCK: "in_stock",
    Key.RATING: "rated",
    Key.PRODUCER: "producer",
    Key.TRAIT: "trait",
}
PRICE: Final = "price"
QUALITY: Final = "quality"
DIGEST: Final = "digest"
ORDERS: Final[dict[Sort, str]] = {sort: f"by_{sort.name.lower()}" for sort in Sort}


@dataclass(frozen=True)
class Document:
    """A product on sale. Texts hold words with blanks between, as `search.text` makes them; price in dong.

    `place` is the number of its province in the official list, 0 where it is not known.
    """

    id: int
    version: int
    vendor_id: int
    title: str
    title_f: str
    kind: str
    kind_f: str
    names: str
    names_f: str
    body: str
    body_f: str
    codes: tuple[str, ...]
    category: tuple[str, ...]
    province: str
    place: int
    stars: int
    vendor: str
    month: tuple[str, ...]
    price: int
    available: int
    rating: float
    producer: str
    trait: tuple[str, ...]
    quality: float

    @property
    def all_f(self) -> str:
        """Every word without accents, and every pair of neighbours."""
        texts = (self.title_f, self.kind_f, self.names_f, self.body_f)
        return " ".join([*texts, *chain.from_iterable(pairs(text.split()) for text in texts)])

    @cached_property
    def digest(self) -> int:
        """A checksum of the product's number and all that an index has to follow; 63 bits."""
        content = repr(_followed(self))
        return int.from_bytes(hashlib.blake2b(content.encode(), digest_size=8).digest(), "big") >> 1

    def filters(self) -> dict[str, list[str]]:
        """By field of FACETS the values by which a filter finds the product, as the address writes them."""
        found: dict[Key, tuple[str, ...]] = {
            Key.CATEGORY: self.category,
            Key.PROVINCE: (self.province,) if self.province else (),
            Key.STARS: (str(self.stars),),
            Key.VENDOR: (self.vendor,),
            Key.MONTH: self.month,
            Key.IN_STOCK: ("1",) if self.available > 0 else (),
            Key.RATING: ratings(self.rating),
            Key.PRODUCER: (self.producer,),
            Key.TRAIT: self.trait,
        }
        return {field: list(found[key]) for key, field in FACETS.items()}

    @staticmethod
    def quality_in(order: int) -> float:
        """The quality of a product, from the number by which the best match without words is sorted."""
        return ((order >> _ID_BITS) & MOST) / _QUALITY_UNITS

    def orders(self) -> dict[str, int]:
        """By field of ORDERS the number by which a list is sorted, the greatest first; 63 bits."""
        wishes: dict[Sort, int] = {
            Sort.RELEVANCE: round(self.quality * _QUALITY_UNITS),
            Sort.NEWEST: 0,
            Sort.CHEAPEST: MOST - self.price,
            Sort.DEAREST: self.price,
            Sort.RATING: round(self.rating * 1000),
            Sort.STARS: self.stars,
        }
        to_sell = int(self.available > 0) << (_VALUE_BITS + _ID_BITS)
        kept = {sort: min(max(wish, 0), MOST) for sort, wish in wishes.items()}
        return {ORDERS[sort]: to_sell | (wish << _ID_BITS) | self.id for sort, wish in kept.items()}


# The version says who wrote it, and quality changes with the clock: neither makes a document wrong.
_followed: Final = attrgetter(*(each.name for each in fields(Document) if each.name not in {"version", QUALITY}))
