"""Duties of search."""

import datetime as dt
from typing import Any

from apps.jobs.registry import scheduled
from apps.kernel.clock import today
from search import asked


@scheduled("search.purge_asked", every=dt.timedelta(days=1))
def on_purge_asked(args: dict[str, Any]) -> None:
    """Forget old searches, and rare ones sooner."""
    asked.purge(today())
