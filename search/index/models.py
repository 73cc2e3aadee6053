"""Generations of the index, and what each of them has still to take over from the shop."""

from django.db import models
from django.db.models import Q

from apps.kernel.clock import now


class GenerationState(models.TextChoices):
    """Where a generation stands."""

    BUILDING = "building"
    LIVE = "live"
    OLD = "old"  # kept, so that one can go back
    FAILED = "failed"


class IndexGeneration(models.Model):
    """One index of one engine, made from the database as a whole; at most one of each engine answers searches."""

    engine = models.CharField(max_length=16)
    name = models.CharField(max_length=80, unique=True)  # of the folder, or of the index in Elasticsearch
    schema = models.CharField(max_length=64)  # digest of the fields: a new release may need a new generation
    state = models.CharField(max_length=16, choices=GenerationState, default=GenerationState.BUILDING)
    # Grows with each batch: what is written late is older and changes nothing.
    version = models.BigIntegerField(default=1)
    lease_until = models.DateTimeField(null=True, blank=True)
    documents = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=now)
    live_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "search"
        constraints = (
            models.CheckConstraint(condition=Q(state__in=GenerationState.values), name="generation_state_known"),
            models.UniqueConstraint(fields=["engine"], condition=Q(state="live"), name="generation_one_live"),
            models.UniqueConstraint(fields=["engine"], condition=Q(state="building"), name="generation_one_building"),
        )

    def __str__(self) -> str:
        return self.name


class Change(models.Model):
    """A product that a generation has to read again; written by triggers, so that no way of writing is forgotten."""

    generation = models.ForeignKey(IndexGeneration, on_delete=models.CASCADE, related_name="changes")
    product_id = models.BigIntegerField()
    at = models.DateTimeField(default=now, db_default=models.functions.Now())

    class Meta:
        app_label = "search"
        indexes = (models.Index(fields=["generation", "id"], name="search_change_queue"),)

    def __str__(self) -> str:
        return f"{self.product_id} for {self.generation_id}"
