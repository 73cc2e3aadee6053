"""Reads an uploaded PDF in a process of its own, with bounded memory and time, and says whether it is a plain document.

Run by path, so that nothing but pypdf is imported: `python apps/vendors/pdfs.py < file`; the exit code is the verdict.
"""

import io
import resource
import subprocess
import sys
from collections import OrderedDict
from enum import IntEnum
from hashlib import sha256
from typing import Any, Final

MEGABYTE: Final = 1_000_000
MEMORY_BYTES: Final = 256 * MEGABYTE
SECONDS: Final = 10
# What makes a document do something when it is opened, whoever reads it.
_ACTIONS: Final = ("/JavaScript", "/Launch", "/RichMedia", "/ImportData", "/SubmitForm")
# Where readers look for the end of the file, generously.
_TAIL_BYTES: Final = 2048
_KNOWN_VERDICTS: Final = 256


class Verdict(IntEnum):
    """What a PDF is; the values are exit codes."""

    PLAIN = 0
    DAMAGED = 3
    ACTIVE = 4
    LOCKED = 5


# Form and service ask about the same bytes; the digests of the last ones are remembered.
_known: OrderedDict[bytes, Verdict] = OrderedDict()


def judge(data: bytes) -> Verdict:
    """The verdict about a file that begins with `%PDF-`; what takes too much memory or time counts as damaged."""
    if b"%%EOF" not in data[-_TAIL_BYTES:]:
        return Verdict.DAMAGED
    key = sha256(data).digest()
    if key not in _known:
        _known[key] = _ask_child(data)
        if len(_known) > _KNOWN_VERDICTS:
            _known.popitem(last=False)
    return _known[key]


def _ask_child(data: bytes) -> Verdict:
    command = [sys.executable, "-I", __file__]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return Verdict.DAMAGED
    return Verdict(done.returncode) if done.returncode in set(Verdict) else Verdict.DAMAGED


def _read(data: bytes) -> Verdict:
    from pypdf import PdfReader  # only in the child

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return Verdict.LOCKED
    if not len(reader.pages):
        return Verdict.DAMAGED
    numbers = {*reader.xref_objStm, *(number for table in reader.xref.values() for number in table)}
    return Verdict.ACTIVE if any(_is_active(_object(reader, number)) for number in numbers) else Verdict.PLAIN


def _object(reader: Any, number: int) -> Any:
    from pypdf.generic import IndirectObject  # only in the child

    return IndirectObject(number, 0, reader).get_object() if number else None


def _is_active(value: Any) -> bool:
    """Whether a direct value holds an action; what it refers to is asked by itself."""
    if isinstance(value, dict):
        if "/JS" in value or value.get("/S") in _ACTIONS or value.get("/Subtype") == "/RichMedia":
            return True
        return any(_is_active(dict.get(value, key)) for key in value)
    return isinstance(value, list) and any(_is_active(list.__getitem__(value, place)) for place in range(len(value)))


def _main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    data = sys.stdin.buffer.read()
    try:
        return int(_read(data))
    except Exception as problem:  # whatever is wrong with it, it is no document that a reviewer can rely on
        locked = type(problem).__name__ in ("DependencyError", "FileNotDecryptedError")
        return int(Verdict.LOCKED if locked else Verdict.DAMAGED)


if __name__ == "__main__":
    sys.exit(_main())
