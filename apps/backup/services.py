"""Makes, checks and restores backups: one folder each, with the database, the files and a manifest."""

import hashlib
import os
import shutil
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from apps.backup import files, manifest, postgres, sqlite
from apps.backup.errors import BackupError
from apps.backup.manifest import File, Manifest, Table
from apps.kernel.clock import now

_FILES = "files"
# What `migrate` itself writes: a database with rows in no other table is an empty shop.
_MADE_BY_MIGRATE = frozenset({"django_migrations", "django_content_type", "auth_permission", "django_site"})


class _Database(Protocol):
    """What the module of a database offers."""

    FILE: str

    def snapshot(self, target: Path) -> AbstractContextManager[Any]:
        """Copy the database to a file and answer questions about that very moment."""

    def live(self) -> AbstractContextManager[Any]:
        """Answer questions about the shop's database as it is."""

    def tables(self, database: Any) -> dict[str, Table]:
        """Rows and checksum of every table."""

    def column(self, database: Any, table: str, name: str) -> list[str]:
        """The values of a text column that are not empty."""

    def check(self, source: Path) -> None:
        """Raise BackupError for a copy that is damaged."""

    def load(self, source: Path) -> None:
        """Replace the shop's database by a copy, wholly or not at all."""


_DATABASES: dict[str, _Database] = {"sqlite": sqlite, "postgresql": postgres}


def make(parent: Path) -> Path:
    """Write a backup into a new folder below `parent` and return it; until it is whole it has a hidden name.

    Files, database, files again: what a row of the database points to existed at the moment of the database's copy. It
    was there in the first round unless it came later, and then it is there in the second; a file whose row is deleted
    between the two is in the first. Raises BackupError.
    """
    others = os.umask(0o077)  # names, addresses and papers of people are for the owner's eyes
    name = f"{now():%Y%m%d-%H%M%S}"
    half = parent / f".{name}.half"
    try:
        half.mkdir(parents=True)
        _fill(half)
        os.sync()
        half.rename(parent / name)
    except OSError as problem:
        raise BackupError(f"The backup could not be written: {problem}.") from problem
    finally:
        shutil.rmtree(half, ignore_errors=True)
        os.umask(others)
    return parent / name


def check(folder: Path) -> Manifest:
    """Prove a backup without touching the shop: every file is there and unchanged. Raises BackupError."""
    found = manifest.read(folder)
    database = _DATABASES.get(found.vendor)
    if database is None:
        raise BackupError(f"The backup is of a database that nobody here knows: {found.vendor}.")
    wrong = _differing(folder / database.FILE, found.database)
    for storage, paths in found.files.items():
        for path, facts in paths.items():
            wrong += _differing(folder / _FILES / storage / path, facts)
    if wrong:
        more = f" and {len(wrong) - 5} more" if len(wrong) > 5 else ""
        raise BackupError(f"The backup is damaged: {'; '.join(wrong[:5])}{more}.")
    database.check(folder / database.FILE)
    return found


def restore(folder: Path, *, replace: bool = False, lost_key: bool = False) -> Manifest:
    """Make the shop what it was at the backup: nothing is touched before the whole backup is proven.

    `replace` allows it where there is data, which is lost; `lost_key` allows it with another ORDER_NUMBER_KEY. The
    database changes in one transaction, the files after it; an interrupted restore is run again. Raises BackupError.
    """
    found = check(folder)
    _fits(found, lost_key=lost_key)
    if not replace and (there := _occupied()):
        raise BackupError(f"This shop is not empty ({there}). To lose that, give --yes.")
    database = _DATABASES[found.vendor]
    try:
        files.stage(folder / _FILES, found.files)
        database.load(folder / database.FILE)
        files.put_in_place(found.files)
    except OSError as problem:
        raise BackupError(f"The restore was interrupted: {problem}. Run it again with --yes.") from problem
    _prove(database, found)
    return found


def pending() -> list[str]:
    """Migrations that the shop's code has and its database has not."""
    applied = MigrationRecorder(connection).applied_migrations()
    known = MigrationLoader(connection).disk_migrations
    return sorted(f"{app}.{name}" for app, name in known.keys() - applied.keys())


def _fill(half: Path) -> None:
    database = _DATABASES[connection.vendor]
    files.copy(half / _FILES)
    with database.snapshot(half / database.FILE) as moment:
        tables = database.tables(moment)
        pointed = {
            (storage, path)
            for table, column, storage in files.columns()
            if table in tables
            for path in database.column(moment, table, column)
        }
    files.copy(half / _FILES)
    copied = files.facts(half / _FILES)
    missing = sorted(f"{name}/{path}" for name, path in pointed if name in copied and path not in copied[name])
    Manifest(
        made_at=now().isoformat(),
        vendor=connection.vendor,
        key=_key(),
        migrations=sorted(list(key) for key in MigrationRecorder(connection).applied_migrations()),
        database=manifest.file_facts(half / database.FILE),
        tables=tables,
        files=copied,
        missing=missing,
    ).write(half)


def _differing(path: Path, facts: File) -> list[str]:
    if not path.is_file():
        return [f"{path.name} is missing"]
    return [] if manifest.file_facts(path) == facts else [f"{path.name} has changed"]


def _fits(found: Manifest, *, lost_key: bool) -> None:
    """Whether the backup is of such a shop: same kind of database, no newer tables, same key of order numbers."""
    if found.vendor != connection.vendor:
        raise BackupError(f"The backup is of {found.vendor}, this shop's database is {connection.vendor}.")
    known = MigrationLoader(None).disk_migrations
    foreign = [f"{app}.{name}" for app, name in found.migrations if (app, name) not in known]
    if foreign:
        raise BackupError(f"The backup was made by another version of the shop; unknown here: {', '.join(foreign)}.")
    if found.key != _key() and not lost_key:
        raise BackupError(
            "ORDER_NUMBER_KEY is not that of the backup: new orders could get the numbers of old ones. "
            "Set the old key, or give --lost-key when nobody has it any more."
        )


def _occupied() -> str:
    """What there is to lose; empty for a shop with nothing in it."""
    database = _DATABASES[connection.vendor]
    with database.live() as now_there:
        tables = {name for name, table in database.tables(now_there).items() if table.rows} - _MADE_BY_MIGRATE
    there = [f"rows in {len(tables)} tables"] if tables else []
    return ", ".join(there + [f"files in {path}" for path in files.folders().values() if any(files.paths_in(path))])


def _prove(database: _Database, found: Manifest) -> None:
    """Compare what is there now with the manifest."""
    with database.live() as restored:
        tables = database.tables(restored)
    wrong = [f"table {name}" for name in found.tables.keys() | tables if found.tables.get(name) != tables.get(name)]
    for storage, paths in found.files.items():
        folder = files.folders()[storage]
        wrong += [name for path, facts in paths.items() for name in _differing(folder / path, facts)]
    if wrong:
        raise BackupError(f"After the restore these are not as in the backup: {', '.join(sorted(wrong)[:5])}.")


def _key() -> str:
    return hashlib.sha256(b"backup of a shop:" + settings.ORDER_NUMBER_KEY.encode()).hexdigest()[:16]
