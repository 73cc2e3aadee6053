"""What the page of one product shows."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from apps.delivery.models import Tariff
from apps.delivery.selectors import Quote, quote_to_province, tariffs, zone_between
from apps.kernel.clock import today
from apps.kernel.memo import kept_for
from apps.kernel.seasons import months_of_mask
from apps.places.models import Commune, Province
from apps.places.selectors.known import known_provinces
from apps.provenance.models import Certificate
from apps.shop.catalogue.models import Product
from apps.shop.catalogue.pictures import Picture
from apps.shop.catalogue.reviews.models import ProductReview
from apps.shop.catalogue.selectors import category_tree, on_sale
from apps.shop.partner.models import StockRecord
from apps.storefront import shelves
from apps.storefront.cards import Card, Scores, best_certificate, goods_for
from apps.storefront.seasons import month_ranges
from apps.vendors.models import Vendor

RELATED = 5
REVIEWS = 6
MOST_REVIEWS = 200
MONTHS = 36  # validity of a certificate
PERISHABLE_DAYS = 30  # goods that keep no longer are claimed with a photo instead of sent back
TARIFF_SECONDS = 60
_ABOUT = ("product__origin_commune", "product__product_class", "partner__vendor__commune__province")


@dataclass(frozen=True)
class CertificatePanel:
    """A certificate in the words of `<c-certificate>`; an expired one keeps its facts and loses stars and seal."""

    stars: int
    number: str
    decision: str
    issuer: str
    holder: str
    product: str
    group: str
    valid_from: dt.date
    valid_until: dt.date
    checked_on: dt.datetime | None
    months_passed: int
    months_left: int
    days_left: int
    expired: bool
    scan_url: str

    decided_on: dt.date | None = None


@dataclass(frozen=True)
class Fact:
    """A line of the label; what the vendor wrote is Vietnamese in every language of the page."""

    term: str
    words: str
    by_vendor: bool = False


@dataclass(frozen=True)
class ScoreBar:
    """How many shoppers gave a score; the bar is that part of all in per cent."""

    score: int
    count: int
    percent: int
    chosen: bool


@dataclass(frozen=True)
class ProductPage:
    """The page of one product."""

    product: Product
    card: Card
    pictures: list[Picture]
    vendor: Vendor
    commune: Commune | None
    crumbs: list[tuple[str, str | None]]
    certificate: CertificatePanel | None
    quote: Quote | None
    too_far: bool
    facts: list[Fact]
    season_note: str
    perishable: bool
    scores: Scores
    sku: str
    bars: list[ScoreBar]
    reviews: list[ProductReview]
    more_reviews: bool
    related: list[Card]
    vendor_goods: int

    @property
    def province(self) -> Province | None:
        """Where the goods come from."""
        return known_provinces().by_code(self.product.origin_province_code)

    @property
    def gallery(self) -> list[dict[str, object]]:
        """The pictures as `<c-gallery>` wants them."""
        return [{"picture": picture, "label": picture.caption} for picture in self.pictures]

    @property
    def description(self) -> str:
        """The text in the reader's language, else in Vietnamese."""
        return self.product.description_en if self.in_english else str(self.product.description)

    @property
    def in_english(self) -> bool:
        """True when the reader reads English and the text exists in it."""
        return get_language() == "en" and bool(self.product.description_en)


def product_page(pk: int, *, to: Province | None, score: int | None, all_reviews: bool) -> ProductPage | None:
    """The page of a product on sale, None for any other; seven queries while the kept answers are fresh."""
    near = _related(pk)
    goods = goods_for([pk, *near], every_picture_of=pk)
    if pk not in goods.rows:
        return None
    stock = StockRecord.objects.select_related(*_ABOUT).get(product=pk)
    product: Product = stock.product
    card, vendor, scores = goods.card(pk), stock.partner.vendor, goods.scores.get(pk, Scores())
    quote = None if card.is_service else _quote(vendor, to, product)
    reviews = _reviews(pk, score, MOST_REVIEWS if all_reviews else REVIEWS + 1)
    return ProductPage(
        product=product,
        card=card,
        pictures=goods.pictures.get(pk, []),
        vendor=vendor,
        commune=product.origin_commune,
        crumbs=_crumbs(goods.rows[pk].category_id, card),
        certificate=_certificate(product),
        quote=quote,
        too_far=quote is None and to is not None and product.is_chilled and not card.is_service,
        facts=_facts(product, stock.partner_sku),
        season_note=_season_note(product),
        perishable=product.is_chilled or 0 < (product.shelf_life_days or 0) <= PERISHABLE_DAYS,
        scores=scores,
        sku=stock.partner_sku,
        bars=_bars(scores, score),
        reviews=reviews if all_reviews else reviews[:REVIEWS],
        more_reviews=not all_reviews and len(reviews) > REVIEWS,
        related=goods.cards(near),
        vendor_goods=shelves.by_vendor()[vendor.pk],
    )


@kept_for(shelves.SECONDS)
def _related(pk: int) -> list[int]:
    """Goods of the same province, those of the same category first, then that category elsewhere."""
    here = on_sale().filter(pk=pk).values_list("origin_province_code", "categories__id").first()
    return [found for found in shelves.near(*here) if found != pk][:RELATED] if here else []


def _crumbs(category_id: int | None, card: Card) -> list[tuple[str, str | None]]:
    tree = category_tree()
    node = tree.by_id.get(category_id or 0)
    above: list[tuple[str, str | None]] = [(step.local_name, step.url) for step in tree.line(node)] if node else []
    return [(_("Home"), reverse("storefront:home")), *above, (card.title, None)]


def _certificate(product: Product) -> CertificatePanel | None:
    found = best_certificate(product.pk)
    if found is None:
        return None
    passed = _months_between(found.valid_from, today())
    return CertificatePanel(
        stars=found.stars,
        number=found.number,
        decision=found.decision_number,
        issuer=found.issuer,
        holder=found.holder,
        product=product.title,
        group="",
        valid_from=found.valid_from,
        valid_until=found.valid_until,
        checked_on=found.decided_at,
        months_passed=min(passed, MONTHS),
        months_left=max(0, MONTHS - passed),
        days_left=(found.valid_until - today()).days,
        expired=not found.is_valid_today,
        scan_url=reverse("storefront:certificate_scan", kwargs={"pk": found.pk}) if found.scan else "",
    )


def _months_between(start: dt.date, end: dt.date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(0, months - (end.day < start.day))


@kept_for(TARIFF_SECONDS)
def _tariffs() -> dict[str, Tariff]:
    return dict(tariffs())


def _quote(vendor: Vendor, to: Province | None, product: Product) -> Quote | None:
    """Fee and days to the reader's province; None while there is no province or no tariff."""
    table = _tariffs()
    if to is None or zone_between(vendor.commune.province, to) not in table:
        return None
    return quote_to_province(
        from_commune=vendor.commune,
        to_province=to,
        weight_g=product.shipping_weight_g,
        chilled=product.is_chilled,
        table=table,
    )


def _facts(product: Product, sku: str) -> list[Fact]:
    """The table on the label, without what the vendor left empty."""
    rows = [
        Fact(_("Ingredients"), product.ingredients, by_vendor=True),
        Fact(_("Net weight"), f"{product.net_weight_g} g" if product.net_weight_g else ""),
        Fact(_("Net volume"), f"{product.net_volume_ml} ml" if product.net_volume_ml else ""),
        Fact(_("Storage"), product.storage, by_vendor=True),
        Fact(_("Keeps for"), _days(product.shelf_life_days)),
        Fact(_("Allergens"), product.allergens, by_vendor=True),
        Fact(_("Pack"), product.unit, by_vendor=True),
        Fact(_("Product code"), sku),
    ]
    return [row for row in rows if row.words]


def _days(days: int | None) -> str:
    if not days:
        return ""
    months = days // 365 * 12 if days % 365 == 0 else days // 30
    if days % 365 == 0 or (days % 30 == 0 and days >= 60):
        return ngettext("%(count)d month from production", "%(count)d months from production", months) % {
            "count": months
        }
    return ngettext("%(count)d day from production", "%(count)d days from production", days) % {"count": days}


def _season_note(product: Product) -> str:
    months = months_of_mask(product.season_mask)
    return _("Months %(months)s") % {"months": month_ranges(months)} if months else _("All year round")


def _bars(scores: Scores, chosen: int | None) -> list[ScoreBar]:
    whole = max(1, scores.count)
    counted = [(score, scores.by_score.get(score, 0)) for score in (5, 4, 3, 2, 1)]
    return [ScoreBar(score, count, round(100 * count / whole), score == chosen) for score, count in counted]


def _reviews(pk: int, score: int | None, most: int) -> list[ProductReview]:
    found = ProductReview.objects.filter(product_id=pk, status=ProductReview.APPROVED)
    if score is not None:
        found = found.filter(score=score)
    return list(found.order_by("-date_created", "-pk")[:most])


def certificate_with_scan(pk: int) -> Certificate | None:
    """A verified certificate of goods on sale whose scan everybody may see."""
    shown = Certificate.objects.filter(pk=pk, state="verified", product__in=on_sale().values("pk")).exclude(scan="")
    return shown.first()
