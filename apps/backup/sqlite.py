"""Backup of an SQLite database: a copy of the file made by SQLite itself, whole while others write."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from apps.backup.errors import BackupError
from apps.backup.manifest import Table

FILE = "database.sqlite3"
# How long to wait for whoever is writing, in seconds.
_PATIENCE = 30


@contextmanager
def snapshot(target: Path) -> Iterator[sqlite3.Connection]:
    """Copy the database to `target`; questions asked of the copy see one moment."""
    # All pages in one step: under WAL this is one read transaction, which no writer waits for.
    with closing(_open(_live())) as source, closing(_open(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        yield copy


def tables(database: sqlite3.Connection) -> dict[str, Table]:
    """Rows and checksum of every table."""
    names = database.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    return {name: _table(database, name) for (name,) in names.fetchall()}


def column(database: sqlite3.Connection, table: str, name: str) -> list[str]:
    """The values of a text column that are not empty."""
    question = f'SELECT DISTINCT "{name}" FROM "{table}" WHERE "{name}" <> \'\''  # noqa: S608 - names of Django's fields
    return [value for (value,) in database.execute(question)]


@contextmanager
def live() -> Iterator[sqlite3.Connection]:
    """The shop's own database, for questions."""
    with closing(_open(_live())) as database:
        yield database


def check(source: Path) -> None:
    """Raise BackupError unless SQLite finds the copy whole."""
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as database:
        try:
            (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
        except sqlite3.DatabaseError as problem:
            verdict = str(problem)
    if verdict != "ok":
        raise BackupError(f"{source} is damaged: {verdict}.")


def load(source: Path) -> None:
    """Put the copy in the place of everything in the database, in one transaction."""
    connection.close()
    with closing(_open(source)) as copy, closing(_open(_live())) as database:
        copy.backup(database)


def _live() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    return sqlite3.connect(path, timeout=_PATIENCE)


def _table(database: sqlite3.Connection, name: str) -> Table:
    columns = database.execute(f'PRAGMA table_info("{name}")').fetchall()
    keys = [f'"{key[1]}"' for key in sorted(columns, key=lambda row: row[5]) if key[5]]
    order = ", ".join(keys or [f'"{key[1]}"' for key in columns])
    digest, rows = hashlib.sha256(), 0
    for row in database.execute(f'SELECT * FROM "{name}" ORDER BY {order}'):  # noqa: S608 - names from the catalogue
        digest.update(repr(row).encode())
        rows += 1
    return Table(rows, digest.hexdigest())
