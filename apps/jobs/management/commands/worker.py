"""Executes jobs until it is told to stop."""

import threading
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from apps.jobs import loop, worker
from apps.jobs.registry import kinds
from apps.jobs.schedules import Scheduler

IDLE_SECONDS = 0.5


class Command(BaseCommand):
    """`manage.py worker`: executor and scheduler without a broker; several may run side by side."""

    help = "Executes jobs from the outbox and keeps the schedules. SIGTERM lets the job in hand finish."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--once drains what is due and ends."""
        parser.add_argument("--once", action="store_true", help="execute what is due now, then end")

    def handle(self, *args: object, once: bool, **options: object) -> None:
        """The loop."""
        if once:
            self.stdout.write(f"{worker.run_all()} jobs executed")
            return
        stop = loop.stop_signal()
        self.stdout.write(f"worker ready for {len(kinds())} kinds of jobs")
        serve(stop)


def serve(stop: threading.Event) -> None:
    """Execute jobs and keep the schedules until told to stop."""
    scheduler = Scheduler()

    def step() -> bool:
        scheduler.tick()
        return worker.run_one()

    threads = loop.start_rounds(stop, idle_seconds=IDLE_SECONDS)
    loop.repeat(step, stop, idle_seconds=IDLE_SECONDS)
    for thread in threads:
        thread.join()
