"""Seal, guilloche and season strip."""

from xml.etree import ElementTree

import pytest
from django.utils.translation import override

from apps.storefront.ornaments import SealWords, guilloche, seal, season_strip

SVG = "{http://www.w3.org/2000/svg}"


def _classes(strip: str) -> list[str]:
    return [cell.get("class", "") for cell in ElementTree.fromstring(strip)]  # noqa: S314


def _parsed(mark: str) -> ElementTree.Element:
    return ElementTree.fromstring(mark.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))  # noqa: S314


def test_season_strip_marks_months_and_now() -> None:
    assert _classes(season_strip({11, 12}, 11)) == [""] * 10 + ["on now", "on"]


def test_season_strip_of_the_whole_year() -> None:
    assert _classes(season_strip([], 1)) == ["all now"] + ["all"] * 11


@pytest.mark.parametrize("stars", [3, 4, 5])
def test_seal_draws_its_stars(stars: int) -> None:
    with override("en"):
        root = _parsed(seal(stars, "2864/QĐ-UBND", uid="s"))
    drawn = [path for path in root.iter(f"{SVG}path") if "scale(.74)" in path.get("transform", "")]
    assert len(drawn) == stars
    assert root.get("aria-label") == f"Seal: OCOP {stars} STARS, 2864/QĐ-UBND"
    assert root.get("role") == "img"


def test_seal_has_eighty_teeth_and_leans() -> None:
    root = _parsed(seal(5, "1", uid="s", tilt=8))
    assert len(list(root.iter(f"{SVG}circle"))) == 80
    assert root.find(f"{SVG}g").get("transform") == "rotate(8 100 100)"


def test_seal_for_a_verdict_has_a_mark_and_no_stars() -> None:
    words = SealWords(top="TEM TRUY XUẤT", bottom="ĐÃ ĐỐI CHIẾU", title="HÀNG THẬT", subtitle="LÔ 12")
    root = _parsed(seal(0, "SV-1", uid="v", colour="#1f6640", words=words, mark="check"))
    texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert texts == ["TEM TRUY XUẤT", "ĐÃ ĐỐI CHIẾU", "HÀNG THẬT", "LÔ 12", "SV-1"]
    assert "M80 72l13 13 27-27" in [path.get("d") for path in root.iter(f"{SVG}path")]


def test_seal_escapes_what_it_is_given() -> None:
    mark = seal(4, '"><script>', uid="s")
    assert "<script>" not in mark
    assert "&lt;script&gt;" in mark


def test_ids_of_two_seals_differ() -> None:
    ids = [{part.get("id") for part in _parsed(seal(4, "1", uid=uid)).iter()} - {None} for uid in "ab"]
    assert ids == [{"ar", "aa", "ab"}, {"br", "ba", "bb"}]


def test_guilloche_is_a_plain_document_of_32_lines() -> None:
    root = ElementTree.fromstring(guilloche())  # noqa: S314
    assert [child.tag for child in root] == [f"{SVG}path"] * 32
    assert root.get("viewBox") == "0 0 900 380"
