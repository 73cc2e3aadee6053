"""English names of goods, and the Vietnamese ones that shops write."""

import csv
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from search.text import Token, tokens
from search.understanding.phrases import Phrases

FILE = Path(__file__).parent.parent / "data" / "english_words.csv"
_SHORTENED = (("ies", "y"), ("oes", "o"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("ss", "ss"), ("s", ""))
_LEAST = 4  # letters of a word that may have a plural


@lru_cache(maxsize=1)
def english_phrases() -> Phrases[tuple[tuple[Token, ...], ...]]:
    """The Vietnamese phrases of each English one, whose words are all `singular`."""
    meanings: dict[tuple[str, ...], list[tuple[Token, ...]]] = {}
    for english, vietnamese in _rows():
        words = tuple(singular(token.accented) for token in tokens(english))
        meanings.setdefault(words, []).append(tokens(vietnamese))
    return Phrases({words: tuple(dict.fromkeys(phrases)) for words, phrases in meanings.items()})


@lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """Every word of the English names, as it is and without its plural."""
    words = {token.accented for english, _ in _rows() for token in tokens(english)}
    return frozenset(words | set(map(singular, words)))


def names_in_english() -> Iterator[str]:
    """Every English name of the list."""
    return (english for english, _ in _rows())


@lru_cache(maxsize=1)
def vietnamese_names() -> tuple[tuple[Token, ...], ...]:
    """Every Vietnamese name of the list."""
    return tuple(dict.fromkeys(tokens(vietnamese) for _, vietnamese in _rows()))


def singular(word: str) -> str:
    """An English word without the ending of its plural, roughly: both sides of a comparison lose the same letters."""
    if len(word) < _LEAST:
        return word
    for ending, instead in _SHORTENED:
        if word.endswith(ending):
            return word[: -len(ending)] + instead
    return word


def _rows() -> list[tuple[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return [(row["english"], row["vietnamese"]) for row in csv.DictReader(file)]
