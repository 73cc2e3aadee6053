"""What admins teach the search, words that mean the same; what shoppers ask it, and what they keep."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from apps.kernel.clock import now
from search.index.models import Change, GenerationState, IndexGeneration

__all__ = ["Asked", "Change", "GenerationState", "IndexGeneration", "SavedSearch", "SynonymGroup"]


class SynonymGroup(models.Model):
    """Phrases that mean the same to shoppers of different regions: `đậu phộng, đậu phụng, lạc`.

    Rows come from `search.synonyms.save_group`, which checks them. They are read at the moment of a search, so a
    change holds within seconds and nothing has to be indexed again.
    """

    phrases = models.CharField(max_length=600)  # parted by commas, as their author wrote them
    # False: the group is for words typed without accents, and is written without.
    with_accents = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["phrases", "with_accents"], name="synonym_group_once"),
        ]

    def __str__(self) -> str:
        return self.phrases


class Asked(models.Model):
    """How often the same words were searched for on a day, and what came of it; nothing tells who did it.

    Rows are written by `search.tally` and read by `search.asked` and `search.insight`.
    """

    day = models.DateField()
    folded = models.CharField(max_length=80)
    # That the words named, or that the shopper has goods sent to; where shoppers near a vendor are counted.
    province_code = models.CharField(max_length=2, blank=True)
    words = models.CharField(max_length=80, blank=True)  # as typed with accents most recently; empty while nobody has
    times = models.PositiveIntegerField(default=0)
    missed = models.PositiveIntegerField(default=0)  # nothing fit the words as typed
    results = models.PositiveIntegerField(default=0)  # last time
    # By scripts of the browser, so both are about the same readers: results were shown, one of them was opened.
    seen = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "folded", "province_code"], name="asked_once_a_day"),
        ]
        indexes: ClassVar = [models.Index(fields=["folded", "-day"], name="asked_latest")]

    def __str__(self) -> str:
        return f"{self.folded} on {self.day}"


class SavedSearch(models.Model):
    """A search that somebody keeps, to open it again and to be told of new goods; written by `search.saved`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    query = models.CharField(max_length=1000)  # as the address of the search has it
    words = models.CharField(max_length=200)  # what it asks for, in the language in which it was saved
    is_muted = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)
    looked_until = models.DateTimeField(default=now)  # goods put on sale up to then are no news

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "query"], name="saved_search_once")]

    def __str__(self) -> str:
        return self.words
