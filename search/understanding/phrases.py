"""A table of phrases in which the longest one at a place is found."""

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Phrases(Generic[T]):
    """What each phrase, a tuple of words, stands for."""

    def __init__(self, meanings: Mapping[tuple[str, ...], T]) -> None:
        self._meanings = dict(meanings)
        # By the first word, so that most words of a query cost one look: how long a phrase with it can be.
        self._longest: dict[str, int] = {}
        for phrase in self._meanings:
            self._longest[phrase[0]] = max(len(phrase), self._longest.get(phrase[0], 0))

    def get(self, phrase: tuple[str, ...], default: T) -> T:
        """The meaning of a phrase."""
        return self._meanings.get(phrase, default)

    def at(self, words: Sequence[str], place: int) -> tuple[int, T] | None:
        """The length and the meaning of the longest phrase that begins at a place of a text."""
        for length in range(min(self._longest.get(words[place], 0), len(words) - place), 0, -1):
            meaning = self._meanings.get(tuple(words[place : place + length]))
            if meaning is not None:
                return length, meaning
        return None
