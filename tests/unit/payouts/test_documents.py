"""Files of a statement: every figure is in them, in Vietnamese letters, and nothing runs as a formula."""

import datetime as dt
import io
import zipfile
from xml.etree import ElementTree

import pytest
from django.utils import translation
from pypdf import PdfReader

from apps.kernel.cells import csv_text, safe_cell
from apps.payouts.documents.pdf import statement_pdf
from apps.payouts.documents.sheets import statement_xlsx
from apps.payouts.models import Payout
from apps.payouts.statements.lines import Line, Piece
from apps.payouts.statements.periods import Statement
from apps.vendors.models import Vendor

AT = dt.datetime(2026, 11, 30, 18, tzinfo=dt.UTC)
SOLD = {Piece.GOODS: 1_250_000, Piece.TAX_VAT: -12_500, Piece.TAX_PIT: -6_250}
VENDOR = Vendor(name="=Hộ Nguyễn Thị Ước <Thuỷ>", tax_code="5799900019")


def statement(lines: int = 1, **fields: object) -> Statement:
    rows = [Line(place, AT, "released", f"K{place:07d}", 1_231_250, SOLD) for place in range(1, lines + 1)]
    rows.append(Line(0, AT, "refund_claimed", "K0000001", -31_250, {Piece.REFUND: -31_250}))
    return Statement(VENDOR, "Chi trả CT000012", rows, 0, **fields)  # type: ignore[arg-type]


def read_pdf(data: bytes) -> tuple[int, str]:
    reader = PdfReader(io.BytesIO(data))
    text = "\n".join(page.extract_text() for page in reader.pages)
    return len(reader.pages), text.replace("\u00a0", " ")


def cells(data: bytes) -> list[str]:
    """All texts of a workbook, and its numbers in the order of its cells."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
    assert "<f>" not in sheet
    numbers = [cell for cell in ElementTree.fromstring(sheet).iter() if cell.tag.endswith("}c") and not cell.get("t")]
    return [text for text in strings.itertext() if text.strip()] + [str(cell[0].text) for cell in numbers]


def test_the_pdf_says_it_all_in_vietnamese_letters() -> None:
    payout = Payout(pk=12, bank_bin="970405", account_number="1500205123456", account_holder="NGUYEN THI UOC")
    pages, text = read_pdf(statement_pdf(statement(payout=payout)))
    wanted = [
        "Hộ Nguyễn Thị Ước <Thuỷ>",
        "5799900019",
        "Agribank 1500205123456",
        "1.200.000 ₫",
        "-12.500 ₫",
        "01/12/2026",
    ]
    assert (pages, [word for word in wanted if word not in text]) == (1, [])


def test_a_long_statement_has_pages_with_their_numbers() -> None:
    data = statement_pdf(statement(lines=120))
    pages, text = read_pdf(data)
    last = PdfReader(io.BytesIO(data)).pages[-1].extract_text()
    assert (pages > 3, "K0000120" in text, str(pages) in last.split("\n")) == (True, True, True)


def test_the_sheet_has_a_column_for_every_piece_and_sums() -> None:
    with translation.override("en"):
        found = cells(statement_xlsx(statement()))
        names = [str(piece.label) for piece in (Piece.GOODS, Piece.TAX_VAT, Piece.TAX_PIT, Piece.REFUND)]
    assert [name for name in (*names, "'=Hộ Nguyễn Thị Ước <Thuỷ> · Chi trả CT000012") if name not in found] == []
    assert found[-5:] == ["1200000", "1250000", "-12500", "-6250", "-31250"]


def test_the_balance_before_a_month_is_in_the_sheet() -> None:
    month = Statement(VENDOR, "11/2026", [], 70_000)
    assert cells(statement_xlsx(month))[-2:] == ["70000", "70000"]


@pytest.mark.parametrize("text", ["=1+1", "+84", "-1", "@SUM(A1)", "\tx", "\rx", "＝1", "＋1", "－1", "＠x"])
def test_words_are_never_formulas(text: str) -> None:
    assert (safe_cell(text), safe_cell(f"a{text}"), safe_cell(-1)) == (f"'{text}", f"a{text}", -1)
    assert csv_text([["a", "=b"]]) == "a,'=b\r\n"
