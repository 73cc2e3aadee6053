"""Tables that people upload, CSV or XLSX, read within limits: the rows as they stand, each with its number."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from apps.kernel.errors import DomainError

MEGABYTE: Final = 1_000_000
MOST_BYTES: Final = 10 * MEGABYTE
MOST_ROWS: Final = 20_000
# Of an XLSX, which is an archive: what it unpacks to, how often it is larger then, and in how many members.
MOST_UNPACKED: Final = 100 * MEGABYTE
MOST_RATIO: Final = 100
MOST_MEMBERS: Final = 1_000
MOST_COLUMNS: Final = 60
_ZIP: Final = b"PK\x03\x04"
_BROKEN: Final = (
    zipfile.BadZipFile, DefusedXmlException, ParseError, ValueError, KeyError, IndexError, TypeError, OSError,
    AttributeError, EOFError, NotImplementedError, RuntimeError,
)  # fmt: skip


class BadSheet(DomainError):
    """A file that is no table, or too large a one; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its number as people count, and its cells: text, numbers, moments or None."""

    number: int
    cells: Sequence[object]


def read(data: bytes) -> list[Row]:
    """The rows that hold anything, from a CSV in UTF-8 or UTF-16, or the first sheet of an XLSX. Raises BadSheet."""
    _check_size(len(data))
    found = _workbook(data) if data.startswith(_ZIP) else _separated(_text(data))
    rows = [Row(number, cells) for number, given in found if (cells := _trimmed(given))]
    if not rows:
        raise BadSheet(_("The file holds no rows."))
    return rows


def read_file(file: File[bytes]) -> list[Row]:
    """As `read`; an upload that is too large is not read at all. Raises BadSheet."""
    _check_size(file.size)
    return read(file.read())


def _check_size(size: int) -> None:
    if size > MOST_BYTES:
        raise BadSheet(_("The file has more than 10 MB. Split it into several."))


def _trimmed(cells: Sequence[object]) -> list[object]:
    """Without what is empty at the end; nothing of a row of blanks."""
    kept = list(cells)
    while kept and kept[-1] in (None, ""):
        kept.pop()
    return kept


def _too_long() -> BadSheet:
    return BadSheet(_("The file has more than 20,000 rows. Split it into several."))


def _text(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadSheet(_("The file is neither XLSX nor CSV in UTF-8. Save it as XLSX.")) from error
    if "\0" in text:
        raise BadSheet(_("The file is neither XLSX nor CSV in UTF-8. Save it as XLSX."))
    return text


def _separated(text: str) -> Iterator[tuple[int, Sequence[object]]]:
    """Rows of a CSV; what separates its columns is what stands in most of its lines."""
    some = text[:100_000].splitlines()
    separator = max("\t;,", key=lambda sign: sum(sign in line for line in some))
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, cells in enumerate(lines, start=1):
            if number > MOST_ROWS:
                raise _too_long()
            yield number, [cell.strip() for cell in cells[:MOST_COLUMNS]]
    except csv.Error as error:
        raise BadSheet(_("Row %(row)d cannot be read. Save the file as XLSX.") % {"row": lines.line_num}) from error


def _workbook(data: bytes) -> Iterator[tuple[int, Sequence[object]]]:
    """Rows of the first sheet; formulas as the values that were saved with them."""
    _check_archive(data)
    import openpyxl  # it brings NumPy along, for the few who upload a workbook

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        cells = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)
        rows = list(enumerate(cells, start=1))
    except _BROKEN as error:
        raise BadSheet(_("The XLSX file is damaged. Open and save it again.")) from error
    if len(rows) > MOST_ROWS:
        raise _too_long()
    yield from rows


def _check_archive(data: bytes) -> None:
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise BadSheet(_("The XLSX file is damaged. Open and save it again.")) from error
    unpacked = sum(member.file_size for member in islice(members, MOST_MEMBERS))
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * len(data):
        raise BadSheet(_("The XLSX file unpacks to far more than a table needs. Save it as CSV."))
