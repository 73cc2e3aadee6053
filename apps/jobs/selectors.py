"""Reads of the outbox and the audit trail, for admins and monitors."""

import datetime as dt

from django.db.models import Count, Min, Model, QuerySet

from apps.jobs.models import AuditEvent, Job, JobState
from apps.kernel.clock import now


def counts() -> dict[str, int]:
    """Jobs by state; states without jobs count 0."""
    found = dict(Job.objects.values_list("state").annotate(n=Count("pk")).order_by())
    return {str(state): found.get(state, 0) for state in JobState.values}


def lag() -> dt.timedelta:
    """How long the oldest due job has been waiting."""
    oldest = Job.objects.filter(state=JobState.READY).aggregate(at=Min("run_at"))["at"]
    return max(now() - oldest, dt.timedelta()) if oldest else dt.timedelta()


def on_retry() -> QuerySet[Job]:
    """Jobs that failed before and will be tried again, the next one first."""
    return Job.objects.filter(state=JobState.READY, attempts__gt=0).order_by("run_at")


def jobs_in(state: str) -> QuerySet[Job]:
    """Jobs in a state, the latest first."""
    return Job.objects.filter(state=state).order_by("-created_at")


def history_of(obj: Model) -> QuerySet[AuditEvent]:
    """What happened to an object, the latest first."""
    return (
        AuditEvent.objects.filter(object_type=obj._meta.label, object_id=str(obj.pk))
        .select_related("actor")
        .order_by("-at", "-pk")
    )
