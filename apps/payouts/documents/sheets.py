"""Tables as XLSX and CSV; what people read in them is in the present language."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from apps.kernel.cells import csv_text, safe_cell
from apps.payouts.statements.lines import Line, Piece
from apps.payouts.statements.periods import Statement
from apps.payouts.taxes import Tax, together
from apps.vendors.models import Vendor

_DONG = "#,##0"
_WIDTHS = {str: 24, int: 15}

Cells = Sequence[object]


def statement_xlsx(statement: Statement) -> bytes:
    """One row per line with a column for each thing that it consists of, between the two balances."""
    pieces = [piece for piece in Piece if piece in statement.pieces]
    head = [_("Date"), _("What happened"), _("Number"), _("Amount"), *(str(piece.label) for piece in pieces)]
    rows: list[Cells] = [("", _("Balance before"), "", statement.opening)] if statement.opening else []
    rows += [_line(line, pieces) for line in statement.lines]
    sums = [statement.pieces[piece] for piece in pieces]
    rows.append(("", _("Together"), "", statement.closing, *sums))
    title = f"{statement.vendor.name} · {statement.title}"
    return _workbook(title, head, rows)


def taxes_xlsx(title: str, taxes: Sequence[tuple[Vendor, Tax]]) -> bytes:
    """The month's table for the tax office."""
    head, *rows = _tax_rows(taxes)
    return _workbook(title, head, rows)


def taxes_csv(taxes: Sequence[tuple[Vendor, Tax]]) -> str:
    """The same as CSV; the mark at its beginning tells Excel that it is UTF-8."""
    return "\ufeff" + csv_text(_tax_rows(taxes))


def _line(line: Line, pieces: Iterable[Piece]) -> Cells:
    at = localtime(line.at).strftime("%d/%m/%Y %H:%M")
    return (at, str(line.words), line.number, line.amount, *(line.pieces.get(piece, 0) for piece in pieces))


def _tax_rows(taxes: Sequence[tuple[Vendor, Tax]]) -> list[Cells]:
    head = (
        _("Vendor"), _("Tax code"), _("Producer type"), _("Address"), _("Revenue"), _("Returned"),
        _("VAT withheld"), _("VAT offset by returns"), _("VAT to hand over"),
        _("Income tax withheld"), _("Income tax offset by returns"), _("Income tax to hand over"),
    )  # fmt: skip
    rows: list[Cells] = [head]
    for vendor, tax in taxes:
        address = ", ".join(filter(None, (vendor.street, vendor.commune.full_name, vendor.commune.province.full_name)))
        rows.append((vendor.name, vendor.tax_code, vendor.get_producer_type_display(), address, *_tax_cells(tax)))
    rows.append((_("Together"), "", "", "", *_tax_cells(together(tax for _vendor, tax in taxes))))
    return rows


def _tax_cells(tax: Tax) -> tuple[int, ...]:
    vat, pit = (tax.vat, tax.vat_back, tax.net_vat), (tax.pit, tax.pit_back, tax.net_pit)
    return (tax.revenue, tax.returned, *vat, *pit)


def _workbook(title: str, head: Cells, rows: Sequence[Cells]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        bold, words, dong = book.add_format({"bold": True}), book.add_format(), book.add_format({"num_format": _DONG})
        wrapped = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        sheet.write_string(0, 0, str(safe_cell(title)), bold)
        for column, name in enumerate(head):
            sheet.write_string(2, column, str(name), wrapped)
            kinds = {type(row[column]) for row in rows if column < len(row)}
            sheet.set_column(column, column, _WIDTHS[int if kinds == {int} else str])
        for place, row in enumerate(rows, 3):
            for column, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(place, column, value, dong)
                else:
                    sheet.write_string(place, column, str(safe_cell(value)), words)
        sheet.freeze_panes(3, 0)
    return target.getvalue()
