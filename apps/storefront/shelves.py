"""Where the goods on sale belong: for counts and for choosing what to show, never for prices or stock."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from apps.kernel.clock import today
from apps.kernel.memo import kept_for
from apps.kernel.seasons import months_of_mask
from apps.provenance.models import Certificate
from apps.shop.catalogue.selectors import category_tree, on_sale

SECONDS = 60


class Shelf(NamedTuple):
    """Where one product on sale belongs."""

    product_id: int
    category_id: int | None
    province_code: str
    season_mask: int
    vendor_id: int
    certified: bool  # today


@dataclass(frozen=True)
class Shelves:
    """All goods on sale, the newest first."""

    rows: tuple[Shelf, ...]

    @cached_property
    def by_province(self) -> Counter[str]:
        """Goods per province code."""
        return Counter(row.province_code for row in self.rows)

    @cached_property
    def by_category(self) -> Counter[int]:
        """Goods per category, those of its subcategories included."""
        tree = category_tree()
        nodes = (tree.by_id.get(row.category_id or 0) for row in self.rows)
        return Counter(above.id for node in nodes if node for above in tree.line(node))

    @cached_property
    def by_month(self) -> Counter[int]:
        """Goods with a season per month of harvest."""
        return Counter(month for row in self.rows for month in months_of_mask(row.season_mask))

    @cached_property
    def by_vendor(self) -> Counter[int]:
        """Goods per vendor id."""
        return Counter(row.vendor_id for row in self.rows)

    @cached_property
    def certified(self) -> list[Shelf]:
        """Goods whose certificate is valid today."""
        return [row for row in self.rows if row.certified]

    def in_season(self, month: int, most: int) -> list[int]:
        """Goods harvested in a month: short seasons first, one category after the other, so that no two are alike."""
        ripe = [row for row in self.rows if month in months_of_mask(row.season_mask)]
        ripe.sort(key=lambda row: (len(months_of_mask(row.season_mask)), row.product_id))
        return _in_turn(ripe, most)

    def of_province(self, code: str, most: int) -> list[int]:
        """Some goods of a province, one category after the other."""
        return _in_turn([row for row in reversed(self.rows) if row.province_code == code], most)

    def of_vendor(self, vendor_id: int, most: int) -> list[int]:
        """Some goods of a vendor."""
        return [row.product_id for row in reversed(self.rows) if row.vendor_id == vendor_id][:most]


@kept_for(SECONDS)
def shelves() -> Shelves:
    """Where the goods on sale belong; one query, kept for a minute."""
    columns = ("id", "categories__id", "origin_province_code", "season_mask", "stockrecords__partner__vendor__id")
    valid = Exists(Certificate.objects.valid_on(today()).filter(product=OuterRef("pk")))
    rows = on_sale().order_by("-id").annotate(certified=valid).values_list(*columns, "certified")
    return Shelves(tuple({row[0]: Shelf(*row) for row in rows}.values()))


def _in_turn(rows: list[Shelf], most: int) -> list[int]:
    """The first of each category, then the second of each, up to `most`."""
    seen: Counter[int | None] = Counter()
    turns = []
    for place, row in enumerate(rows):
        turns.append((seen[row.category_id], place, row.product_id))
        seen[row.category_id] += 1
    return [product_id for _, _, product_id in sorted(turns)[:most]]
