"""Writes of the outbox and of the audit trail; both belong to the caller's transaction."""

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from apps.jobs.models import AuditEvent, Job, JobState
from apps.jobs.registry import schedules
from apps.jobs.waking import wake_after_commit
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.kernel.log_context import log_context

KEEP_ENDED = dt.timedelta(days=30)
PURGE_BATCH = 1000


def enqueue(
    kind: str, args: dict[str, Any] | None = None, *, dedupe_key: str | None = None, run_at: dt.datetime | None = None
) -> Job | None:
    """Write a job into the caller's transaction; None when a job with that key exists already.

    A key is good for ever: a job that carries one is never purged, schedules' own aside.
    """
    values = {
        "kind": kind,
        "args": args or {},
        "run_at": run_at or now(),
        "request_id": log_context().get("request_id", ""),
    }
    if dedupe_key is None:
        job, created = Job.objects.create(**values), True
    else:
        job, created = Job.objects.get_or_create(dedupe_key=dedupe_key, defaults=values)
    if not created:
        return None
    if run_at is None:
        wake_after_commit()
    return job


def purge() -> int:
    """Delete jobs that ended long ago, in batches of a transaction each; returns how many.

    A key of the caller's own stays, as the same news may come again at any time; the keys of schedules name a slot
    that has passed. Dead jobs wait for somebody's decision.
    """
    ended = Job.objects.filter(state__in=(JobState.DONE, JobState.DISCARDED), finished_at__lt=now() - KEEP_ENDED)
    old = ended.filter(Q(dedupe_key=None) | Q(kind__in=list(schedules())))
    deleted = 0
    while batch := list(old.values_list("pk", flat=True)[:PURGE_BATCH]):
        deleted += Job.objects.filter(pk__in=batch).delete()[0]
    return deleted


def record(
    *,
    actor: Actor,
    verb: str,
    obj: models.Model,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditEvent:
    """Append one audit event about an object."""
    return AuditEvent.objects.create(
        actor_kind=actor.kind,
        actor_id=actor.user_id,
        on_behalf_of_vendor_id=actor.on_behalf_of_vendor_id,
        verb=verb,
        object_type=obj._meta.label,
        object_id=str(obj.pk),
        before=before or {},
        after=after or {},
        reason=reason,
    )


@transaction.atomic
def retry(*, job: Job, actor: Actor) -> bool:
    """Give a dead job a new start; False when it was dead no more."""
    return _decide(job, JobState.READY, "job.retry", actor)


@transaction.atomic
def discard(*, job: Job, actor: Actor) -> bool:
    """Lay a dead job aside for good; False when it was dead no more."""
    return _decide(job, JobState.DISCARDED, "job.discard", actor)


def _decide(job: Job, state: JobState, verb: str, actor: Actor) -> bool:
    changed = Job.objects.filter(pk=job.pk, state=JobState.DEAD).update(
        state=state, attempts=0, losses=0, run_at=now(), lease_until=None
    )
    if changed:
        wake_after_commit()
        record(actor=actor, verb=verb, obj=job, before={"state": JobState.DEAD}, after={"state": state})
    return bool(changed)
