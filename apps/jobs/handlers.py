"""Duties of the table of jobs itself."""

import datetime as dt
from typing import Any

from apps.jobs.registry import scheduled
from apps.jobs.services import purge


@scheduled("jobs.purge", every=dt.timedelta(days=1))
def on_jobs_purge(args: dict[str, Any]) -> None:
    """Forget old jobs."""
    purge()
