"""Products on sale: product, stock record and published listing in one."""

import datetime as dt
from decimal import Decimal
from itertools import count

from apps.kernel.clock import now, today
from apps.listings.models import Listing
from apps.listings.states import ListingState
from apps.provenance.models import Certificate
from apps.provenance.states import CertificateState
from apps.shop.catalogue.models import Category, Product, ProductClass
from apps.shop.partner.models import StockRecord
from apps.vendors.models import Vendor
from apps.vendors.states import VendorState
from tests.factories.vendors import make_vendor

_numbers = count(1)


def make_product_class(slug: str = "goods") -> ProductClass:
    """Goods, which travel in a parcel, or services, which do not."""
    found, _ = ProductClass.objects.get_or_create(
        slug=slug, defaults={"name": slug, "requires_shipping": slug == "goods", "track_stock": True}
    )
    return found


def make_category(name: str = "Hải sản chế biến", name_en: str = "", **fields: object) -> Category:
    """A category at the root; the same row for the same name."""
    values: dict[str, object] = {"name": name, "name_en": name_en or name, **fields}
    found = Category.objects.filter(name=name).first()
    category: Category = found or Category.objects.add_root(instance=Category(**values))
    return category


def make_product(
    *,
    vendor: Vendor | None = None,
    price: int = 100_000,
    stock: int = 10,
    state: str = ListingState.PUBLISHED,
    product_class: str = "goods",
    category: Category | None = None,
    **fields: object,
) -> Product:
    """A product with its stock record and listing, on sale unless the state or the vendor's says otherwise."""
    number = next(_numbers)
    vendor = vendor or make_vendor()
    listed = state == ListingState.PUBLISHED
    values: dict[str, object] = {
        "title": f"Chả mực số {number}",
        "slug": f"cha-muc-so-{number}",
        "unit": "hộp 500 g",
        "shipping_weight_g": 500,
        "product_class": make_product_class(product_class),
        "is_public": listed,
        "origin_commune": vendor.commune,
        "origin_province_code": vendor.commune.province_id,
    }
    product = Product.objects.create(**{**values, **fields})
    product.categories.add(category or make_category())
    StockRecord.objects.create(
        product=product,
        partner=vendor.partner,
        partner_sku=f"SKU-{number}",
        price=Decimal(price),
        num_in_stock=stock,
        vendor_open=vendor.state == VendorState.APPROVED,
        listed=listed,
    )
    Listing.objects.create(product=product, vendor=vendor, state=state, published_at=now() if listed else None)
    return product


def make_certificate(product: Product, *, stars: int = 4, days_left: int = 365, **fields: object) -> Certificate:
    """A verified certificate of the product that ends in so many days (a negative number: ended)."""
    number = next(_numbers)
    values: dict[str, object] = {
        "vendor": product.listing.vendor,
        "product": product,
        "stars": stars,
        "number": f"OCOP-{number}",
        "decision_number": f"{number}/QĐ-UBND",
        "issuer": "UBND tỉnh Quảng Ninh",
        "holder": product.listing.vendor.name,
        "valid_from": today() + dt.timedelta(days=days_left - 1095),
        "valid_until": today() + dt.timedelta(days=days_left),
        "state": CertificateState.VERIFIED,
    }
    return Certificate.objects.create(**{**values, **fields})
