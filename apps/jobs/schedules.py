"""Duties that come again: each slot of time is one job, so any number of schedulers may run side by side."""

import datetime as dt

from apps.jobs.registry import schedules
from apps.jobs.services import enqueue
from apps.kernel.clock import VIETNAM, now

# Days begin at three at night, when hardly anybody shops.
_ANCHOR = dt.datetime(2026, 1, 1, 3, tzinfo=VIETNAM)


def slot_of(moment: dt.datetime, every: dt.timedelta) -> dt.datetime:
    """When the slot began that the moment lies in."""
    return _ANCHOR + (moment - _ANCHOR) // every * every


class Scheduler:
    """Writes the job of each duty's present slot; slots that were missed are made up for by this one job."""

    def __init__(self) -> None:
        self._written: dict[str, dt.datetime] = {}

    def tick(self) -> int:
        """Write what is not written yet; returns how many jobs were new. Cheap to call every second."""
        new = 0
        for kind, every in schedules().items():
            slot = slot_of(now(), every)
            if self._written.get(kind) != slot:
                new += enqueue(kind, dedupe_key=f"{kind}:{slot.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}") is not None
                self._written[kind] = slot
        return new
