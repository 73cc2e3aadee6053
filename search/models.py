"""What admins teach the search: words that mean the same."""

from typing import ClassVar

from django.db import models

from search.index.models import Change, GenerationState, IndexGeneration

__all__ = ["Change", "GenerationState", "IndexGeneration", "SynonymGroup"]


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
