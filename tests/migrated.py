"""A database with all migrations, made once for every state of the migrations: each test process begins with a copy."""

import hashlib
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "test"


def sqlite_file() -> Path:
    """The file to copy from."""
    made = FOLDER / f"{_state()}.sqlite3"
    if not made.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        # Two processes may be at it: the name appears once all is there.
        own = made.with_suffix(f".{os.getpid()}")
        _migrate(f"sqlite:///{own}")
        own.replace(made)
    return made


def fill(connection: Any) -> None:
    """Turn an empty database in memory into a copy."""
    with closing(sqlite3.connect(sqlite_file())) as whole:
        whole.backup(connection)


def postgres_template(url: str) -> str:
    """The name of a database on that server to copy from."""
    name = f"migrated_{_state()}"
    with psycopg.connect(url, autocommit=True) as server:
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return name
        own = f"migrating_{os.getpid()}"
        server.execute(f"CREATE DATABASE {own}")
        _migrate(url.rpartition("/")[0] + f"/{own}")
        with suppress(psycopg.errors.DuplicateDatabase):
            server.execute(f"ALTER DATABASE {own} RENAME TO {name}")
        server.execute(f"DROP DATABASE IF EXISTS {own}")
    return name


def _migrate(url: str) -> None:
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "marketplace.settings.test"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def _state() -> str:
    """Short for everything that migrations come from: ours, and the pinned packages."""
    sources = sorted(
        [*ROOT.glob("apps/**/migrations/*.py"), *ROOT.glob("search/migrations/*.py"), ROOT / "requirements.txt"]
    )
    found = hashlib.sha256()
    for path in sources:
        found.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return found.hexdigest()[:16]
