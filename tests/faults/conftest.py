"""Shops that a test may break: each test gets a copy of one that was migrated and filled once."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.faults.cluster import Cluster, programs
from tests.faults.shop import Shop
from tools.services import spare_port

_numbers = count(1)


@pytest.fixture(scope="session")
def scratch() -> Iterator[Path]:
    """A folder that the user of the database may enter, too."""
    with tempfile.TemporaryDirectory(prefix="marketplace-faults-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="session")
def cluster(scratch: Path) -> Iterator[Cluster]:
    """A PostgreSQL server; without one its tests are left out, in CI they fail."""
    if programs() is None:
        assert not os.environ.get("CI"), "PostgreSQL is not installed"
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    server = Cluster(scratch / "postgres", spare_port())
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def on_sqlite(scratch: Path) -> Shop:
    """The filled shop of the embedded profile, to copy."""
    return _filled(Shop(_new(scratch), f"sqlite:///{scratch}/filled.sqlite3"))


@pytest.fixture(scope="session")
def on_postgres(scratch: Path, cluster: Cluster) -> Shop:
    """The filled shop of the production profile, to copy."""
    cluster.execute("CREATE DATABASE filled")
    return _filled(Shop(_new(scratch), cluster.url("filled")))


@pytest.fixture(params=["sqlite", "postgres"])
def shop(request: pytest.FixtureRequest, scratch: Path) -> Iterator[Shop]:
    """A copy of the filled shop, once on each database; its processes end with the test."""
    copied = copy_of(request.getfixturevalue(f"on_{request.param}"), scratch, request)
    yield copied
    copied.stop()


@pytest.fixture
def sqlite_shop(request: pytest.FixtureRequest, scratch: Path, on_sqlite: Shop) -> Iterator[Shop]:
    """A copy on SQLite."""
    copied = copy_of(on_sqlite, scratch, request)
    yield copied
    copied.stop()


@pytest.fixture
def postgres_shop(request: pytest.FixtureRequest, scratch: Path, on_postgres: Shop) -> Iterator[Shop]:
    """A copy on PostgreSQL."""
    copied = copy_of(on_postgres, scratch, request)
    yield copied
    copied.stop()


def copy_of(filled: Shop, scratch: Path, request: pytest.FixtureRequest) -> Shop:
    """Another shop with the same rows and files."""
    folder = _new(scratch)
    shutil.copytree(filled.folder, folder, dirs_exist_ok=True)
    if filled.database.startswith("sqlite"):
        shutil.copyfile(scratch / "filled.sqlite3", folder / "shop.sqlite3")
        return Shop(folder, f"sqlite:///{folder}/shop.sqlite3", facts=filled.facts)
    name = folder.name
    server: Cluster = request.getfixturevalue("cluster")
    server.execute(f"CREATE DATABASE {name} TEMPLATE filled")
    return Shop(folder, server.url(name), facts=filled.facts)


def _new(scratch: Path) -> Path:
    folder = scratch / f"shop{next(_numbers)}"
    folder.mkdir()
    return folder


def _filled(shop: Shop) -> Shop:
    facts: dict[str, Any] = shop.call("seed:fill")
    shop.facts.update(json.loads(json.dumps(facts)))
    return shop
