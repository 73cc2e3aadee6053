"""Shops that a test may break: each test gets a copy of one that was migrated and filled once."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests import migrated
from tests.faults.cluster import Cluster, programs
from tests.faults.server import Server
from tests.faults.shop import Shop
from tools import services
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
def redis(scratch: Path) -> Iterator[Server]:
    """A Redis server of these tests only."""
    yield from _server("redis", scratch)


@pytest.fixture(scope="session")
def elasticsearch(scratch: Path) -> Iterator[Server]:
    """An Elasticsearch server of these tests only."""
    yield from _server("elasticsearch", scratch)


@pytest.fixture(scope="session")
def rabbitmq(scratch: Path) -> Iterator[Server]:
    """A RabbitMQ server of these tests only."""
    yield from _server("rabbitmq", scratch)


def _server(name: str, scratch: Path) -> Iterator[Server]:
    try:
        server = Server(name, scratch / f"server-{name}")
    except services.Missing as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))
    yield server
    server.kill()


@pytest.fixture(scope="session")
def on_sqlite(scratch: Path) -> Shop:
    """The filled shop of the embedded profile, to copy."""
    shop = Shop.new(_new(scratch), None)
    shutil.copy(migrated.sqlite_file(), shop.folder / "shop.sqlite3")
    return _filled(shop)


@pytest.fixture(scope="session")
def on_postgres(scratch: Path, cluster: Cluster) -> Shop:
    """The filled shop of the production profile, to copy."""
    return _filled(Shop.new(_new(scratch), cluster))


@pytest.fixture(params=["sqlite", "postgres"])
def shop(request: pytest.FixtureRequest, scratch: Path) -> Iterator[Shop]:
    """A copy of the filled shop, once on each database; its processes end with the test."""
    copied = request.getfixturevalue(f"on_{request.param}").copy(_new(scratch))
    yield copied
    copied.stop()


@pytest.fixture
def sqlite_shop(scratch: Path, on_sqlite: Shop) -> Iterator[Shop]:
    """A copy on SQLite."""
    copied = on_sqlite.copy(_new(scratch))
    yield copied
    copied.stop()


@pytest.fixture
def postgres_shop(scratch: Path, on_postgres: Shop) -> Iterator[Shop]:
    """A copy on PostgreSQL."""
    copied = on_postgres.copy(_new(scratch))
    yield copied
    copied.stop()


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def first_release(request: pytest.FixtureRequest, scratch: Path) -> Shop:
    """The shop of the first release with its data, to copy; `facts` are the checksums of its rows."""
    shop = Shop.new(_new(scratch), request.getfixturevalue("cluster") if request.param == "postgres" else None)
    shop.facts.update(shop.call("first_shop:enter"))
    return shop


@pytest.fixture
def first(scratch: Path, first_release: Shop) -> Shop:
    """A copy of it."""
    return first_release.copy(_new(scratch))


@pytest.fixture(scope="session")
def folders(scratch: Path) -> Iterator[Path]:
    """Names for as many shops as a test needs."""
    return iter(lambda: _new(scratch), None)


def _new(scratch: Path) -> Path:
    return scratch / f"shop{next(_numbers)}"


def _filled(shop: Shop) -> Shop:
    shop.facts.update(shop.call("seed:fill"))
    return shop
