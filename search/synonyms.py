"""Groups of words that mean the same: what a good group is, keeping them, and the ones that the shop starts with."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.jobs.services import record
from apps.kernel.actor import Actor
from apps.kernel.errors import DomainError
from apps.kernel.memo import kept_for
from search.models import SynonymGroup
from search.syllables import may_be_syllable
from search.text import Token, tokens

DATA = Path(__file__).parent / "data"
FEWEST, MOST = 2, 12  # phrases of a group
LONGEST = 6  # syllables of a phrase
MOST_LETTERS = 600  # of a whole group
KEPT_SECONDS = 5

Phrase = tuple[Token, ...]


class BadGroup(DomainError):
    """A group that would find the wrong goods, or nothing."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group as the search uses it."""

    phrases: tuple[Phrase, ...]
    with_accents: bool


@kept_for(KEPT_SECONDS)
def groups_in_use() -> tuple[Group, ...]:
    """Every group; kept for a few seconds, so that an edit holds soon and no search asks for itself."""
    rows = SynonymGroup.objects.values_list("phrases", "with_accents")
    return tuple(Group(tuple(filter(None, map(tokens, split(text)))), accented) for text, accented in rows)


def split(text: str) -> list[str]:
    """The phrases of a group as its author wrote it."""
    return [" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip()]


def shipped() -> Iterator[tuple[str, bool]]:
    """The groups that a new shop starts with, and whether each is for words typed with accents."""
    for name, with_accents in (("synonyms_accented.txt", True), ("synonyms_folded.txt", False)):
        for line in (DATA / name).read_text("utf-8").splitlines():
            text = line.partition("#")[0].strip()
            if text:
                yield text, with_accents


@transaction.atomic
def save_group(*, actor: Actor, phrases: str, with_accents: bool, group: SynonymGroup | None = None) -> SynonymGroup:
    """Add a group or change one; commas part its phrases. Raises BadGroup, whose message says what is wrong."""
    old = None if group is None else SynonymGroup.objects.select_for_update().get(pk=group.pk)
    text = check_group(phrases, with_accents=with_accents, group=old)
    before = _state(old) if old else {}
    saved = old or SynonymGroup()
    saved.phrases, saved.with_accents = text, with_accents
    saved.save()
    verb = "search.synonyms.change" if old else "search.synonyms.add"
    record(actor=actor, verb=verb, obj=saved, before=before, after=_state(saved))
    return saved


@transaction.atomic
def delete_group(*, actor: Actor, group: SynonymGroup) -> None:
    """Forget a group."""
    record(actor=actor, verb="search.synonyms.delete", obj=group, before=_state(group))
    group.delete()


def _state(group: SynonymGroup) -> dict[str, object]:
    return {"phrases": group.phrases, "with_accents": group.with_accents}


def check_group(text: str, *, with_accents: bool, group: SynonymGroup | None = None) -> str:
    """The group as it is kept; `group` is the one that it replaces.

    Raises BadGroup for too few or too many phrases, one that is empty, too long, there twice or in another group of the
    same kind, and for what is only safe with accents.
    """
    others = SynonymGroup.objects.filter(with_accents=with_accents)
    if group is not None:
        others = others.exclude(pk=group.pk)
    phrases = split(text)
    if not FEWEST <= len(phrases) <= MOST or len(text) > MOST_LETTERS:
        raise BadGroup(_("A group has 2 to 12 phrases, parted by commas."))
    taken = {tokens(phrase): other.phrases for other in others for phrase in split(other.phrases)}
    seen: set[Phrase] = set()
    for phrase in phrases:
        read = tokens(phrase)
        _check(phrase, read, with_accents)
        if read in seen:
            raise BadGroup(_("“%(phrase)s” is there twice.") % {"phrase": phrase})
        if read in taken:
            raise BadGroup(
                _("“%(phrase)s” is in another group already: %(group)s.") % {"phrase": phrase, "group": taken[read]}
            )
        seen.add(read)
    return ", ".join(phrases)


def _check(phrase: str, read: Phrase, with_accents: bool) -> None:
    if not read:
        raise BadGroup(_("“%(phrase)s” has no letter.") % {"phrase": phrase})
    if len(read) > LONGEST:
        raise BadGroup(_("“%(phrase)s” is too long: a phrase has at most 6 words.") % {"phrase": phrase})
    if with_accents:
        return
    if any(token.has_accents for token in read):
        raise BadGroup(
            _("“%(phrase)s” has accents; a group for words typed without them is written without.") % {"phrase": phrase}
        )
    # dứa, dừa and dưa are all `dua`.
    if len(read) == 1 and may_be_syllable(read[0].folded):
        raise BadGroup(
            _("“%(phrase)s” alone means too many things without accents; use two words or more.") % {"phrase": phrase}
        )
