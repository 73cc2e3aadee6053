"""The transactional outbox and the record of who did what."""

import uuid
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.kernel.clock import now


class JobState(models.TextChoices):
    """Where a job stands."""

    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    DISCARDED = "discarded"


class Job(models.Model):
    """Work to do after its transaction has committed; a handler may run twice and must not mind."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=64)
    args: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    dedupe_key = models.CharField(max_length=160, unique=True, null=True, blank=True)
    state = models.CharField(max_length=16, choices=JobState, default=JobState.READY)
    attempts = models.PositiveSmallIntegerField(default=0)
    # How often a worker died with it in hand.
    losses = models.PositiveSmallIntegerField(default=0, db_default=0)
    run_at = models.DateTimeField(default=now)
    lease_until = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    # Of the request that wrote it, so that the log tells one story.
    request_id = models.CharField(max_length=64, blank=True, default="", db_default="")
    created_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_known"),)
        indexes = (
            models.Index(fields=["run_at"], condition=Q(state="ready"), name="job_ready_by_time"),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="job_running_by_lease"),
            models.Index(fields=["-finished_at"], condition=Q(state="dead"), name="job_dead_by_time"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class AuditEvent(models.Model):
    """One decision or change, never edited or deleted (database triggers refuse it)."""

    at = models.DateTimeField(default=now, db_index=True)
    actor_kind = models.CharField(max_length=16)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+")
    on_behalf_of_vendor_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=64)
    object_type = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64)
    before: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    after: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    reason = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=["object_type", "object_id", "at"], name="audit_by_object"),)

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type} {self.object_id}"

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        """Refused."""
        raise TypeError("audit events are never deleted")
