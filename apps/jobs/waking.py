"""Tells the broker that there is work, so that a worker looks at once; a call that is lost, the sweep repeats."""

import logging
import time

from django.conf import settings
from django.db import connection, transaction

# After a failure nobody waits for the broker again for so long; a dead host would cost its timeout with every page.
PAUSE_SECONDS = 5.0
CONFIRM_SECONDS = 1.0

log = logging.getLogger(__name__)


class Bell:
    """Calls a worker through the broker, and never fails the caller."""

    def __init__(self) -> None:
        self._quiet_until = 0.0

    def ring(self) -> None:
        """Send one call, unless the broker failed a moment ago."""
        if time.monotonic() < self._quiet_until:
            return
        from apps.jobs.tasks import run_due  # without a broker no process needs Celery in its memory

        try:
            run_due.apply_async(retry=False, confirm_timeout=CONFIRM_SECONDS)
        except Exception as problem:  # each transport has errors of its own, and a job is safe whatever happens here
            self._quiet_until = time.monotonic() + PAUSE_SECONDS
            log.warning("jobs: the broker is away, no calls for %s s: %r", PAUSE_SECONDS, problem)


bell = Bell()


def wake_after_commit() -> None:
    """Call a worker once the caller's transaction is committed; one call is enough for all its jobs."""
    if settings.BROKER_URL and not any(call == bell.ring for _, call, *_ in connection.run_on_commit):
        transaction.on_commit(bell.ring)
