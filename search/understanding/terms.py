"""From the words that are left of a query to what must be found: synonyms, and Vietnamese names for English ones."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from apps.kernel.memo import kept_for
from search.synonyms import KEPT_SECONDS, Phrase, groups_in_use
from search.text import Token, tokens
from search.understanding.english import english_phrases, singular
from search.understanding.meaning import Note, NoteKind, Term
from search.understanding.phrases import Phrases

MOST_TERMS = 12
MOST_ALTERNATIVES = 12


@dataclass(frozen=True, slots=True)
class _Synonyms:
    """What else each phrase is called, by its spelling with accents and by the one without."""

    accented: Phrases[tuple[Phrase, ...]]
    folded: Phrases[tuple[Phrase, ...]]


@dataclass(frozen=True, slots=True)
class _Reading:
    """How many tokens are one thing, what else it is called, and whether an English name was read."""

    length: int
    others: tuple[Phrase, ...]
    is_english: bool = False


def terms_of(pieces: Sequence[str], keep: Iterable[str]) -> tuple[tuple[Term, ...], tuple[Note, ...]]:
    """What must be found, in the order it was typed, and a note for each English name.

    A phrase of synonyms is never put together from two pieces, nor from words to `keep`. At most MOST_TERMS.
    """
    kept = [phrase for phrase in map(tokens, keep) if phrase]
    read = [tokens(piece) for piece in pieces]
    with_accents = any(token.has_accents for piece in read for token in piece)
    terms: dict[Term, None] = {}
    notes: dict[Note, None] = {}
    for piece, typed in zip(pieces, read, strict=True):
        for term, note in _terms(piece, typed, kept, with_accents):
            if len(terms) == MOST_TERMS:
                break
            terms[term] = None
            if note:
                notes[note] = None
    return tuple(terms), tuple(notes)


def _terms(piece: str, typed: Phrase, kept: Sequence[Phrase], with_accents: bool) -> Iterator[tuple[Term, Note | None]]:
    plain = _without_kept(typed, kept)
    place = 0
    while place < len(typed):
        reading = _reading(plain, place, with_accents) or _Reading(1, ())
        words = typed[place : place + reading.length]
        place += reading.length
        alternatives = tuple(dict.fromkeys((words, *reading.others)))[:MOST_ALTERNATIVES]
        note = _english_note(piece, words, reading.others) if reading.is_english else None
        yield Term(alternatives, any(token.has_accents for token in words)), note


def _reading(typed: Phrase, place: int, with_accents: bool) -> _Reading | None:
    """The longest phrase at a place that is called something else too; synonyms and English of one length add up."""
    synonyms = _synonyms()
    found = [_read(synonyms.accented, [token.accented for token in typed], place)]
    if not with_accents:
        found.append(_read(synonyms.folded, [token.folded for token in typed], place))
    english = _read(english_phrases(), [singular(token.accented) for token in typed], place, is_english=True)
    longest = max((reading.length for reading in (*found, english) if reading), default=0)
    if not longest:
        return None
    others = [phrase for reading in found if reading and reading.length == longest for phrase in reading.others]
    if english is None or english.length < longest:
        return _Reading(longest, tuple(others))
    for phrase in english.others:
        others += [phrase, *synonyms.accented.get(tuple(token.accented for token in phrase), ())]
    return _Reading(longest, (*english.others, *others), is_english=True)


def _read(
    phrases: Phrases[tuple[Phrase, ...]], words: Sequence[str], place: int, *, is_english: bool = False
) -> _Reading | None:
    found = phrases.at(words, place)
    return _Reading(*found, is_english) if found else None


def _without_kept(typed: Phrase, kept: Sequence[Phrase]) -> Phrase:
    """The tokens with nothing in the place of those to keep: nothing is part of a phrase."""
    left = list(typed)
    for phrase in kept:
        for place in range(len(typed) - len(phrase) + 1):
            if typed[place : place + len(phrase)] == phrase:
                left[place : place + len(phrase)] = [Token("", "")] * len(phrase)
    return tuple(left)


def _english_note(piece: str, words: Phrase, vietnamese: Sequence[Phrase]) -> Note:
    pattern = r"[\W_]+".join(re.escape(token.accented) for token in words)
    written = re.search(rf"(?<![^\W_]){pattern}(?![^\W_])", piece, re.IGNORECASE)
    meant = " ".join(token.accented for token in vietnamese[0])
    return Note(NoteKind.ENGLISH, written[0] if written else _joined(words), None, (meant,))


def _joined(words: Phrase) -> str:
    return " ".join(token.accented for token in words)


@kept_for(KEPT_SECONDS)
def _synonyms() -> _Synonyms:
    accented: dict[tuple[str, ...], list[Phrase]] = {}
    folded: dict[tuple[str, ...], list[Phrase]] = {}
    for group in groups_in_use():
        for phrase in group.phrases:
            others = [other for other in group.phrases if other != phrase]
            if group.with_accents:
                accented.setdefault(tuple(token.accented for token in phrase), []).extend(others)
            else:
                unknown = [tuple(Token("", token.folded) for token in other) for other in others]
                folded.setdefault(tuple(token.folded for token in phrase), []).extend(unknown)
    return _Synonyms(*(Phrases({key: tuple(found) for key, found in table.items()}) for table in (accented, folded)))
