"""Rules for all tests: nothing outside loopback is reached, and a skipped service test says why."""

import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.utils import translation

from apps.kernel.memo import forget_all
from tests import migrated

LOOPBACK = ("127.", "::1", "localhost")
_connect = socket.socket.connect


def _only_loopback(self: socket.socket, address: Any) -> None:
    if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOOPBACK):
        raise AssertionError(f"a test tried to reach {address}")
    _connect(self, address)


@pytest.fixture(autouse=True, scope="session")
def loopback_only(pytestconfig: pytest.Config) -> Iterator[None]:
    """Fail any test that connects elsewhere, but in `make live`."""
    if pytestconfig.option.markexpr == "live":
        yield
        return
    socket.socket.connect = _only_loopback  # type: ignore[method-assign,assignment]
    yield
    socket.socket.connect = _connect  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Test databases begin as copies of a migrated one: migrating takes a quarter of a minute in every process."""
    own = connection.settings_dict
    if connection.vendor == "postgresql":
        own["TEST"]["TEMPLATE"] = migrated.postgres_template(os.environ["DATABASE_URL"])
    else:
        connection_created.connect(_fill_in_memory)


def _fill_in_memory(connection: BaseDatabaseWrapper, **more: object) -> None:
    if connection.is_in_memory_db():
        migrated.fill(connection.connection)
        connection_created.disconnect(_fill_in_memory)


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    """No test sees what another one left in the cache or among the kept answers."""
    cache.clear()
    caches["moments"].clear()
    forget_all()


@pytest.fixture(autouse=True)
def in_vietnamese() -> Iterator[None]:
    """Every test begins in the default language, whatever the one before has chosen."""
    with translation.override("vi"):
        yield


@pytest.fixture(autouse=True)
def needs_postgres(request: pytest.FixtureRequest) -> None:
    """Tests marked `postgres` run in the PostgreSQL pass of `make test` (DATABASE_URL points to a server)."""
    if request.node.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: `make services`, then DATABASE_URL=postgres://...")
