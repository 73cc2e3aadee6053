"""Finds columns of a table by the words in its head, and reads amounts and moments as banks and carriers write them."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Final

from apps.kernel.clock import VIETNAM
from apps.kernel.vietnamese import fold
from apps.payments.sheets import Row

# Banks put their own and the account's name above the table.
HEAD_WITHIN: Final = 40
_MOST_AMOUNT: Final = 10**13
_DAYS: Final = ("%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d.%m.%Y", "%d/%m/%y")
_TIMES: Final = ("", " %H:%M:%S", " %H:%M", "T%H:%M:%S", "T%H:%M:%S%z", " %H:%M:%S.%f")
# Dots or commas between three digits each; the dong has no fraction, but some exports write one of zeros.
_GROUPED: Final = re.compile(r"[+]?(?P<whole>\d{1,3}(?:([.,\u00a0 ])\d{3})(?:\2\d{3})*|\d+)(?:[.,]0{1,2})?", re.ASCII)

Names = Mapping[str, Sequence[str]]


def find_head(rows: Sequence[Row], names: Names, needed: Sequence[str]) -> tuple[int, dict[str, int]] | None:
    """Where the head is among the first rows, and which column each name stands for; None without all of `needed`."""
    for place, row in enumerate(islice(rows, HEAD_WITHIN)):
        head = [fold(str(cell or "")) for cell in row.cells]
        found = {name: column for name, words in names.items() if (column := _column(head, words)) is not None}
        if all(name in found for name in needed):
            return place, found
    return None


def _column(head: Sequence[str], words: Sequence[str]) -> int | None:
    """The column whose head is, or begins with, the first of these words that any does."""
    for word in words:
        for column, cell in enumerate(head):
            if cell == word or re.match(rf"{re.escape(word)}\b", cell):
                return column
    return None


def cell_of(row: Row, column: int | None) -> object:
    """The cell of a row, or None when the row is too short or the table has no such column."""
    return row.cells[column] if column is not None and column < len(row.cells) else None


def text_of(cell: object) -> str:
    """A cell as text; a number without a fraction as whole digits."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str("" if cell is None else cell).split())


def amount_of(cell: object) -> int | None:
    """Whole dong, not below zero, of a number or of text such as `1.250.000 ₫`; None when it is none."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float | Decimal):
        return _whole(cell)
    text = re.sub(r"\s*(?:₫|đ|VND|VNĐ|dong)\s*$", "", text_of(cell), flags=re.IGNORECASE)
    found = _GROUPED.fullmatch(text)
    if found is None:
        return None
    return _whole(int(re.sub(r"\D", "", found["whole"])))


def moment_of(cell: object) -> dt.datetime | None:
    """A moment in Vietnamese time, of a date or of text such as `23/11/2026 14:05`; None when it is none."""
    if isinstance(cell, dt.datetime):
        return cell if cell.tzinfo else cell.replace(tzinfo=VIETNAM)
    if isinstance(cell, dt.date):
        return dt.datetime.combine(cell, dt.time(), VIETNAM)
    text = text_of(cell)
    for form in (day + time for day in _DAYS for time in _TIMES):
        try:
            found = dt.datetime.strptime(text, form)  # noqa: DTZ007 (made aware below)
        except ValueError:
            continue
        return found if found.tzinfo else found.replace(tzinfo=VIETNAM)
    return None


def _whole(number: float | Decimal) -> int | None:
    try:
        exact = Decimal(number)
    except (InvalidOperation, ValueError):
        return None
    good = exact.is_finite() and exact == exact.to_integral_value() and 0 <= exact < _MOST_AMOUNT
    return int(exact) if good else None
