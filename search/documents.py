"""Documents from the database, in batches and by plain rows: objects would take most of a rebuild's time."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from django.db import connection, connections
from django.db.models import Count, Q, Sum

from apps.kernel.clock import now, today
from apps.kernel.memo import kept_for
from apps.kernel.seasons import months_of_mask
from apps.ordering.models import VendorOrderLine
from apps.ordering.states import VendorOrderState
from apps.places.models import Commune, FormerCommune
from apps.places.selectors.known import known_provinces
from apps.provenance.models import Certificate
from apps.shop.catalogue.reviews.models import ProductReview
from apps.shop.catalogue.selectors import CategoryTree, fresh_category_tree, on_sale
from search.document import Document
from search.quality import Merits, quality
from search.request import ALL_YEAR, month_value
from search.text import tokens
from search.values import PRODUCERS, traits

BATCH = 1000
SALES_SPAN = dt.timedelta(days=30)
PLACES_SECONDS = 600
_VENDOR = "stockrecords__partner__vendor__"
_ISLAND = "đảo"
_DESIGNATIONS = ("Tỉnh ", "Thành phố ", "Thị xã ", "Huyện ", "Quận ", "Phường ", "Xã ", "Thị trấn ")


class _Row(NamedTuple):
    """The columns of a product, in the order of `_COLUMNS`."""

    id: int
    title: str
    title_en: str
    description: str
    ingredients: str
    category_id: int | None
    commune_code: str | None
    province_code: str
    vendor_id: int
    vendor: str
    vendor_name: str
    sku: str
    gtin: str | None
    unit: str
    price: Any
    stock: int
    promised: int
    season_mask: int
    listed_at: dt.datetime
    producer_type: str
    is_chilled: bool
    keeps_days: int | None
    is_shipped: bool


_COLUMNS = (
    "id",
    "title",
    "title_en",
    "description",
    "ingredients",
    "categories__id",
    "origin_commune_id",
    "origin_province_code",
    f"{_VENDOR}id",
    f"{_VENDOR}slug",
    f"{_VENDOR}name",
    "stockrecords__partner_sku",
    "upc",
    "unit",
    "stockrecords__price",
    "stockrecords__num_in_stock",
    "stockrecords__num_allocated",
    "season_mask",
    "date_created",
    f"{_VENDOR}producer_type",
    "is_chilled",
    "shelf_life_days",
    "product_class__requires_shipping",
)
# The same product gives the same document whenever it is read.
_IN_ORDER = ("pk", "categories__id")


@dataclass(frozen=True, slots=True)
class _Beside:
    """What other tables say about some products."""

    certificates: dict[int, list[tuple[int, str]]]  # stars and number of those that are valid today
    reviews: dict[int, tuple[int, int]]  # how many, and the sum of their scores
    sold: dict[int, int]
    categories: CategoryTree
    at: dt.datetime


_Batch: TypeAlias = tuple[list[_Row], _Beside]


def documents(product_ids: Collection[int], version: int) -> Iterator[Document]:
    """The documents of those of these products that are on sale."""
    rows = on_sale().filter(pk__in=product_ids).order_by(*_IN_ORDER).values_list(*_COLUMNS)
    yield from _documents(_batch([_Row(*row) for row in rows], Q(product_id__in=product_ids)), version)


def every_document(version: int) -> Iterator[Document]:
    """The documents of all products on sale, in order of their ids."""
    # Another connection would not see what a transaction of ours has written.
    is_server = connection.vendor == "postgresql" and not connection.in_atomic_block
    for batch in _ahead(_every_batch()) if is_server else _every_batch():
        yield from _documents(batch, version)


def _every_batch() -> Iterator[_Batch]:
    last = 0
    every = on_sale().order_by(*_IN_ORDER).values_list(*_COLUMNS)
    while rows := [_Row(*row) for row in every.filter(pk__gt=last)[:BATCH]]:
        # By their bounds: a thousand numbers in a statement take longer to write down than to look up.
        yield _batch(rows, Q(product_id__gte=rows[0].id, product_id__lte=rows[-1].id))
        last = rows[-1].id


def _batch(rows: list[_Row], of_these: Q) -> _Batch:
    only: dict[int, _Row] = {}
    for row in rows:
        only.setdefault(row.id, row)  # the first of each product, should it stand in two categories
    return list(only.values()), _beside(of_these)


def _ahead(batches: Iterator[_Batch]) -> Iterator[_Batch]:
    """The same batches; while one is used, the database server is asked for the next one, from a thread."""
    with ThreadPoolExecutor(1, "documents") as reader:
        try:
            waiting = reader.submit(next, batches, None)
            while (batch := waiting.result()) is not None:
                waiting = reader.submit(next, batches, None)
                yield batch
        finally:
            reader.submit(connections.close_all).result()  # those of the thread


def _documents(batch: _Batch, version: int) -> Iterator[Document]:
    rows, beside = batch
    for row in rows:
        yield _document(row, beside, version)


def _document(row: _Row, beside: _Beside, version: int) -> Document:
    certificates = beside.certificates.get(row.id, [])
    reviews, scores = beside.reviews.get(row.id, (0, 0))
    stars = max((each for each, _number in certificates), default=0)
    available = row.stock - row.promised
    node = beside.categories.by_id.get(row.category_id or 0)
    line = beside.categories.line(node) if node else []
    province = known_provinces().by_code(row.province_code)
    title, title_f = _both(row.title)
    kind, kind_f = _both_kept(" ".join(each.name for each in line))
    place = f"{_names_of_communes().get(row.commune_code or '', '')} {province.name if province else ''}"
    in_english = " ".join(each.name_en for each in line)
    parts = [_both_kept(text) for text in (row.vendor_name, place, row.unit, in_english)] + [_both(row.title_en)]
    names, names_f = (" ".join(words) for words in zip(*parts, strict=True))
    body, body_f = _both(f"{row.description} {row.ingredients}")
    age = (beside.at - row.listed_at).total_seconds() / 86_400
    return Document(
        id=row.id,
        version=version,
        vendor_id=row.vendor_id,
        title=title,
        title_f=title_f,
        kind=kind,
        kind_f=kind_f,
        names=names,
        names_f=names_f,
        body=body,
        body_f=body_f,
        codes=_codes(row, certificates),
        category=tuple(each.slug for each in line),
        province=province.slug if province else "",
        place=int(province.code) if province else 0,
        stars=stars,
        vendor=row.vendor,
        month=_months(row.season_mask),
        price=int(row.price or 0),
        available=available,
        rating=scores / reviews if reviews else 0.0,
        producer=PRODUCERS[row.producer_type],
        trait=traits(is_chilled=row.is_chilled, keeps_days=row.keeps_days, is_shipped=row.is_shipped),
        quality=quality(Merits(stars, beside.sold.get(row.id, 0), reviews, scores, age, available)),
    )


def _codes(row: _Row, certificates: list[tuple[int, str]]) -> tuple[str, ...]:
    numbers = (number for _stars, number in certificates)
    return tuple(code.lower() for code in (row.sku, row.gtin, *numbers) if code)


@lru_cache(maxsize=4_096)
def _months(mask: int) -> tuple[str, ...]:
    return tuple(month_value(month) for month in sorted(months_of_mask(mask) or {ALL_YEAR}))


def _both(text: str) -> tuple[str, str]:
    """The words of a text as written and without accents, with blanks between."""
    found = tokens(text)
    return " ".join([each.accented for each in found]), " ".join([each.folded for each in found])


# For names that many products have.
_both_kept = lru_cache(maxsize=8_000)(_both)


def _beside(of_these: Q) -> _Beside:
    certificates: dict[int, list[tuple[int, str]]] = defaultdict(list)
    valid = Certificate.objects.valid_on(today()).filter(of_these)
    for product_id, stars, number in valid.order_by("pk").values_list("product_id", "stars", "number"):
        certificates[product_id].append((stars, number))
    approved = ProductReview.objects.filter(of_these, status=ProductReview.APPROVED).order_by()
    reviews = approved.values_list("product_id").annotate(Count("pk"), Sum("score"))
    recent = VendorOrderLine.objects.filter(of_these, vendor_order__placed_at__gte=now() - SALES_SPAN)
    sold = recent.exclude(vendor_order__state=VendorOrderState.CANCELLED)
    return _Beside(
        certificates,
        {product_id: (times, scores) for product_id, times, scores in reviews},
        dict(sold.order_by().values_list("product_id").annotate(Sum("quantity"))),
        # A name that was kept for a while would be written, and the note of its change forgotten.
        fresh_category_tree(),
        now(),
    )


@kept_for(PLACES_SECONDS)
def _names_of_communes() -> dict[str, str]:
    """By code the name of every commune, and of all that stood there before July 2025: some 3,300 short texts."""
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for commune in Commune.objects.only("name", "kind", "is_remote"):
        names[commune.pk][commune.full_name] = None
        if commune.is_remote:
            names[commune.pk][_ISLAND] = None
    before = FormerCommune.objects.order_by("pk")
    for code, *former in before.values_list("commune_id", "former_commune", "former_district", "former_province__name"):
        for name in former:
            names[code][_bare(name)] = None
    return {code: " ".join(found) for code, found in names.items()}


def _bare(name: str) -> str:
    for designation in _DESIGNATIONS:
        name = name.removeprefix(designation)
    return name


def counted() -> int:
    """How many products are on sale."""
    return on_sale().values("pk").distinct().count()
