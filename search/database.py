"""Plain search in the database: no index, one query for the candidates, the rest in Python.

Right for some thousands of goods; an engine with an index answers the same request with the same result.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from apps.kernel.clock import today
from apps.kernel.memo import kept_for
from apps.kernel.seasons import months_of_mask
from apps.places.selectors import find_province
from apps.places.selectors.known import known_provinces, province_slugs
from apps.provenance.models import Certificate
from apps.provenance.states import CertificateState
from apps.shop.catalogue.models import Product
from apps.shop.catalogue.selectors import category_tree, on_sale
from search.prices import PRICE_STEPS
from search.request import ALL_YEAR, Key, SearchRequest, Sort, month_value
from search.result import FEW, MOST_RELAXED, PAGE_SIZE, Relaxed, Scope, SearchResult
from search.spelling import corrected
from search.values import PRODUCERS, ratings, traits
from search.words import folded_words, rank, strictest

EVERYTHING = Scope()
KEPT_SECONDS = 1
_CODE = re.compile(r"(?=.*\d)[\w./-]{4,40}")
_COLUMNS = (
    "id",
    "title",
    "search_text",
    "categories__id",
    "origin_province_code",
    "origin_commune__name",
    "stockrecords__partner__vendor__slug",
    "stockrecords__partner__vendor__name",
    "stockrecords__partner_sku",
    "season_mask",
    "stockrecords__partner__vendor__producer_type",
    "is_chilled",
    "shelf_life_days",
    "product_class__requires_shipping",
    "top_stars",
    "stockrecords__price",
    "stockrecords__num_in_stock",
    "stockrecords__num_allocated",
    "rating",
)

Values: TypeAlias = dict[Key, frozenset[str]]


def answers() -> bool:
    """Whether goods can be looked up at the moment; for monitors. Raises DatabaseError when not even asking works."""
    on_sale().values("pk").first()
    return True


@dataclass(frozen=True, slots=True)
class Candidate:
    """What plain search knows of a product."""

    id: int
    title: str
    text: str
    category_id: int | None
    province_code: str
    commune: str
    vendor: str
    vendor_name: str
    sku: str
    season_mask: int
    producer_type: str
    is_chilled: bool
    keeps_days: int | None
    is_shipped: bool
    stars: int
    price: int
    available: int
    rating: float

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> "Candidate":
        """From a row of `_COLUMNS`."""
        *before, price, stock, promised, rating = row
        values: tuple[Any, ...] = (*before, int(price or 0), stock - promised, rating or 0.0)
        return cls(*values)

    def values(self) -> Values:
        """The value or values that each filter compares."""
        tree = category_tree()
        node = tree.by_id.get(self.category_id or 0)
        months = months_of_mask(self.season_mask) or {ALL_YEAR}
        return {
            Key.CATEGORY: frozenset(above.slug for above in tree.line(node)) if node else frozenset(),
            Key.PROVINCE: frozenset({province_slugs().get(self.province_code, "")}),
            Key.STARS: frozenset({str(self.stars)}),
            Key.VENDOR: frozenset({self.vendor}),
            Key.PRICE: frozenset(str(step) for step in PRICE_STEPS if self.price in step),
            Key.MONTH: frozenset(month_value(month) for month in months),
            Key.IN_STOCK: frozenset({"1"} if self.available > 0 else ()),
            Key.RATING: frozenset(ratings(self.rating)),
            Key.PRODUCER: frozenset({PRODUCERS[self.producer_type]}),
            Key.TRAIT: frozenset(
                traits(is_chilled=self.is_chilled, keeps_days=self.keeps_days, is_shipped=self.is_shipped)
            ),
        }


# Counting takes a moment for each hundred goods, and many readers open the same list at once. Only the choice of goods
# is kept: their cards are read afresh, and what is not on sale any more has none.
@kept_for(KEPT_SECONDS, most=200)
def search(request: SearchRequest, scope: Scope = EVERYTHING) -> SearchResult:
    """Goods on sale that fit the words and the filters, inside what the page itself narrows to."""
    found = _fitting(scope, request.q)
    hits, nearly, counts = _filtered(found, request)
    order = _order(request)
    hits.sort(key=order)
    pages = max(1, -(-len(hits) // PAGE_SIZE))
    page = min(request.page, pages)
    return SearchResult(
        ids=[hit.id for hit in hits[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]],
        total=len(hits),
        page=page,
        pages=pages,
        counts=counts,
        relaxed=_relaxed(request, nearly, order) if len(hits) < FEW else (),
        direct_hit=direct_hit(request.q),
        suggestion=_suggestion(request.q, scope) if request.q and not found else "",
    )


def _fitting(scope: Scope, q: str) -> list[Candidate]:
    """One candidate per product whose texts have the words, or that comes from the province of that name."""
    goods = _in_scope(scope)
    if not q:
        return _candidates(goods)
    place = find_province(q)
    words = folded_words(q)
    if not words:
        return []
    texts = Q(*(Q(search_text__contains=word) for word in words))
    wanted = texts | Q(stockrecords__partner_sku__iexact=q)
    candidates = _candidates(goods.filter(wanted | Q(origin_province_code=place.code) if place else wanted))
    return strictest(
        candidates,
        q,
        accented=lambda one: f"{one.title} {one.commune} {one.vendor_name} {_category_name(one)}",
        folded=lambda one: one.text,
        anyway=lambda one: one.sku.lower() == q.lower() or (place is not None and one.province_code == place.code),
    )


def _category_name(candidate: Candidate) -> str:
    node = category_tree().by_id.get(candidate.category_id or 0)
    return node.name if node else ""


def _in_scope(scope: Scope) -> QuerySet[Product]:
    goods = on_sale()
    if scope.category:
        node = category_tree().by_slug.get(scope.category)
        goods = goods.filter(categories__path__startswith=node.path) if node else goods.none()
    if scope.province:
        province = known_provinces().by_slug(scope.province)
        goods = goods.filter(origin_province_code=province.code) if province else goods.none()
    if scope.vendor:
        goods = goods.filter(stockrecords__partner__vendor__slug=scope.vendor)
    return goods


def _candidates(goods: QuerySet[Product]) -> list[Candidate]:
    certificates = Certificate.objects.valid_on(today()).filter(product=OuterRef("pk"))
    stars = Subquery(certificates.order_by("-stars").values("stars")[:1])
    rows = goods.annotate(top_stars=Coalesce(stars, 0)).order_by("-id").values_list(*_COLUMNS)
    return list({row[0]: Candidate.of(row) for row in rows}.values())


def _filtered(
    candidates: list[Candidate], request: SearchRequest
) -> tuple[list[Candidate], dict[Key, list[Candidate]], dict[Key, Counter[str]]]:
    """The hits; per key the candidates that fail this key alone; per key the counts as if that key were not set.

    One pass does for all filters: a candidate that fails one key only still counts in the choice of that key.
    """
    hits: list[Candidate] = []
    nearly: dict[Key, list[Candidate]] = defaultdict(list)
    counts: dict[Key, Counter[str]] = {key: Counter() for key in Key}
    conditions = _conditions(request)
    for candidate in candidates:
        values = candidate.values()
        failed = [key for key, holds in conditions.items() if not holds(candidate, values)]
        if len(failed) > 1:
            continue
        for key in failed or Key:
            counts[key].update(values[key])
        if failed:
            nearly[failed[0]].append(candidate)
        else:
            hits.append(candidate)
    return hits, nearly, counts


def _conditions(request: SearchRequest) -> dict[Key, Callable[[Candidate, Values], bool]]:
    """A test for each key that is set; several values of a key mean OR."""

    def one_of(key: Key) -> Callable[[Candidate, Values], bool]:
        chosen = frozenset(request.values(key))
        return lambda _, values: bool(chosen & values[key])

    conditions = {key: one_of(key) for key in Key if request.values(key)}
    if request.prices:
        conditions[Key.PRICE] = lambda candidate, _: any(candidate.price in prices for prices in request.prices)
    return conditions


def _order(request: SearchRequest) -> Callable[[Candidate], tuple[Any, ...]]:
    """Sold out goods come last in every order; equal ones stay newest first."""
    orders: dict[Sort, Callable[[Candidate], tuple[Any, ...]]] = {
        Sort.RELEVANCE: lambda one: (rank(request.q, one.title) if request.q else 0, -one.stars, -one.rating),
        Sort.NEWEST: lambda one: (-one.id,),
        Sort.CHEAPEST: lambda one: (one.price,),
        Sort.DEAREST: lambda one: (-one.price,),
        Sort.RATING: lambda one: (-one.rating,),
        Sort.STARS: lambda one: (-one.stars,),
    }
    chosen = orders[request.sort]
    return lambda one: (one.available <= 0, *chosen(one), -one.id)


def _relaxed(
    request: SearchRequest, nearly: dict[Key, list[Candidate]], order: Callable[[Candidate], tuple[Any, ...]]
) -> tuple[Relaxed, ...]:
    """The search without one filter; what hides the most comes first."""
    found = sorted(nearly.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(
        Relaxed(request.without(key), len(hidden), [one.id for one in sorted(hidden, key=order)[:MOST_RELAXED]], key)
        for key, hidden in found
    )


def direct_hit(q: str) -> int | None:
    """The one product whose SKU, GTIN or certificate was typed; vendors may use the same SKU, then all are listed."""
    if not _CODE.fullmatch(q):
        return None
    by_certificate = Q(certificates__number__iexact=q, certificates__state=CertificateState.VERIFIED)
    by_code = Q(stockrecords__partner_sku__iexact=q) | Q(upc=q) | by_certificate
    found = list(on_sale().filter(by_code).values_list("pk", flat=True).distinct()[:2])
    return found[0] if len(found) == 1 else None


def _suggestion(q: str, scope: Scope) -> str:
    """The query as the shop spells its goods, if that finds any."""
    other = corrected(q)
    return other if other and _fitting(scope, other) else ""
