"""Writes what must not be forgotten while the database is away for a moment."""

import logging
import time
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections

# Waits before the write is tried again; all together well within the lease of a job.
SETTLE_WAITS = (0.1, 0.5, 1.0, 3.0, 10.0, 20.0)

log = logging.getLogger(__name__)


def insist(write: Callable[[], object], what: str) -> None:
    """Write again and again for half a minute; `what` names it in the log. Raises DatabaseError in the end."""
    for wait in SETTLE_WAITS:
        try:
            write()
        except DatabaseError:
            log.warning("%s could not be written; again in %s s", what, wait)
            close_old_connections()
            time.sleep(wait)
        else:
            return
    write()
