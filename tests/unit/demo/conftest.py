"""The demo catalogue as goods to draw, read once."""

import csv
from pathlib import Path

import pytest

from apps.demo.pictures import Goods
from apps.demo.pictures.catalogue import read_goods

PROVINCES = Path("apps/places/data/provinces.csv")


@pytest.fixture(scope="session")
def goods() -> list[Goods]:
    with PROVINCES.open(encoding="utf-8", newline="") as lines:
        names = {row["code"]: row["name"] for row in csv.DictReader(lines)}
    return read_goods(names)


@pytest.fixture(scope="session")
def by_sku(goods: list[Goods]) -> dict[str, Goods]:
    return {one.sku: one for one in goods}
