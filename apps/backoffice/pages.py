"""Draws a page of the backoffice with the figures of its rail."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.backoffice import selectors
from apps.jobs.models import JobState
from apps.jobs.selectors import counts as job_counts
from apps.payments.selectors import bank_count, open_disputes
from apps.payouts.selectors import waiting_runs
from search.index.status import is_answering


def show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Render `templates/backoffice/<template>.html`; `context["room"]` names the rail item that is current."""
    waiting = selectors.counts()
    rail = {
        "rail": waiting,
        "waiting_count": sum(waiting.values()),
        "bank_count": bank_count(),
        "open_disputes": open_disputes(),
        "waiting_runs": waiting_runs(),
        "dead_jobs": job_counts()[JobState.DEAD],
        "search_away": not is_answering(),
        "demo": settings.DEMO,
    }
    return render(request, f"backoffice/{template}.html", {**rail, **context}, status=status)
