"""Executes jobs until it is told to stop."""

import signal
import threading
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.db import close_old_connections, connection

from apps.jobs import worker
from apps.jobs.registry import kinds

IDLE_SECONDS = 0.5


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
        while not stop.is_set():
            close_old_connections()
            if not worker.run_one():
                stop.wait(IDLE_SECONDS)
        connection.close()
