"""A row of suggestions, and how well a name fits what was typed so far."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from search.words import accented_words, folded_words


class Kind(StrEnum):
    """What a row leads to; of those that fit equally well, in this order."""

    QUERY = "query"
    CATEGORY = "category"
    PRODUCT = "product"
    PROVINCE = "province"
    VENDOR = "vendor"


@dataclass(frozen=True, slots=True)
class Row:
    """A name and where it leads: by slug, a product by slug and id, a query by its own words.

    `former` is the name from before July 2025 that was typed for a province.
    """

    kind: Kind
    name: str
    slug: str = ""
    id: int = 0
    former: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is compared: its words with and without accents, each between blanks."""

    accented: str
    folded: str

    @classmethod
    def of(cls, *texts: str) -> "Name":
        """Of one text, or of several that mean the same."""
        accented, folded = (
            [found for text in texts for found in read(text)] for read in (accented_words, folded_words)
        )
        return cls(f" {' '.join(accented)} ", f" {' '.join(folded)} ")


# Accents that were typed are not there, some that were not typed are, how the words stand; the smallest is best.
Fit = tuple[bool, bool, int]


@dataclass(frozen=True, slots=True)
class Begun:
    """What was typed so far: whole words, and the last one may go on."""

    name: Name
    accented: tuple[str, ...]
    folded: tuple[str, ...]

    @classmethod
    def of(cls, q: str) -> "Begun":
        """From the words of a request."""
        return cls(Name.of(q), tuple(accented_words(q)), tuple(folded_words(q)))

    def begins(self, name: Name) -> bool:
        """Whether a name has the words, accents aside."""
        *whole, last = self.folded
        return f" {last}" in name.folded and all(f" {word} " in name.folded for word in whole)

    def fit(self, name: Name) -> Fit:
        """How well a name fits that has the words."""
        is_other, order = self.rough_fit(name)
        is_wrong = is_other and not all(_may_become(word, name.accented.split()) for word in self.accented)
        return is_wrong, is_other, order

    def rough_fit(self, name: Name) -> tuple[bool, int]:
        """Whether accents are not as typed, and how the words stand; costs next to nothing."""
        is_same = self.accented == self.folded or all(f" {word}" in name.accented for word in self.accented)
        return not is_same, self._order(name.folded)

    def _order(self, name: str) -> int:
        """0 the whole name, 1 its beginning, 2 somewhere in a row, 3 anywhere."""
        if name == self.name.folded:
            return 0
        words = self.name.folded.rstrip()
        if name.startswith(words):
            return 1
        return 2 if words in name else 3


def _may_become(typed: str, words: Iterable[str]) -> bool:
    """Whether a word has all letters and accents that were typed: `mư` becomes `mực`, `dứa` no `dưa`."""
    return any(
        len(typed) <= len(word) and all(_letter(one) <= _letter(other) for one, other in zip(typed, word, strict=False))
        for word in words
    )


@lru_cache(maxsize=1024)
def _letter(letter: str) -> frozenset[str]:
    """The plain letter and its marks."""
    return frozenset(unicodedata.normalize("NFD", letter.replace("đ", "d\u0335")))
