"""Tables as banks and carriers export them, and as nobody should take them."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

HEAD = ("Ngày giao dịch", "Số tham chiếu", "Ghi nợ", "Ghi có", "Nội dung")


def csv_of(*rows: Sequence[object], above: Sequence[Sequence[object]] = (), separator: str = ";") -> bytes:
    """Rows in UTF-8 with its mark, as Excel writes them."""
    return b"\xef\xbb\xbf" + "\r\n".join(separator.join(map(str, row)) for row in (*above, *rows)).encode()


def xlsx_of(*rows: Sequence[Any]) -> bytes:
    """Rows in the first sheet of a workbook."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def without(data: bytes, name: str, instead: bytes | None = None) -> bytes:
    """A workbook in which one member of the archive is missing, or another one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
            elif instead is not None:
                new.writestr(member, instead)
    return out.getvalue()


def archive(members: int = 1, size: int = 10) -> bytes:
    """A ZIP of so many members that unpack to so many bytes each."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for number in range(members):
            made.writestr(f"{number}", b"0" * size)
    return out.getvalue()


def upload(data: bytes, name: str = "sao-ke.csv") -> SimpleUploadedFile:
    """A file of a form."""
    return SimpleUploadedFile(name, data)
