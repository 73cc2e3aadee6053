"""Cards of goods for lists: plain data from product ids, with the same few queries for one card and for thirty."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F
from django.urls import reverse
from django.utils.translation import get_language

from apps.kernel.clock import today
from apps.kernel.money import Money, dong
from apps.kernel.seasons import months_of_mask
from apps.places.models import Commune
from apps.places.selectors.known import known_provinces
from apps.provenance.models import Certificate
from apps.provenance.states import CertificateState
from apps.shop.catalogue.models import Product
from apps.shop.catalogue.pictures import Picture, pictures_of_products
from apps.shop.catalogue.reviews.models import ProductReview
from apps.shop.partner.models import StockRecord
from apps.storefront.seasons import season_words

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


@dataclass(frozen=True)
class Goods:
    """The rows behind some cards; pages of one product take what they need from here too."""

    stock: dict[int, StockRecord]  # by product, which hangs on it
    certificates: dict[int, Certificate]
    pictures: dict[int, list[Picture]]
    scores: dict[int, Scores]

    def card(self, product_id: int) -> Card:
        """The card of one product; raises KeyError when it is not on sale."""
        stock = self.stock[product_id]
        product: Product = stock.product
        certificate = self.certificates.get(product_id)
        valid = certificate is not None and certificate.is_valid_today
        scores = self.scores.get(product_id, Scores())
        pictures = self.pictures.get(product_id, [])
        vendor = stock.partner.vendor
        months = months_of_mask(product.season_mask)
        return Card(
            product_id=product.pk,
            stock_id=stock.pk,
            url=product.get_absolute_url(),
            add_url=reverse("storefront:basket_add"),
            title=product.title,
            place=place_words(product.origin_commune, product.origin_province_code),
            vendor_name=vendor.name,
            vendor_url=vendor.get_absolute_url(),
            family=getattr(stock, "family", "") or "bep",
            stars=certificate.stars if certificate and valid else None,
            expired_on=certificate.valid_until if certificate and not valid else None,
            season_months=months,
            season_words=season_words(months),
            price=dong(stock.price_amount),
            unit=product.unit,
            unit_price=_unit_price(stock),
            picture=pictures[0] if pictures else None,
            rating=scores.mean,
            reviews=scores.count,
            available=stock.available,
            title_lang="" if get_language() == "vi" else "vi",
            is_service=not product.is_shipping_required,
        )

    def cards(self, product_ids: Iterable[int]) -> list[Card]:
        """Cards in the given order; what is no longer on sale is left out."""
        return [self.card(pk) for pk in product_ids if pk in self.stock]


# What a card shows; rows of goods have long texts beside it.
_COLUMNS = (
    "price",
    "num_in_stock",
    "num_allocated",
    "product__title",
    "product__slug",
    "product__structure",
    "product__unit",
    "product__season_mask",
    "product__net_weight_g",
    "product__net_volume_ml",
    "product__origin_province_code",
    "product__origin_commune__name",
    "product__product_class__requires_shipping",
    "partner__id",
    "partner__vendor__name",
    "partner__vendor__slug",
)


def cards_for(product_ids: Sequence[int]) -> list[Card]:
    """Cards in the given order, in four queries; what is not on sale is left out."""
    return goods_for(product_ids).cards(product_ids)


def goods_for(product_ids: Collection[int], *, in_full: int = 0) -> Goods:
    """Rows for cards, and all there is about the product whose page it is: four queries, however many products."""
    ids = list(dict.fromkeys(product_ids))
    stock = StockRecord.objects.filter(product__in=ids, product__is_public=True, listed=True, vendor_open=True)
    stock = stock.annotate(family=F("product__categories__family"), category_id=F("product__categories__id"))
    about = ("product__origin_commune", "product__product_class")
    if in_full:
        stock = stock.select_related(*about, "partner__vendor__commune__province")
    else:
        stock = stock.select_related(*about, "partner__vendor").only(*_COLUMNS)
    return Goods(
        stock={row.product_id: row for row in stock},
        certificates=best_certificates(ids),
        pictures=pictures_of_products(ids, every_one_of=in_full),
        scores=scores_of(ids),
    )


def best_certificates(product_ids: Sequence[int]) -> dict[int, Certificate]:
    """Per product the valid certificate with most stars, else the one that expired last; one query."""
    found: dict[int, Certificate] = {}
    rows = Certificate.objects.filter(
        product_id__in=product_ids, state=CertificateState.VERIFIED, valid_from__lte=today()
    )
    for certificate in rows:
        other = found.get(certificate.product_id)
        if other is None or _worth(certificate) > _worth(other):
            found[certificate.product_id] = certificate
    return found


def scores_of(product_ids: Sequence[int]) -> dict[int, Scores]:
    """Approved reviews by product and score; one query."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    reviews = ProductReview.objects.filter(product_id__in=product_ids, status=ProductReview.APPROVED)
    for product_id, score, times in reviews.order_by().values_list("product_id", "score").annotate(times=Count("pk")):
        found[product_id][score] = times
    return {product_id: Scores(by_score) for product_id, by_score in found.items()}


def place_words(commune: Commune | None, province_code: str) -> str:
    """`Ba Chẽ, Quảng Ninh`: names of places stay Vietnamese in every language."""
    province = known_provinces().by_code(province_code)
    return ", ".join(place.name for place in (commune, province) if place is not None)


def _unit_price(stock: StockRecord) -> str:
    """For goods to eat and drink; nobody compares pearls or cloth by 100 g."""
    product: Product = stock.product
    if getattr(stock, "family", "") in _NOT_FOOD or not product.is_shipping_required:
        return ""
    return unit_price_words(stock.price_amount, product.net_weight_g, product.net_volume_ml)


def unit_price_words(amount: int, weight_g: int | None, volume_ml: int | None) -> str:
    """`3.000.000 ₫/100 g` or per 100 ml, to the nearest hundred dong; empty when it cannot be told."""
    size, unit = (weight_g, "100 g") if weight_g else (volume_ml, "100 ml")
    if not size or not amount:
        return ""
    hundredths = amount * 100
    rounded = (2 * hundredths + size * _ROUND_TO) // (2 * size * _ROUND_TO) * _ROUND_TO
    shown = rounded or hundredths // size
    return f"{dong(shown).format()}/{unit}" if shown else ""


def _worth(certificate: Certificate) -> tuple[bool, int, dt.date]:
    valid = certificate.is_valid_today
    return valid, certificate.stars if valid else 0, certificate.valid_until
