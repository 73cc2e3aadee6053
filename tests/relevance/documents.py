"""The goods of a real shop as documents of the oracle, read one by one and without the code of any engine."""

from apps.kernel.clock import today
from apps.kernel.seasons import months_of_mask
from apps.places.models import Province
from apps.provenance.models import Certificate
from apps.shop.catalogue.models import Category, Product
from apps.shop.catalogue.selectors import on_sale
from tests.relevance.oracle import Document

_PRODUCERS = {
    "enterprise": "doanh-nghiep",
    "cooperative": "hop-tac-xa",
    "cooperative_group": "to-hop-tac",
    "household": "ho-kinh-doanh",
}


def documents_on_sale() -> list[Document]:
    """Every product on sale."""
    return [_document(product) for product in on_sale()]


def _document(product: Product) -> Document:
    category = product.categories.get()
    record = product.stockrecords.get()
    vendor = record.partner.vendor
    certificates = Certificate.objects.valid_on(today()).filter(product=product)
    return Document(
        id=product.pk,
        categories=[*Category.objects.get_ancestors(category).values_list("slug", flat=True), category.slug],
        province=Province.objects.get(pk=product.origin_province_code).slug,
        stars=max(certificates.values_list("stars", flat=True), default=0),
        vendor=vendor.slug,
        price=int(record.price or 0),
        months=sorted(months_of_mask(product.season_mask)),
        in_stock=record.num_in_stock > (record.num_allocated or 0),
        rating=product.rating or 0.0,
        producer=_PRODUCERS[vendor.producer_type],
        traits=_traits(product),
    )


def _traits(product: Product) -> list[str]:
    found = ["giao-lanh"] if product.is_chilled else []
    if product.shelf_life_days is not None and product.shelf_life_days >= 90:
        found.append("de-duoc-lau")
    return found if product.is_shipping_required else [*found, "trai-nghiem"]
