"""What time does to sessions."""

import datetime as dt
from typing import Any

from django.core.management import call_command

from apps.jobs.registry import scheduled


@scheduled("sessions.clear", every=dt.timedelta(days=1))
def on_sessions_clear(args: dict[str, Any]) -> None:
    """Delete the sessions that have run out."""
    call_command("clearsessions")
