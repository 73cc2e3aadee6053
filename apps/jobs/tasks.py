"""The one Celery task: a call to look into the table of jobs."""

from celery import shared_task

from apps.jobs import worker
from apps.jobs.waking import bell

# Short, so that a worker that shall stop stops soon and a job begun at the end has most of its lease left.
SHIFT_SECONDS = 5.0


@shared_task(name="jobs.run_due")  # type: ignore[untyped-decorator]  # Celery has no types
def run_due() -> None:
    """Execute what is due; what is left at the end of the shift goes to whoever hears the next call."""
    if worker.run_for(SHIFT_SECONDS):
        bell.ring()
