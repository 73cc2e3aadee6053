"""What a search without words must answer, worked out the slow and obvious way: to check engines against."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypedDict

from search.prices import PRICE_STEPS
from search.request import ALL_YEAR, Key, SearchRequest, Sort, month_value


class Document(TypedDict):
    """What an engine knows of a product that its filters and exact orders need."""

    id: int
    categories: list[str]  # slugs from the top level down
    province: str
    stars: int  # 0 without a valid certificate
    vendor: str
    price: int
    months: list[int]  # none for the whole year
    in_stock: bool
    rating: float
    producer: str
    traits: list[str]


# By the name of the key: a key that comes later needs its line here before it is in the contract.
_VALUES: dict[str, Callable[[Document], list[str]]] = {
    "CATEGORY": lambda document: document["categories"],
    "PROVINCE": lambda document: [document["province"]],
    "STARS": lambda document: [str(document["stars"])],
    "VENDOR": lambda document: [document["vendor"]],
    "PRICE": lambda document: [str(step) for step in PRICE_STEPS if document["price"] in step],
    "MONTH": lambda document: [month_value(month) for month in document["months"] or [ALL_YEAR]],
    "IN_STOCK": lambda document: ["1"] if document["in_stock"] else [],
    "PRODUCER": lambda document: [document["producer"]],
    "RATING": lambda document: [str(least) for least in (3, 4) if document["rating"] >= least],
    "TRAIT": lambda document: document["traits"],
}

# The smaller comes first.
_ORDERS: dict[Sort, Callable[[Document], Any]] = {
    Sort.NEWEST: lambda document: -document["id"],
    Sort.CHEAPEST: lambda document: document["price"],
    Sort.DEAREST: lambda document: -document["price"],
    Sort.RATING: lambda document: -document["rating"],
    Sort.STARS: lambda document: -document["stars"],
}
EXACT_SORTS = tuple(_ORDERS)


def values(document: Document, key: Key) -> set[str]:
    """The values under which a product is counted."""
    return set(_VALUES[key.name](document))


def fits(document: Document, request: SearchRequest, key: Key) -> bool:
    """Whether a product has one of the chosen values of a key; a key that is not set lets everything through."""
    if not request.values(key):
        return True
    if key is Key.PRICE:
        # Any range may be asked for, not only the ones that are counted.
        return any(document["price"] in prices for prices in request.prices)
    return any(value in values(document, key) for value in request.values(key))


def hits(documents: Iterable[Document], request: SearchRequest) -> list[Document]:
    """The products that fit every key."""
    return [document for document in documents if all(fits(document, request, key) for key in Key)]


def ordered(documents: Iterable[Document], request: SearchRequest) -> list[int]:
    """The ids of the hits in one of the `EXACT_SORTS`: what is sold out last, equal ones newest first."""
    order = _ORDERS[request.sort]
    found = hits(documents, request)
    found.sort(key=lambda document: (not document["in_stock"], order(document), -document["id"]))
    return [document["id"] for document in found]


def counts(documents: Sequence[Document], request: SearchRequest) -> dict[Key, Counter[str]]:
    """Per key how many products each value has, among those that fit all the other keys."""
    return {key: _counted(hits(documents, request.without(key)), key) for key in Key}


def _counted(documents: Iterable[Document], key: Key) -> Counter[str]:
    return Counter(value for document in documents for value in values(document, key))
