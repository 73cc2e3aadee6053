"""How a process of jobs goes on until it is told to stop."""

import logging
import signal
import threading
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections, connection

from apps.jobs.registry import NotNow, rounds

# While the database is away: doubling from one to the other.
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 30.0
# While something else is.
NOT_NOW_SECONDS = 5.0

log = logging.getLogger(__name__)


def stop_signal() -> threading.Event:
    """An event that SIGTERM and SIGINT set, so that the step in hand ends first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def repeat(step: Callable[[], bool], stop: threading.Event, *, idle_seconds: float) -> None:
    """Call the step until told to stop, with a rest after one that found nothing to do.

    A database that is locked or away for a while ends nothing.
    """
    pause = FIRST_PAUSE_SECONDS
    while not stop.is_set():
        try:
            close_old_connections()
            busy = step()
        except DatabaseError:
            log.exception("the database failed; again in %s s", pause)
            connection.close()
            stop.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        else:
            pause = FIRST_PAUSE_SECONDS
            if not busy:
                stop.wait(idle_seconds)
    connection.close()


def start_rounds(stop: threading.Event, *, idle_seconds: float) -> list[threading.Thread]:
    """What goes on beside the jobs, each in a thread of its own: it may take long, and jobs do not wait for it."""
    threads = [
        threading.Thread(target=_round, args=(name, step, stop, idle_seconds), name=name, daemon=True)
        for name, step in rounds().items()
    ]
    for thread in threads:
        thread.start()
    return threads


def _round(name: str, step: Callable[[], bool], stop: threading.Event, idle_seconds: float) -> None:
    """Repeat a step; what goes wrong in it is logged and tried again later."""

    def tried() -> bool:
        try:
            return step()
        except DatabaseError:
            raise
        except NotNow as problem:
            log.warning("%s: %s; again in %s s", name, problem, NOT_NOW_SECONDS)
            stop.wait(NOT_NOW_SECONDS)
            return False
        except Exception:
            log.exception("%s failed; again in %s s", name, LONGEST_PAUSE_SECONDS)
            stop.wait(LONGEST_PAUSE_SECONDS)
            return False

    repeat(tried, stop, idle_seconds=idle_seconds)
