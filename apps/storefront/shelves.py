"""Where the goods on sale belong: counts, and ids to choose from; kept for a minute, so never prices or stock."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When

from apps.kernel.clock import today
from apps.kernel.memo import kept_for
from apps.kernel.seasons import months_of_mask
from apps.provenance.models import Certificate
from apps.shop.catalogue.selectors import category_tree, on_sale

T = TypeVar("T")
SECONDS = 60
IN_SEASON = 10
OF_PROVINCE = 3
OF_VENDOR = 3
NEAR = 6  # what a page shows, and itself
_VENDOR = "stockrecords__partner__vendor__id"


class _Group(NamedTuple):
    """Goods that belong to the same places; a product has one category and one vendor."""

    province_code: str
    category_id: int | None
    season_mask: int
    vendor_id: int
    goods: int
    certified: int  # today


@dataclass(frozen=True, slots=True)
class Certified:
    """How many goods have a certificate that is valid today, and of how many vendors."""

    goods: int
    vendors: int


@kept_for(SECONDS)
def _groups() -> list[_Group]:
    """All goods on sale, counted by where they belong; one query."""
    rows = on_sale().order_by().values_list("origin_province_code", "categories", "season_mask", _VENDOR)
    valid = Exists(Certificate.objects.valid_on(today()).filter(product=OuterRef("pk")))
    return [_Group(*row) for row in rows.annotate(goods=Count("pk"), certified=Count("pk", filter=valid))]


@kept_for(SECONDS)
def by_province() -> Counter[str]:
    """Goods per province code."""
    return _summed((group.province_code, group.goods) for group in _groups())


@kept_for(SECONDS)
def by_vendor() -> Counter[int]:
    """Goods per vendor id."""
    return _summed((group.vendor_id, group.goods) for group in _groups())


@kept_for(SECONDS)
def by_category() -> Counter[int]:
    """Goods per category, those of its subcategories included."""
    tree = category_tree()
    direct = _summed((tree.by_id.get(group.category_id or 0), group.goods) for group in _groups())
    return _summed((above.id, goods) for node, goods in direct.items() if node for above in tree.line(node))


@kept_for(SECONDS)
def by_month() -> Counter[int]:
    """Goods with a season per month of harvest."""
    by_mask = _summed((group.season_mask, group.goods) for group in _groups())
    return _summed((month, goods) for mask, goods in by_mask.items() for month in months_of_mask(mask))


@kept_for(SECONDS)
def certified() -> Certified:
    """Goods whose certificate is valid today, and their vendors."""
    found = [group for group in _groups() if group.certified]
    return Certified(sum(group.certified for group in found), len({group.vendor_id for group in found}))


@kept_for(SECONDS)
def ripe_and_local(month: int, province_code: str) -> tuple[list[int], list[int]]:
    """Some goods harvested in a month, short seasons first, and some of a province; each in turn by category."""
    months = {mask: months_of_mask(mask) for mask in {group.season_mask for group in _groups()}}
    masks = [mask for mask, harvested in months.items() if month in harvested]
    columns = ("pk", "categories", "season_mask", "origin_province_code")
    wanted = Q(season_mask__in=masks) | Q(origin_province_code=province_code)
    rows = list(on_sale().filter(wanted).order_by("pk").values_list(*columns))
    ripe = sorted((row for row in rows if month in months[row[2]]), key=lambda row: len(months[row[2]]))
    local = [row for row in rows if row[3] == province_code]
    return _in_turn(ripe, IN_SEASON), _in_turn(local, OF_PROVINCE)


@kept_for(SECONDS)
def of_vendors(vendor_ids: tuple[int, ...]) -> dict[int, list[int]]:
    """Some goods of each of these vendors."""
    rows = on_sale().filter(stockrecords__partner__vendor__in=vendor_ids).order_by("pk").values_list(_VENDOR, "pk")
    found: dict[int, list[int]] = {vendor_id: [] for vendor_id in vendor_ids}
    for vendor_id, product_id in rows:
        found[vendor_id].append(product_id)
    return {vendor_id: product_ids[:OF_VENDOR] for vendor_id, product_ids in found.items()}


@kept_for(SECONDS)
def near(province_code: str, category_id: int | None) -> list[int]:
    """Goods of a province, those of a category first, then that category elsewhere."""
    here, alike = Q(origin_province_code=province_code), Q(categories=category_id)
    distance = Case(When(here & alike, then=Value(0)), When(here, then=Value(1)), default=Value(2))
    found = on_sale().filter(here | alike).annotate(distance=distance).order_by("distance", "pk")
    return list(dict.fromkeys(found.values_list("pk", flat=True)[:NEAR]))


def _summed(pairs: Iterable[tuple[T, int]]) -> Counter[T]:
    total: Counter[T] = Counter()
    for key, count in pairs:
        total[key] += count
    return total


def _in_turn(rows: Iterable[tuple[Any, ...]], most: int) -> list[int]:
    """The first of each category, then the second of each: no two alike; rows of (product, category, ...)."""
    seen: Counter[int | None] = Counter()
    turns = []
    for place, (product_id, category_id, *_rest) in enumerate(rows):
        turns.append((seen[category_id], place, product_id))
        seen[category_id] += 1
    return [product_id for _turn, _place, product_id in sorted(turns)[:most]]
