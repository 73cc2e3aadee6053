"""What a query means: the words to find, and the words that became something else."""

from dataclasses import dataclass
from enum import StrEnum

from search.request import Key, SearchRequest
from search.text import Token


class NoteKind(StrEnum):
    """What words of a query were understood as."""

    PROVINCE = "province"
    STARS = "stars"
    PRICE = "price"
    SEASON = "season"
    STOCK = "stock"
    ENGLISH = "english"  # an English name of goods; they are found under the Vietnamese one too
    TYPING = "typing"  # keys of a Vietnamese keyboard that nobody put together; see `decode_typing`


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must be found.

    The first alternative is what was typed; the others mean the same. One of several tokens is a phrase. The others are
    matched as they are spelt, so that `orange` finds `cam` and no `cám`: by `accented`, and by `folded` only where
    `accented` is empty. What was typed may be found without its accents too.
    """

    alternatives: tuple[tuple[Token, ...], ...]
    typed_with_accents: bool


@dataclass(frozen=True, slots=True)
class Note:
    """Words that became a filter or got a meaning; a shopper sees it and can take it back.

    `words` are as typed: the address that takes the note back is `request.keeping(note.words).query_string()`, with the
    request as it was asked. `values` are those of `key` in the address; without a key, what the words were read as.
    """

    kind: NoteKind
    words: str
    key: Key | None
    values: tuple[str, ...]

    @property
    def value(self) -> str:
        """The values in one line, for a key that has only one of them and for a reading without a key."""
        return ", ".join(self.values)


@dataclass(frozen=True, slots=True)
class Understood:
    """A request with its words read: `request.q` is what is left to search for, and the filters are added.

    Every word that was typed is in a term or in a note, up to the number of terms that are searched for.
    """

    request: SearchRequest
    terms: tuple[Term, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A place in the text of a query that can be read as a filter."""

    start: int
    end: int
    kind: NoteKind
    key: Key
    values: tuple[str, ...]

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it shares letters with another place."""
        return self.start < end and start < self.end
