"""Matching words as plain search does: the strictest reading that finds something wins."""

import re
from collections.abc import Callable
from typing import TypeVar

from apps.kernel.vietnamese import canonical_tones, fold

T = TypeVar("T")
_WORD = re.compile(r"\w+")


def folded_words(text: str) -> list[str]:
    """The words of a text without accents."""
    return _WORD.findall(fold(text))


def accented_words(text: str) -> list[str]:
    """The words of a text in small letters with their accents, each tone on its one place."""
    return _WORD.findall(canonical_tones(text.lower()))


def strictest(
    items: list[T], q: str, accented: Callable[[T], str], folded: Callable[[T], str], anyway: Callable[[T], bool]
) -> list[T]:
    """Items that have all words of `q`, and those that count `anyway`.

    With the accents as typed, else as whole words without accents, else as beginnings of words, else anywhere.
    """
    asked, plain = accented_words(q), folded_words(q)
    readings: list[Callable[[T], bool]] = [
        lambda item: _all_in(plain, set(folded_words(folded(item)))),
        lambda item: _all_begin(plain, folded_words(folded(item))),
        lambda item: all(word in folded(item) for word in plain),
    ]
    if asked != plain:
        readings.insert(0, lambda item: _all_in(asked, set(accented_words(accented(item)))))
    for fits in readings:
        if any(fits(item) for item in items):
            return [item for item in items if fits(item) or anyway(item)]
    return [item for item in items if anyway(item)]


def rank(q: str, title: str) -> int:
    """How well a title fits: 0 begins with the words, 1 has them in a row, 2 has them all, 3 only other texts do."""
    words, own = folded_words(q), folded_words(title)
    places = [place for place in range(len(own)) if own[place : place + len(words)] == words]
    if places:
        return 0 if places[0] == 0 else 1
    return 2 if _all_in(words, set(own)) else 3


def _all_in(words: list[str], known: set[str]) -> bool:
    return all(word in known for word in words)


def _all_begin(words: list[str], known: list[str]) -> bool:
    return all(any(other.startswith(word) for other in known) for word in words)
