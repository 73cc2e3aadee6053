"""Duties of search."""

import datetime as dt
from typing import Any

from apps.jobs.registry import handles, scheduled
from apps.kernel.clock import today
from search import asked, saved


@scheduled("search.purge_asked", every=dt.timedelta(days=1))
def on_purge_asked(args: dict[str, Any]) -> None:
    """Forget old searches, and rare ones sooner."""
    asked.purge(today())


@scheduled("search.plan_looks", every=dt.timedelta(days=1))
def on_plan_looks(args: dict[str, Any]) -> None:
    """Have new goods looked for in the morning, for every search that somebody keeps."""
    saved.plan_looks()


@handles("search.look")
def on_look(args: dict[str, Any]) -> None:
    """Look for new goods for some of them."""
    saved.look(args["ids"])
