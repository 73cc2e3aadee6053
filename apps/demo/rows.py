"""The demo's tables of goods and vendors, read from `data/`; names of vendors are invented and end in "(mẫu)"."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class VendorRow:
    """One vendor of the demo."""

    code: str
    name: str
    producer_type: str
    commune_code: str
    province_code: str


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """One product of the demo; weight with packaging in grams, price in dong, no months means all year."""

    sku: str
    title: str
    title_en: str
    vendor_code: str
    category: str
    province_code: str
    commune_code: str
    stars: int
    unit: str
    weight_g: int
    price_amount: int
    months: frozenset[int]
    description: str
    keep: str
    shelf_days: int | None
    allergens: str
    ingredients: str


@cache
def vendor_rows() -> tuple[VendorRow, ...]:
    """The vendors in the order of their codes."""
    return tuple(
        VendorRow(row["vendor_id"], row["name"], row["producer_type"], row["commune_code"], row["province_code"])
        for row in _read("demo_vendors.csv")
    )


@cache
def goods_rows() -> tuple[GoodsRow, ...]:
    """The goods in the order of their codes, with what stands on their labels."""
    labels = {row["sku"]: row for row in _read("demo_labels.csv", delimiter="|")}
    return tuple(_goods(row, labels[row["sku"]]) for row in _read("demo_products.csv"))


def dice(*what: object) -> Random:
    """Chance that falls the same way every time for the same words."""
    return Random("/".join(str(part) for part in what))


def _goods(row: dict[str, str], label: dict[str, str]) -> GoodsRow:
    return GoodsRow(
        sku=row["sku"],
        title=row["title"],
        title_en=label["title_en"],
        vendor_code=row["vendor_id"],
        category=row["category"],
        province_code=row["province_code"],
        commune_code=row["commune_code"],
        stars=int(row["stars"]),
        unit=row["unit"],
        weight_g=int(row["weight_g"]),
        price_amount=int(row["price_vnd"]),
        months=frozenset(int(month) for month in row["season_months"].split(";") if month),
        description=row["description"],
        keep=label["keep"],
        shelf_days=int(label["days"]) if label["days"] else None,
        allergens=label["allergens"],
        ingredients=label["ingredients"],
    )


def _read(name: str, delimiter: str = ",") -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter=delimiter)
