"""Executes jobs: claim with a lease, run the handler, retry with backoff, lay the hopeless ones aside.

The table is the only source of truth. A worker that dies loses nothing: its lease runs out and the job is ready again,
which is why every handler may run twice.
"""

import datetime as dt
import logging
import random
import time
import traceback
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q

from apps.jobs.insist import insist
from apps.jobs.models import Job, JobState
from apps.jobs.registry import handler_of
from apps.kernel.clock import now
from apps.kernel.log_context import bound

# Whatever a dead worker had in hand is taken up again within a minute.
LEASE = dt.timedelta(seconds=settings.JOB_LEASE_SECONDS)
# Ten tries in the first hour or so, then one in 45 minutes on average: about a day, as mail servers need at times.
MAX_ATTEMPTS = 42
# A job that takes its worker down each time is a danger to all others.
MAX_LOSSES = 5
FIRST_BACKOFF = dt.timedelta(seconds=5)
LONGEST_BACKOFF = dt.timedelta(hours=1)
_DOUBLINGS = 10

log = logging.getLogger(__name__)


def run_one() -> bool:
    """Claim and execute the job that has waited longest; False when none is due."""
    return_expired_leases()
    job = claim()
    if job is None:
        return False
    execute(job)
    return True


def run_for(seconds: float) -> bool:
    """Execute what is due for about so long; False once nothing is due."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not run_one():
            return False
    return True


def run_all(limit: int = 10_000) -> int:
    """Execute everything that is due now; returns how many jobs ran."""
    count = 0
    while count < limit and run_one():
        count += 1
    return count


def claim() -> Job | None:
    """Take a lease on the next due job."""
    with transaction.atomic():
        # skip_locked lets several workers claim side by side on PostgreSQL; SQLite has one writer anyway.
        due = Job.objects.select_for_update(skip_locked=True).filter(state=JobState.READY, run_at__lte=now())
        job = due.order_by("run_at").first()
        if job is None:
            return None
        job.state = JobState.RUNNING
        job.attempts += 1
        job.lease_until = now() + LEASE
        job.save(update_fields=["state", "attempts", "lease_until"])
        return job


def return_expired_leases() -> int:
    """Make the jobs of dead workers ready again; returns how many."""
    expired = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now())
    spent = expired.filter(Q(attempts__gte=MAX_ATTEMPTS) | Q(losses__gte=MAX_LOSSES - 1))
    lost = {"losses": F("losses") + 1, "lease_until": None}
    spent.update(state=JobState.DEAD, last_error="the worker died each time", finished_at=now(), **lost)
    return expired.update(state=JobState.READY, **lost)


def execute(job: Job) -> None:
    """Run the handler and write down how it ended; a lease that ran out meanwhile belongs to somebody else."""
    with bound(job_id=str(job.pk), job_kind=job.kind, request_id=job.request_id):
        try:
            handler_of(job.kind)(job.args)
        except Exception:  # a handler may fail in any way; the job keeps the traceback and is tried again
            log.warning("job failed, attempt %s", job.attempts, exc_info=True)
            _fail(job, traceback.format_exc())
        else:
            _settle(job, state=JobState.DONE, finished_at=now(), last_error="")


def _settle(job: Job, **values: Any) -> None:
    """Write how a job ended, even when the database is away for a moment: a mail must not go out twice."""
    insist(lambda: _ours(job).update(lease_until=None, **values), f"the end of job {job.pk} ({job.kind})")


def _ours(job: Job) -> models.QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)


def _fail(job: Job, error: str) -> None:
    if job.attempts >= MAX_ATTEMPTS:
        _settle(job, state=JobState.DEAD, last_error=error, finished_at=now())
    else:
        _settle(job, state=JobState.READY, last_error=error, run_at=now() + backoff(job.attempts))


def backoff(attempts: int) -> dt.timedelta:
    """How long to wait after that many attempts: doubling, up to an hour, spread by a random half."""
    plain: dt.timedelta = min(FIRST_BACKOFF * 2 ** min(attempts - 1, _DOUBLINGS), LONGEST_BACKOFF)
    return plain * random.uniform(0.5, 1.0)
