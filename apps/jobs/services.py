"""Writes of the outbox and of the audit trail; both belong to the caller's transaction."""

import datetime as dt
from typing import Any

from django.db import models, transaction

from apps.jobs.models import AuditEvent, Job, JobState
from apps.kernel.actor import Actor
from apps.kernel.clock import now


def enqueue(
    kind: str, args: dict[str, Any] | None = None, *, dedupe_key: str | None = None, run_at: dt.datetime | None = None
) -> Job | None:
    """Write a job into the caller's transaction; None when a job with that key exists already."""
    if dedupe_key is not None:
        job, created = Job.objects.get_or_create(
            dedupe_key=dedupe_key, defaults={"kind": kind, "args": args or {}, "run_at": run_at or now()}
        )
        return job if created else None
    return Job.objects.create(kind=kind, args=args or {}, run_at=run_at or now())


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
        state=state, attempts=0, run_at=now(), lease_until=None
    )
    if changed:
        record(actor=actor, verb=verb, obj=job, before={"state": JobState.DEAD}, after={"state": state})
    return bool(changed)
