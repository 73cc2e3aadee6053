"""Uploaded tables: read as they stand, within limits, and refused in words."""

import datetime as dt
import zipfile
from collections.abc import Iterator

import pytest
from django.utils import translation

from apps.payments.columns import amount_of, moment_of, text_of
from apps.payments.sheets import MOST_ROWS, BadSheet, Row, read
from tests.factories.sheets import archive, csv_of, without, xlsx_of


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


ROWS = [("Số", "Tiền"), ("A1", "5.000"), ("", ""), ("A2", "7.000")]
READ = [Row(1, ["Số", "Tiền"]), Row(2, ["A1", "5.000"]), Row(4, ["A2", "7.000"])]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_in_any_usual_form(separator: str, encoding: str) -> None:
    text = csv_of(*ROWS, separator=separator).decode("utf-8-sig")
    assert read(text.encode(encoding)) == READ


def test_a_workbook_keeps_its_numbers_and_days() -> None:
    day = dt.datetime(2026, 11, 30, 9, 5)
    rows = read(xlsx_of(("Số", "Tiền", "Ngày"), (), ("A1", 5_000, day)))
    assert [(row.number, list(row.cells)) for row in rows] == [(1, ["Số", "Tiền", "Ngày"]), (3, ["A1", 5_000, day])]


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
BOOK = xlsx_of(("A", "B"))
BAD = {
    "empty": b"",
    "only blanks": b"\n\n ; \n",
    "picture": b"\xff\xd8\xff\xe0" + bytes(range(256)),
    "other encoding": "Số tham chiếu".encode("utf-16-le"),
    "nul": b"a;b\0;c",
    "cut short": BOOK[: len(BOOK) // 2],
    "no archive": b"PK\x03\x04" + b"0" * 200,
    "other archive": archive(),
    "no sheet": without(BOOK, "xl/worksheets/sheet1.xml"),
    "broken sheet": without(BOOK, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>"),
    "entities": without(BOOK, "xl/worksheets/sheet1.xml", ENTITIES),
    "entities in the book": without(BOOK, "xl/workbook.xml", ENTITIES),
    "many members": archive(1_001),
    "bomb": archive(1, 30_000_000),
    "long field": b'"' + b"x" * 200_000,
    "more than 10 MB": b"x" * 10_000_001,
    "too many rows": b"a\n" * (MOST_ROWS + 1),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_table_is_refused_in_words(name: str) -> None:
    with pytest.raises(BadSheet) as refusal:
        read(BAD[name])
    assert len(str(refusal.value)) > 20


def test_a_workbook_of_too_many_rows_is_refused() -> None:
    with pytest.raises(BadSheet) as refusal:
        read(xlsx_of(*[("a",)] * (MOST_ROWS + 1)))
    assert "20,000" in str(refusal.value)


def test_a_row_at_the_end_of_a_sheet_does_not_fill_the_memory() -> None:
    far = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData>'
    row = b'<row r="%d"><c r="XFD%d" t="inlineStr"><is><t>x</t></is></c></row>'
    sheet = far % (row % (1, 1) + row % (1_048_576, 1_048_576)) + b"</worksheet>"
    with pytest.raises(BadSheet):
        read(without(BOOK, "xl/worksheets/sheet1.xml", sheet))


def test_the_bomb_is_one() -> None:
    assert len(BAD["bomb"]) * 100 < 30_000_000
    assert zipfile.is_zipfile(__import__("io").BytesIO(BAD["bomb"]))


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (1_250_000, 1_250_000),
        (1_250_000.0, 1_250_000),
        ("1.250.000", 1_250_000),
        ("1,250,000", 1_250_000),
        ("1 250 000", 1_250_000),
        ("+1.250.000 ₫", 1_250_000),
        ("1,250,000.00 VND", 1_250_000),
        ("1250000", 1_250_000),
        ("1250000,0", 1_250_000),
        ("500", 500),
        ("500 đ", 500),
        (0, 0),
        ("", None),
        (None, None),
        (True, None),
        (0.5, None),
        (float("nan"), None),
        (float("inf"), None),
        (-5, None),
        ("-5.000", None),
        ("1.25", None),
        ("1.250,000", None),
        ("12.50.000", None),
        ("95k", None),
        ("9" * 14, None),
        (10**13, None),
        ("1e5", None),
        ("٣", None),
    ],
)
def test_amounts_are_whole_dong_or_none(cell: object, amount: int | None) -> None:
    assert amount_of(cell) == amount


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("30/11/2026", "2026-11-30T00:00:00+07:00"),
        ("30/11/2026 14:05", "2026-11-30T14:05:00+07:00"),
        ("30-11-2026 14:05:09", "2026-11-30T14:05:09+07:00"),
        ("2026-11-30", "2026-11-30T00:00:00+07:00"),
        ("2026-11-30T14:05:00+00:00", "2026-11-30T14:05:00+00:00"),
        ("30.11.2026", "2026-11-30T00:00:00+07:00"),
        (dt.datetime(2026, 11, 30, 9, 5), "2026-11-30T09:05:00+07:00"),
        (dt.date(2026, 11, 30), "2026-11-30T00:00:00+07:00"),
    ],
)
def test_moments_are_those_of_vietnam(cell: object, said: str) -> None:
    moment = moment_of(cell)
    assert moment is not None
    assert moment.isoformat() == said


@pytest.mark.parametrize("cell", ["", None, "hôm qua", "31/02/2026", "30/11", 45_000, "2026"])
def test_what_is_no_day_is_none(cell: object) -> None:
    assert moment_of(cell) is None


def test_a_number_is_text_without_a_fraction() -> None:
    assert [text_of(cell) for cell in (12.0, 12, " a\n b ", None)] == ["12", "12", "a b", ""]
