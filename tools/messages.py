"""Keeps the Vietnamese catalogue complete: extracts msgids, takes translations, finds missing ones, compiles.

    python tools/messages.py update            bring the catalogue in line with the sources
    python tools/messages.py set < some.json   {"msgid": "msgstr"} or {"msgid": {"plural": "...", "vi": "..."}}
    python tools/messages.py missing [PATH..]  print what has no translation as JSON; exit 1 when there is any
    python tools/messages.py compile           write the .mo file

Only Babel is needed, no gettext binaries.
"""

import fcntl
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "locale" / "vi" / "LC_MESSAGES"
PO, MO, LOCK = FOLDER / "django.po", FOLDER / "django.mo", FOLDER / ".lock"
SOURCES = ("apps", "search", "marketplace", "templates")
KEYWORDS: dict[str, Any] = {
    name: shape
    for shape, names in {
        None: ("_", "gettext", "gettext_lazy", "gettext_noop"),
        (1, 2): ("ngettext", "ngettext_lazy"),
        ((1, "c"), 2): ("pgettext", "pgettext_lazy"),
        ((1, "c"), 2, 3): ("npgettext", "npgettext_lazy"),
    }.items()
    for name in names
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@dataclass(frozen=True)
class Message:
    """A msgid as the sources use it."""

    id: str
    plural: str | None
    context: str | None
    path: str
    line: int


def messages(paths: Iterable[Path]) -> Iterator[Message]:
    """Every translatable string in Python files and templates."""
    for path in paths:
        if path.suffix == ".py":
            text = path.read_text(encoding="utf-8")
        elif path.suffix in (".html", ".txt"):
            # What templatize leaves of a page is not indented like Python.
            text = re.sub(r"(?m)^[ \t]+", "", templatize(path.read_text(encoding="utf-8"), origin=str(path)))
        else:
            continue
        source = io.BytesIO(text.encode("utf-8"))
        name = str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
        for line, found, _comments, context in extract("python", source, keywords=KEYWORDS):
            id_, plural = (found[0], found[1]) if isinstance(found, tuple) else (found, None)
            if id_:
                yield Message(id_, plural, context, name, line)


def files(arguments: Iterable[str] = ()) -> list[Path]:
    """Sources below the given paths, or all of them; migrations hold no words for people."""
    found: list[Path] = []
    for argument in list(arguments) or SOURCES:
        start = ROOT / argument
        found += sorted(start.rglob("*")) if start.is_dir() else [start]
    return [path for path in found if path.is_file() and "migrations" not in path.parts]


@contextmanager
def catalogue(*, write: bool) -> Iterator[Catalog]:
    """The Vietnamese catalogue, locked while it is changed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX if write else fcntl.LOCK_SH)
        if PO.exists():
            with PO.open("rb") as source:
                book = read_po(source, locale="vi", domain="django")
        else:
            book = Catalog(locale="vi", domain="django", project="San Vat", charset="utf-8", fuzzy=False)
        yield book
        if write:
            _save(book)


def _save(book: Catalog) -> None:
    fresh = PO.with_suffix(".new")
    with fresh.open("wb") as target:
        write_po(target, book, width=120, sort_output=True, no_location=True, omit_header=False, ignore_obsolete=True)
    fresh.replace(PO)


def put(words: dict[str, Any]) -> None:
    """Add or replace translations."""
    with catalogue(write=True) as book:
        for id_, value in words.items():
            plural = value.get("plural") if isinstance(value, dict) else None
            text = value["vi"] if isinstance(value, dict) else value
            context = value.get("context") if isinstance(value, dict) else None
            book.delete(id_, context)
            book.add((id_, plural) if plural else id_, (text,) if plural else text, context=context)


def update() -> None:
    """Add new msgids, drop those that no source uses."""
    with catalogue(write=True) as book:
        used = list(messages(files()))
        for message in used:
            entry = book.get(message.id, message.context)
            if entry is None:
                book.add((message.id, message.plural) if message.plural else message.id, context=message.context)
        known = {(message.id, message.context) for message in used}
        for entry in list(book):
            id_ = entry.id[0] if isinstance(entry.id, tuple) else entry.id
            if id_ and (id_, entry.context) not in known:
                book.delete(id_, entry.context)


def faults(paths: Iterable[str]) -> dict[str, str]:
    """Msgids without a good translation, with what is wrong and where they stand."""
    wrong: dict[str, str] = {}
    with catalogue(write=False) as book:
        for message in messages(files(paths)):
            entry = book.get(message.id, message.context)
            string: Any = entry.string if entry else None
            texts: list[str] = list(string) if isinstance(string, tuple | list) else [string]
            where = f"{message.path}:{message.line}"
            if entry is None or entry.fuzzy or not all(texts):
                wrong[message.id] = f"{where} has no translation"
                continue
            allowed = set(PLACEHOLDER.findall(message.id)) | set(PLACEHOLDER.findall(message.plural or ""))
            for text in texts:
                if not set(PLACEHOLDER.findall(text)) <= allowed:
                    wrong[message.id] = f"{where} has a placeholder that the msgid has not"
    return wrong


def compile_() -> None:
    """Write the .mo file that Django reads."""
    with catalogue(write=False) as book, MO.open("wb") as target:
        write_mo(target, book)


def main(arguments: list[str]) -> int:
    """Carry out one command; the exit code is 1 when something is missing."""
    settings.configure(USE_I18N=True)
    django.setup()
    command, rest = (arguments[0] if arguments else ""), arguments[1:]
    if command == "set":
        put(json.load(sys.stdin))
    elif command == "update":
        update()
    elif command == "compile":
        compile_()
    elif command == "missing":
        wrong = faults(rest)
        print(json.dumps(wrong, ensure_ascii=False, indent=1))
        return 1 if wrong else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
