"""Keeps the schedules and makes sure that no due job is forgotten."""

import datetime as dt
import threading

from django.conf import settings
from django.core.management.base import BaseCommand

from apps.jobs import loop, selectors, worker
from apps.jobs.registry import schedules
from apps.jobs.schedules import Scheduler
from apps.jobs.waking import bell

SWEEP_SECONDS = 1.0
ROUND_SECONDS = 0.5
# Jobs that waited so long are executed here: the broker is away, or the workers hear nothing.
RESCUE_AFTER = dt.timedelta(seconds=30)
RESCUE_SECONDS = 5.0


class Command(BaseCommand):
    """`manage.py scheduler`: beside Celery's workers; several may run, each slot is one job."""

    help = "Writes the jobs of schedules and calls workers for whatever is due. SIGTERM ends it."

    def handle(self, *args: object, **options: object) -> None:
        """The loop."""
        stop = loop.stop_signal()
        self.stdout.write(f"scheduler ready for {len(schedules())} duties")
        serve(stop)


def serve(stop: threading.Event) -> None:
    """Keep the schedules and sweep until told to stop."""
    scheduler = Scheduler()

    def step() -> bool:
        scheduler.tick()
        return sweep()

    threads = loop.start_rounds(stop, idle_seconds=ROUND_SECONDS)
    loop.repeat(step, stop, idle_seconds=SWEEP_SECONDS)
    for thread in threads:
        thread.join()


def sweep() -> bool:
    """Call a worker when something is due, and help out when nobody comes; True while there is more to help with."""
    worker.return_expired_leases()
    waiting = selectors.lag()
    if waiting and settings.BROKER_URL:
        bell.ring()
    return waiting > RESCUE_AFTER and worker.run_for(RESCUE_SECONDS)
