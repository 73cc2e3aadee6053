"""Executes jobs until it is told to stop."""

import logging
import signal
import threading
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections, connection

from apps.jobs import worker
from apps.jobs.registry import kinds

IDLE_SECONDS = 0.5
# While the database is away: doubling from one to the other.
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 30.0

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """`manage.py worker`: the embedded profile's executor; several may run side by side."""

    help = "Executes jobs from the outbox. SIGTERM lets the job in hand finish."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--once drains what is due and ends."""
        parser.add_argument("--once", action="store_true", help="execute what is due now, then end")

    def handle(self, *args: object, once: bool, **options: object) -> None:
        """The loop."""
        if once:
            self.stdout.write(f"{worker.run_all()} jobs executed")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        self.stdout.write(f"worker ready for {len(kinds())} kinds of jobs")
        serve(stop)
        connection.close()


def serve(stop: threading.Event) -> None:
    """Execute jobs until told to stop; a database that is locked or away for a while ends nothing."""
    pause = FIRST_PAUSE_SECONDS
    while not stop.is_set():
        try:
            close_old_connections()
            busy = worker.run_one()
        except DatabaseError:
            log.exception("the database failed; again in %s s", pause)
            connection.close()
            stop.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        else:
            pause = FIRST_PAUSE_SECONDS
            if not busy:
                stop.wait(IDLE_SECONDS)
