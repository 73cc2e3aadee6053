"""Tones and labels of the map."""

import csv
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from apps.storefront.map import country_map, tone_steps


@dataclass(frozen=True)
class _Province:
    code: str
    name: str


def _provinces() -> list[_Province]:
    path = Path(settings.BASE_DIR) / "apps" / "places" / "data" / "provinces.csv"
    with path.open(encoding="utf-8", newline="") as rows:
        return [_Province(row["code"], row["name"]) for row in csv.DictReader(rows)]


def test_steps_share_the_provinces_evenly_and_leave_no_gap() -> None:
    assert tone_steps([1, 2, 3, 4, 5, 6, 7, 8]) == [(1, 3), (4, 5), (6, 7), (8, 8)]


def test_equal_counts_make_one_step() -> None:
    assert tone_steps([4, 4, 4, 0]) == [(4, 4)]


def test_without_goods_there_are_no_steps() -> None:
    assert tone_steps([0, 0]) == []


def test_every_province_is_drawn_and_linked() -> None:
    drawn = country_map(_provinces(), {"22": 50, "01": 9}, lambda place: f"/tinh/{place.code}/", current="22")
    assert sorted(area.code for area in drawn.areas) == sorted(place.code for place in _provinces())
    assert {area.url for area in drawn.areas if area.code == "22"} == {"/tinh/22/"}
    assert [area.name for area in drawn.areas if area.tone is None] == [
        place.name for place in _provinces() if place.code not in {"22", "01"}
    ]
    assert drawn.flag is not None
    assert drawn.flag.area.name == "Quảng Ninh"


def test_all_34_shapes_differ() -> None:
    paths = {area.path for area in country_map(_provinces(), {}, lambda place: "/").areas}
    assert len(paths) == 34
