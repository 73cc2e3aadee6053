"""Reading a place as somebody writes it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.places.names import Reading, lookup_key, name_of, parts_of_address, readings


@pytest.mark.parametrize(
    ("text", "designation", "name"),
    [
        ("Phường Hồng Gai", "phường", "hong gai"),
        ("PHƯỜNG HỒNG GAI", "phường", "hong gai"),
        ("xã Hoà An", "xã", "hoa an"),
        ("Thị Trấn Cờ Đỏ", "thị trấn", "co do"),
        ("Thị xã Đông Triều", "thị xã", "dong trieu"),
        ("TP. Hạ Long", "thành phố", "ha long"),
        ("tp Hạ Long", "thành phố", "ha long"),
        ("TP.HCM", "thành phố", "hcm"),
        ("T. Quảng Ninh", "tỉnh", "quang ninh"),
        ("P.05", "phường", "5"),
        ("Q3", "quận", "3"),
        ("Xã Xà Phiên", "xã", "xa phien"),
        ("Xà Phiên", None, "xa phien"),
        ("Hà Tĩnh", None, "ha tinh"),
        ("Phương Đông", None, "phuong dong"),
        ("Tân Hương", None, "tan huong"),
        ("Bà Rịa - Vũng Tàu", None, "ba ria vung tau"),
        ("Ea H'leo", None, "ea h leo"),
    ],
)
def test_a_name_has_one_reading(text: str, designation: str | None, name: str) -> None:
    for form in (text, unicodedata.normalize("NFD", text)):
        assert [(reading.designation, reading.name) for reading in readings(form)] == [(designation, name)]


def test_without_accents_a_designation_may_be_part_of_the_name() -> None:
    assert readings("quan lan") == (Reading("quận", "lan", "lan"), Reading(None, "quan lan", "quan lan"))
    assert readings("Quan Lạn") == (Reading("quận", "lan", "lạn"), Reading(None, "quan lan", "quan lạn"))


def test_a_bare_number_is_no_commune() -> None:
    lowest = frozenset({"phường"})
    assert [readings(text)[0].may_be(lowest) for text in ("12", "P.12", "Hồng Gai", "Quận 12")] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("text", ["Tỉnh Quảng Ninh", "tinh quang ninh", "QUẢNG NINH", " quảng  ninh. ", "quảng-ninh"])
def test_the_lookup_key_minds_neither_prefix_nor_accents(text: str) -> None:
    assert lookup_key(text) == "quangninh"


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("Số 12, phường Bạch Đằng, TP Hạ Long", ["Số 12", "phường Bạch Đằng", "TP Hạ Long"]),
        ("phường Bạch Đằng TP Hạ Long tỉnh Quảng Ninh", ["phường Bạch Đằng", "TP Hạ Long", "tỉnh Quảng Ninh"]),
        ("P.5 Q.3 TP.HCM", ["P.5", "Q.3", "TP.HCM"]),
        ("5 Trần Phú P5 Q3", ["5 Trần Phú", "P5", "Q3"]),
        ("phường Mạo Khê thị xã Đông Triều", ["phường Mạo Khê", "thị xã Đông Triều"]),
        ("xa Quan Lan huyen Van Don tinh Quang Ninh", ["xa Quan Lan", "huyen Van Don", "tinh Quang Ninh"]),
        ("Hồng Gai - Hạ Long\nQuảng Ninh;", ["Hồng Gai", "Hạ Long", "Quảng Ninh"]),
        ("", []),
    ],
)
def test_an_address_falls_into_its_parts(address: str, parts: list[str]) -> None:
    assert parts_of_address(address) == parts


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert len(readings(text)) in (1, 2)
    assert name_of(name_of(text)) == name_of(text)
    assert [part for part in parts_of_address(text) if not part] == []
