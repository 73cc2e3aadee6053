"""Makes a big catalogue of a small one: rows are copied inside PostgreSQL, so that a million goods take minutes."""

from dataclasses import dataclass, field

from django.db import connection, models

from apps.listings.models import Listing
from apps.provenance.models import Certificate
from apps.shop.catalogue.models import Product, ProductCategory, ProductImage
from apps.shop.catalogue.reviews.models import ProductReview
from apps.shop.partner.models import Partner, StockRecord
from apps.vendors.models import Vendor

VENDOR_COPIES = 25  # of 200 vendors: 5,000


@dataclass(frozen=True, slots=True)
class Copied:
    """A table: what must differ in copy `k`, as SQL, and the tables that its rows belong to, by column."""

    model: type[models.Model]
    values: dict[str, str] = field(default_factory=dict)
    belongs: dict[str, type[models.Model]] = field(default_factory=dict)


_VENDORS = (
    Copied(Partner, {"name": "name || ' ' || k", "code": "code || '-' || k"}),
    Copied(
        Vendor,
        {"name": "name || ' ' || k", "slug": "slug || '-' || k", "tax_code": "(tax_code::bigint + 10000 * k)::text"},
        {"partner_id": Partner},
    ),
)
_GOODS = (
    Copied(Product, {"title": "title || ' ' || k", "slug": "slug || '-' || k"}),
    Copied(ProductCategory, {}, {"product_id": Product}),
    Copied(
        StockRecord,
        {"partner_sku": "partner_sku || '-' || k", "price": "price + 1000 * (k % 50)"},
        {"product_id": Product, "partner_id": Partner},
    ),
    Copied(Listing, {}, {"product_id": Product, "vendor_id": Vendor}),
    Copied(Certificate, {"number": "number || '-' || k"}, {"product_id": Product, "vendor_id": Vendor}),
    Copied(ProductReview, {}, {"product_id": Product}),
    Copied(ProductImage, {}, {"product_id": Product}),
)


def multiply(times: int) -> None:
    """So many times the goods that are there, of up to VENDOR_COPIES times the vendors."""
    copies = min(times, VENDOR_COPIES)
    last = {copied.model: _last_id(copied.model) for copied in (*_VENDORS, *_GOODS)}
    owners: dict[type[models.Model], str] = {
        Product: f"k * {last[Product]}",
        **{owner: f"(k % {copies}) * {last[owner]}" for owner in (Partner, Vendor)},
    }
    for copied in _VENDORS:
        _copy(copied, copies, last[copied.model], owners)
    for copied in _GOODS:
        _copy(copied, times, last[copied.model], owners)


def _last_id(model: type[models.Model]) -> int:
    return int(model._default_manager.aggregate(last=models.Max("pk"))["last"])


def _copy(copied: Copied, times: int, last: int, owners: dict[type[models.Model], str]) -> None:
    """Rows up to `last` again and again; `owners` says how far the id of an owner is from that of the first one."""
    table = copied.model._meta.db_table
    values = {str(column.column): f'"{column.column}"' for column in copied.model._meta.concrete_fields}
    values |= copied.values | {"id": f"id + k * {last}"}
    values |= {column: f"{column} + {owners[owner]}" for column, owner in copied.belongs.items()}
    columns = ", ".join(f'"{column}"' for column in values)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {', '.join(values.values())}"
            f" FROM {table}, generate_series(1, {times - 1}) k WHERE id <= {last}"
        )
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {last * times})")
