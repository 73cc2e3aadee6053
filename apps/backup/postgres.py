"""Backup of a PostgreSQL database through pg_dump and pg_restore, of one snapshot while others write."""

import hashlib
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient
from django.db.backends.utils import CursorWrapper

from apps.backup.errors import BackupError
from apps.backup.manifest import Table

FILE = "database.dump"
# Notices of every dropped table help nobody. Who waits so long for a lock is told that web or worker still run.
_OPTIONS = "-c client_min_messages=warning -c lock_timeout=30000"
_EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
_TABLES = """
    SELECT t.relname, ARRAY(
        SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
        WHERE i.indrelid = t.oid AND i.indisprimary ORDER BY a.attnum)
    FROM pg_class t WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace ORDER BY t.relname"""


@contextmanager
def snapshot(target: Path) -> Iterator[CursorWrapper]:
    """Dump the database to `target`; questions asked inside see the very same moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (moment,) = cursor.fetchone()
        what = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}", f"--file={target}"]
        _run("pg_dump", *what)
        yield cursor


def tables(database: CursorWrapper) -> dict[str, Table]:
    """Rows and checksum of every table."""
    database.execute(_TABLES)
    return {name: _table(database, name, keys) for name, keys in database.fetchall()}


def column(database: CursorWrapper, table: str, name: str) -> list[str]:
    """The values of a text column that are not empty."""
    database.execute(f'SELECT DISTINCT "{name}" FROM "{table}" WHERE "{name}" <> \'\'')  # noqa: S608 - names of Django's fields
    return [value for (value,) in database.fetchall()]


@contextmanager
def live() -> Iterator[CursorWrapper]:
    """The shop's own database, for questions."""
    with transaction.atomic(), connection.cursor() as cursor:
        yield cursor


def check(source: Path) -> None:
    """Raise BackupError unless pg_restore can read the dump to its end."""
    with tempfile.TemporaryFile() as nowhere:
        _restore(source, nowhere.fileno())


def load(source: Path) -> None:
    """Put the dump in the place of everything in the schema `public`, in one transaction."""
    connection.close()
    with tempfile.NamedTemporaryFile(suffix=".sql") as statements:
        # First whole, then in: a pipe that ends early would be committed as if it were all.
        _restore(source, statements.fileno())
        _run("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--command={_EMPTY}",
             f"--file={statements.name}")  # fmt: skip


def _table(database: CursorWrapper, name: str, keys: list[str]) -> Table:
    # As text and byte by byte: servers sort by different rules.
    order = ", ".join(f'"{key}"::text COLLATE "C"' for key in keys) or 't::text COLLATE "C"'
    digest, rows = hashlib.sha256(), 0
    with database.copy(f'COPY (SELECT * FROM "{name}" t ORDER BY {order}) TO STDOUT') as lines:  # noqa: S608 - names from the catalogue
        for chunk in lines:
            digest.update(chunk)
            rows += bytes(chunk).count(b"\n")  # a line break inside a value is written as \n
    return Table(rows, digest.hexdigest())


def _restore(source: Path, target: int) -> None:
    """The statements that make the database again, written to an open file."""
    _finish(["pg_restore", "--no-owner", "--no-privileges", "--clean", "--if-exists", "--file=-", str(source)], target)


def _run(program: str, *arguments: str) -> None:
    """A client program on the shop's own connection; the password never stands in the list of processes."""
    command, given = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    environment = {**(given or {}), "PGOPTIONS": _OPTIONS}
    _finish([program, *command[1:-1], f"--dbname={command[-1]}", *arguments], subprocess.DEVNULL, environment)


def _finish(command: list[str], target: int, environment: Mapping[str, str] | None = None) -> None:
    """Run to the end; raises BackupError with what the program said."""
    try:
        done = subprocess.run(
            command, stdout=target, stderr=subprocess.PIPE, env={**os.environ, **(environment or {})}, check=False
        )
    except FileNotFoundError as problem:
        raise BackupError(f"{command[0]} is not installed (Debian: apt-get install postgresql-client).") from problem
    if done.returncode:
        raise BackupError(f"{command[0]} failed: {done.stderr.decode(errors='replace').strip()}")
