"""Writing products and their stock records; the only place that knows how Oscar wants them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from apps.kernel.vietnamese import nfc
from apps.places.models import Commune
from apps.shop.catalogue.models import Category, Product, ProductCategory, ProductClass
from apps.shop.partner.models import StockRecord

GOODS, SERVICES = "goods", "services"
_CLASS_NAMES = {GOODS: "Hàng hoá", SERVICES: "Dịch vụ"}

# Columns of a product that its vendor writes.
VENDOR_FIELDS = (
    "title",
    "title_en",
    "description",
    "description_en",
    "unit",
    "net_weight_g",
    "net_volume_ml",
    "shipping_weight_g",
    "ingredients",
    "allergens",
    "storage",
    "shelf_life_days",
    "season_mask",
    "is_chilled",
)


def product_class(slug: str) -> ProductClass:
    """The class of goods (travel in a parcel) or of services (do not); both count stock."""
    found, _created = ProductClass.objects.get_or_create(
        slug=slug, defaults={"name": _CLASS_NAMES[slug], "requires_shipping": slug == GOODS, "track_stock": True}
    )
    return found


def create_product(
    *, facts: Mapping[str, Any], is_service: bool, category: Category, origin: Commune | None, names: tuple[str, ...]
) -> Product:
    """A product that nobody sees yet; `names` (of vendor and places) are what plain search finds it by."""
    product = Product(structure=Product.STANDALONE, is_public=False, is_demo=bool(facts.get("is_demo")))
    write_product(product, facts=facts, is_service=is_service, category=category, origin=origin, names=names)
    return product


def write_product(
    product: Product,
    *,
    facts: Mapping[str, Any],
    is_service: bool,
    category: Category,
    origin: Commune | None,
    names: tuple[str, ...],
) -> None:
    """Write what the vendor says about a product, and all that follows from it."""
    for field in VENDOR_FIELDS:
        value = facts[field]
        setattr(product, field, nfc(value).strip() if isinstance(value, str) else value)
    product.product_class = product_class(SERVICES if is_service else GOODS)
    product.is_alcohol = category.is_alcohol
    product.origin_commune = origin
    product.origin_province_code = origin.province_id if origin else ""
    product.refresh_search_text(category.name, category.name_en, *names)
    if product.pk is None or not product.is_public:
        product.slug = ""  # made from the title at saving; it stays once the page has been public
    product.save()
    ProductCategory.objects.exclude(category=category).filter(product=product).delete()
    ProductCategory.objects.get_or_create(product=product, category=category)


def create_stock_record(
    *, product: Product, partner_id: int, sku: str, price_amount: int | None, available: int, vendor_open: bool
) -> StockRecord:
    """The one stock record of a product; price in dong, VAT included. Not listed before a review."""
    return StockRecord.objects.create(
        product=product,
        partner_id=partner_id,
        partner_sku=sku,
        price_currency="VND",
        price=None if price_amount is None else Decimal(price_amount),
        num_in_stock=available,
        vendor_open=vendor_open,
    )
