"""The rows of the demo catalogue as goods to draw, and the orders in which shoppers see them side by side."""

import csv
from collections.abc import Iterator, Mapping
from itertools import groupby, pairwise
from pathlib import Path

from apps.demo.pictures.subject import Goods

DATA = Path(__file__).parent.parent / "data"


def read_goods(province_names: Mapping[str, str], path: Path = DATA / "demo_products.csv") -> list[Goods]:
    """Goods of the demo in the order of the file; `province_names` by two-digit code."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Goods(
                sku=row["sku"],
                title=row["title"],
                category=row["category"],
                unit=row["unit"],
                province_code=row["province_code"],
                province_name=province_names[row["province_code"]],
            )
            for row in csv.DictReader(lines)
        ]


def neighbours(goods: list[Goods]) -> Iterator[tuple[Goods, Goods]]:
    """Pairs that stand side by side in the whole catalogue, in one category and in one province."""
    yield from pairwise(goods)
    for key in (lambda one: one.category, lambda one: one.province_code):
        for _, group in groupby(sorted(goods, key=key), key=key):
            yield from pairwise(group)
