"""The demo shop on the one day for which its queries were judged."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import time_machine
from django.db import connection

from apps.demo.fill import fill
from apps.kernel.memo import forget_all

# In October there are goods in season, goods out of season, and "tháng 11" is not now.
DAY = dt.datetime(2026, 10, 15, 3, 0, tzinfo=dt.UTC)


@contextmanager
def demo_shop() -> Iterator[None]:
    """Fills the empty database of the moment and stops the clock: certificates and seasons depend on the day."""
    with time_machine.travel(DAY, tick=False):
        fill(pictures=False, quiet=True)
        try:
            yield
        finally:
            # What was kept while the clock stood would stay fresh for ever.
            forget_all()


@contextmanager
def throwaway_database() -> Iterator[None]:
    """An empty database in memory instead of the configured one; for runs outside pytest."""
    creation = connection.creation
    name = str(connection.settings_dict["NAME"])
    creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        creation.destroy_test_db(name, verbosity=0)
