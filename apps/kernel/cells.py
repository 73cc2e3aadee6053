"""Cells of tables that people open in a spreadsheet: text that begins like a formula must stay text."""

import csv
import io
from collections.abc import Iterable

# OWASP, CSV injection; with the full-width forms that some programs take for the same signs.
_FORMULA = tuple("=+-@\t\r＝＋－＠")


def safe_cell(value: object) -> object:
    """The value; words that a spreadsheet would take for a formula get an apostrophe before them."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """The rows as CSV, each cell safe."""
    target = io.StringIO()
    csv.writer(target).writerows([safe_cell(value) for value in row] for row in rows)
    return target.getvalue()
