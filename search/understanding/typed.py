"""The text of a query while it is read: as typed, and letter by letter without accents."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from apps.kernel.vietnamese import canonical_tones, fold, nfc

_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")


def spellings(words: str) -> frozenset[str]:
    """The words of a line, for `Typed.is_spelt`."""
    return frozenset(words.split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands."""

    start: int
    end: int
    accented: str
    folded: str


@dataclass(frozen=True)
class Typed:
    """A query in composed letters; `plain` has a letter without accents at the place of each letter of `text`."""

    text: str
    plain: str

    @classmethod
    def of(cls, q: str) -> "Typed":
        """From the words of a request."""
        text = nfc(q)
        return cls(text, "".join(map(_plain, text)))

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words with their places."""
        return tuple(
            Word(found.start(), found.end(), canonical_tones(found[0].lower()), fold(found[0]))
            for found in _WORD.finditer(self.text)
        )

    def is_spelt(self, start: int, end: int, accented: frozenset[str]) -> bool:
        """Whether the words there are all typed without accents, or are all among these: `còn hàng`, not `con hàng`."""
        words = [canonical_tones(found[0].lower()) for found in _LETTERS.finditer(self.text[start:end])]
        return all(word == fold(word) for word in words) or accented.issuperset(words)

    def places_of(self, phrase: str) -> list[tuple[int, int]]:
        """Where a phrase stands as it is written, as whole words; small or capital letters do not matter."""
        pattern = r"(?<!\w)" + re.escape(nfc(phrase)) + r"(?!\w)"
        return [found.span() for found in re.finditer(pattern, self.text, re.IGNORECASE)]


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    folded = fold(letter)
    if len(folded) == 1:
        return folded
    return " " if letter.isspace() else letter
