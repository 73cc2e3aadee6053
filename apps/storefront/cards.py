"""Cards of goods for lists: plain data from product ids, with the same few queries for one card and for thirty."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from apps.kernel.clock import today
from apps.kernel.money import Money, dong
from apps.kernel.seasons import months_of_mask
from apps.places.selectors.known import known_provinces
from apps.provenance.models import Certificate
from apps.provenance.states import CertificateState
from apps.shop.catalogue.pictures import Picture, pictures_of_products
from apps.shop.catalogue.reviews.models import ProductReview
from apps.shop.partner.models import StockRecord
from apps.storefront.seasons import season_words

Certified: TypeAlias = tuple[int, dt.date]  # stars that are valid today, and until when; 0 when they have ended
NOT_CERTIFIED: Certified = (0, dt.date.min)
_NOT_FOOD = frozenset({"nghe", "hoa"})  # families of categories: crafts and cloth, flowers and trips
_ROUND_TO = 100  # dong; a price per 100 g is for comparing, not for paying


@dataclass(frozen=True)
class Scores:
    """How many shoppers gave 1 to 5; the mean is theirs, not the certificate's."""

    by_score: dict[int, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Number of reviews."""
        return sum(self.by_score.values())

    @property
    def mean(self) -> float | None:
        """Mean score, or None without a review."""
        total = sum(score * times for score, times in self.by_score.items())
        return total / self.count if self.count else None


@dataclass(frozen=True)
class Card:
    """Everything that a card or row of a list shows."""

    product_id: int
    stock_id: int
    url: str
    add_url: str
    title: str
    place: str
    vendor_name: str
    vendor_url: str
    family: str
    stars: int | None
    expired_on: dt.date | None
    season_months: frozenset[int]
    season_words: str
    price: Money
    unit: str
    unit_price: str
    picture: Picture | None
    rating: float | None
    reviews: int
    available: int
    title_lang: str
    is_service: bool

    @property
    def sold_out(self) -> bool:
        """True while there is nothing left to sell."""
        return self.available <= 0

    @property
    def expired(self) -> bool:
        """True when the last certificate is over: the card shows its date and no stars."""
        return self.stars is None and self.expired_on is not None


# Addresses differ by language and are the same on most cards of a page; making one takes as long as reading a row.
@lru_cache(maxsize=4)
def _add_url(_language: str | None) -> str:
    return reverse("storefront:basket_add")


@lru_cache(maxsize=2_000)
def _vendor_url(_language: str | None, slug: str) -> str:
    return reverse("storefront:vendor", kwargs={"slug": slug})


class _Row(NamedTuple):
    """What a card shows of a product, in the order of `_COLUMNS`; long texts stay where they are."""

    stock_id: int
    price: Decimal | None
    stock: int
    promised: int
    product_id: int
    title: str
    slug: str
    unit: str
    season_mask: int
    weight_g: int | None
    volume_ml: int | None
    province_code: str
    commune: str | None
    is_shipped: bool
    vendor_name: str
    vendor_slug: str
    category_id: int | None
    family: str | None


_COLUMNS = (
    "pk",
    "price",
    "num_in_stock",
    "num_allocated",
    "product_id",
    "product__title",
    "product__slug",
    "product__unit",
    "product__season_mask",
    "product__net_weight_g",
    "product__net_volume_ml",
    "product__origin_province_code",
    "product__origin_commune__name",
    "product__product_class__requires_shipping",
    "partner__vendor__name",
    "partner__vendor__slug",
    "product__categories__id",
    "product__categories__family",
)


@dataclass(frozen=True)
class Goods:
    """The rows behind some cards; pages of one product take what they need from here too."""

    rows: dict[int, _Row]  # by product
    certified: dict[int, Certified]
    pictures: dict[int, list[Picture]]
    scores: dict[int, Scores]

    def card(self, product_id: int) -> Card:
        """The card of one product; raises KeyError when it is not on sale."""
        row = self.rows[product_id]
        stars, valid_until = self.certified.get(product_id, NOT_CERTIFIED)
        scores = self.scores.get(product_id, Scores())
        pictures = self.pictures.get(product_id, [])
        months = months_of_mask(row.season_mask)
        price, family = int(row.price or 0), row.family or "bep"
        return Card(
            product_id=product_id,
            stock_id=row.stock_id,
            url=reverse("storefront:product", kwargs={"slug": row.slug, "pk": product_id}),
            add_url=_add_url(get_language()),
            title=row.title,
            place=place_words(row.commune, row.province_code),
            vendor_name=row.vendor_name,
            vendor_url=_vendor_url(get_language(), row.vendor_slug),
            family=family,
            stars=stars or None,
            expired_on=None if stars or valid_until == dt.date.min else valid_until,
            season_months=months,
            season_words=season_words(months),
            price=dong(price),
            unit=row.unit,
            # For goods to eat and drink; nobody compares pearls or cloth by 100 g.
            unit_price=unit_price_words(price, row.weight_g, row.volume_ml)
            if row.is_shipped and family not in _NOT_FOOD
            else "",
            picture=pictures[0] if pictures else None,
            rating=scores.mean,
            reviews=scores.count,
            available=row.stock - row.promised,
            title_lang="" if get_language() == "vi" else "vi",
            is_service=not row.is_shipped,
        )

    def cards(self, product_ids: Iterable[int]) -> list[Card]:
        """Cards in the given order; what is no longer on sale is left out."""
        return [self.card(pk) for pk in product_ids if pk in self.rows]


def cards_for(product_ids: Sequence[int]) -> list[Card]:
    """Cards in the given order, in four queries; what is not on sale is left out."""
    return goods_for(product_ids).cards(product_ids)


def goods_for(product_ids: Collection[int], *, every_picture_of: int = 0) -> Goods:
    """Rows for cards, and all pictures of the product whose page it is: four queries, however many products.

    Read afresh for every page, so that no price is old, and as plain rows: objects took half of the time of a list.
    """
    ids = list(dict.fromkeys(product_ids))
    on_sale = StockRecord.objects.filter(product__in=ids, product__is_public=True, listed=True, vendor_open=True)
    rows = [_Row(*row) for row in on_sale.values_list(*_COLUMNS)]
    return Goods(
        rows={row.product_id: row for row in rows},
        certified=_certified(ids),
        pictures=pictures_of_products(ids, every_one_of=every_picture_of),
        scores=scores_of(ids),
    )


def _certified(product_ids: Sequence[int]) -> dict[int, Certified]:
    """Per product the most stars that are valid today, else none and when the last ones ended; one query."""
    found: dict[int, Certified] = {}
    rows = _certificates(product_ids).values_list("product_id", "stars", "valid_until")
    for product_id, stars, valid_until in rows:
        valid = stars if valid_until >= today() else 0
        found[product_id] = max(found.get(product_id, NOT_CERTIFIED), (valid, valid_until))
    return found


def best_certificate(product_id: int) -> Certificate | None:
    """The valid certificate with most stars, else the one that expired last; one query."""
    every = list(_certificates([product_id]))
    return max(every, key=lambda one: (one.stars if one.is_valid_today else 0, one.valid_until), default=None)


def _certificates(product_ids: Sequence[int]) -> QuerySet[Certificate]:
    return Certificate.objects.filter(
        product_id__in=product_ids, state=CertificateState.VERIFIED, valid_from__lte=today()
    )


def scores_of(product_ids: Sequence[int]) -> dict[int, Scores]:
    """Approved reviews by product and score; one query."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    reviews = ProductReview.objects.filter(product_id__in=product_ids, status=ProductReview.APPROVED)
    for product_id, score, times in reviews.order_by().values_list("product_id", "score").annotate(times=Count("pk")):
        found[product_id][score] = times
    return {product_id: Scores(by_score) for product_id, by_score in found.items()}


def place_words(commune: str | None, province_code: str) -> str:
    """`Ba Chẽ, Quảng Ninh`: names of places stay Vietnamese in every language."""
    province = known_provinces().by_code(province_code)
    return ", ".join(name for name in (commune, province.name if province else "") if name)


def unit_price_words(amount: int, weight_g: int | None, volume_ml: int | None) -> str:
    """`3.000.000 ₫/100 g` or per 100 ml, to the nearest hundred dong; empty when it cannot be told."""
    size, unit = (weight_g, "100 g") if weight_g else (volume_ml, "100 ml")
    if not size or not amount:
        return ""
    hundredths = amount * 100
    rounded = (2 * hundredths + size * _ROUND_TO) // (2 * size * _ROUND_TO) * _ROUND_TO
    shown = rounded or hundredths // size
    return f"{dong(shown).format()}/{unit}" if shown else ""
