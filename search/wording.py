"""From what a query means to what an engine is asked: the readings of its words, the strictest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from apps.kernel.vietnamese import fold
from apps.places.selectors.known import former_names
from search.plan import AnyOf, Beginning, Clause, Field, Scattered, Text, Typo, Words
from search.result import Reading
from search.text import Token, pairs, tokens
from search.understanding import NoteKind, Term, Understood

Pair = tuple[Field, Field]
# How much a word in a field is worth, as written and without accents.
_WORTH: Final[dict[Pair, float]] = {
    (Field.TITLE, Field.TITLE_FOLDED): 4.0,
    (Field.KIND, Field.KIND_FOLDED): 2.5,
    (Field.NAMES, Field.NAMES_FOLDED): 2.0,
    (Field.BODY, Field.BODY_FOLDED): 0.7,
}
_FOLDED: Final = frozenset(folded for _field, folded in _WORTH)
_FOLDED_WORTH = 0.7  # of the same word as written
_SYNONYM_WORTH = 0.8
_SCATTERED_WORTH = 0.5
_UNSURE_WORTH = 0.5  # of a beginning of a word, and of one that is a letter away
_TOGETHER = 3.0
_OF_THE_KIND = 2.0
_SHORTEST_TYPO, _SHORTEST_ALONE = 3, 4  # letters; shorter words are one letter away from too many others
_MANY_TERMS = 4  # of fewer, none may be missing
# Words that say nothing of the goods; they are needed only where nothing else was typed.
_EMPTY = frozenset(("qua", "do", "mon", "loai", "hang", "ngon", "mua", "re"))
_EMPTY_PAIRS = frozenset((("dac", "san"), ("hang", "ngon")))


@dataclass(frozen=True, slots=True)
class Read:
    """A reading of a query."""

    reading: Reading
    text: Text


def readings(understood: Understood) -> Iterator[Read]:
    """Every reading that could find something else than the one before it; none where no word is left."""
    terms = _needed(understood)
    places = _former_places(understood)
    if not terms and not places:
        return
    liked = (*_together(terms), *(clause for term in terms for clause in _of_the_kind(term)))
    with_accents = any(term.typed_with_accents for term in terms)
    accented = tuple(_accented(term, with_accents) for term in terms)
    if with_accents:
        yield Read(Reading.AS_TYPED, Text((*accented, *places), liked))
    folded = tuple(_folded(term, with_accents) for term in terms)
    yield Read(Reading.WITHOUT_ACCENTS if with_accents else Reading.AS_TYPED, Text((*folded, *places), liked))
    yield Read(Reading.BEGINNINGS, Text((*(_begun(term, with_accents) for term in terms), *places), liked))
    shortest = _SHORTEST_TYPO if len(terms) > 1 else _SHORTEST_ALONE
    if any(_may_be_mistyped(term, shortest) for term in terms):
        sure = accented if len(terms) > 1 else ()
        mistyped = tuple(_mistyped(term, shortest, with_accents) for term in terms)
        yield Read(Reading.ONE_TYPO, Text((*mistyped, *places), liked, sure=sure))
    if places:
        yield from readings(Understood(understood.request, understood.terms, ()))
    elif len(terms) >= _MANY_TERMS:
        yield Read(Reading.ONE_WORD_LESS, Text(accented, liked, least=len(terms) - 1))


def _needed(understood: Understood) -> list[Term]:
    """The terms without empty words, unless nothing else was typed."""
    terms = list(understood.terms)
    words = [" ".join(token.folded for token in term.alternatives[0]) for term in terms]
    empty = {place for place, word in enumerate(words) if word in _EMPTY}
    for place, pair in enumerate(pairwise(words)):
        if pair in _EMPTY_PAIRS:
            empty |= {place, place + 1}
    left = [term for place, term in enumerate(terms) if place not in empty]
    return left or ([] if understood.notes else terms)


def _former_places(understood: Understood) -> list[AnyOf]:
    """Former provinces that were typed: who names one wants what comes from there, not from all of the new one."""
    typed = [f" {fold(note.words)} " for note in understood.notes if note.kind is NoteKind.PROVINCE]
    former = {name for names in former_names().values() for name in names}
    found = [name for name in former if any(f" {fold(name)} " in words for words in typed)]
    return [AnyOf((Words(Field.NAMES_FOLDED, tuple(token.folded for token in tokens(name))),)) for name in found]


def _accented(term: Term, with_accents: bool) -> AnyOf:
    """As written; a word without accents may stand for any."""
    typed = term.alternatives[0]
    written = _as_written(typed) if with_accents else _bare(typed)
    folded = () if term.typed_with_accents else _folded_words(typed)
    return _any_of((*written, *folded, *_synonyms(term)))


def _folded(term: Term, with_accents: bool) -> AnyOf:
    typed = term.alternatives[0]
    written = (*_as_written(typed), *_scattered(typed)) if with_accents else _bare(typed)
    return _any_of((*written, *_folded_words(typed), *_synonyms(term)))


def _bare(typed: Sequence[Token]) -> tuple[Clause, ...]:
    """Words that nobody gave accents, as they stand: `cua` is rather cua than cùa, at least in a title."""
    return (Words(Field.TITLE, tuple(token.accented for token in typed), _WORTH[Field.TITLE, Field.TITLE_FOLDED]),)


def _any_of(clauses: tuple[Clause, ...]) -> AnyOf:
    """The clauses, found by fewer questions: without accents, words in any text are words of all of them."""
    anywhere = {clause.words for clause in clauses if isinstance(clause, Words) and clause.field in _FOLDED}
    if not anywhere:
        return AnyOf(clauses)
    # Without accents words are found wherever they are found with them.
    others = [
        clause for clause in clauses if not (isinstance(clause, Words) and tuple(map(fold, clause.words)) in anywhere)
    ]
    return AnyOf(clauses, (*map(_looked_up, sorted(anywhere)), *others))


def _looked_up(words: tuple[str, ...]) -> Clause:
    """The words anywhere; of several, that each two neighbours stand together is enough."""
    wanted = tuple(pairs(words)) or words
    return (Words if len(wanted) == 1 else Scattered)(Field.ALL_FOLDED, wanted)


def _synonyms(term: Term) -> Iterator[Clause]:
    """What means the same, as it is spelt; without accents only what is written down so."""
    for alternative in term.alternatives[1:]:
        if all(token.accented for token in alternative):
            yield from _as_written(alternative, _SYNONYM_WORTH)
        else:
            yield from _folded_words(alternative, _SYNONYM_WORTH)


def _as_written(typed: Sequence[Token], share: float = 1.0) -> Iterator[Clause]:
    words = tuple(token.accented for token in typed)
    return (Words(field, words, worth * share) for (field, _folded), worth in _WORTH.items())


def _folded_words(typed: Sequence[Token], share: float = 1.0) -> Iterator[Clause]:
    words = tuple(token.folded for token in typed)
    return (Words(folded, words, worth * share * _FOLDED_WORTH) for (_field, folded), worth in _WORTH.items())


def _scattered(typed: Sequence[Token]) -> Iterator[Clause]:
    """A phrase whose words stand apart."""
    if len(typed) > 1:
        words = tuple(token.accented for token in typed)
        yield from (Scattered(field, words, worth * _SCATTERED_WORTH) for (field, _folded), worth in _WORTH.items())


def _begun(term: Term, with_accents: bool) -> AnyOf:
    words = tuple(token.folded for token in term.alternatives[0])
    begun = (Beginning(folded, words, worth * _UNSURE_WORTH) for (_field, folded), worth in _WORTH.items())
    return AnyOf((*_folded(term, with_accents).clauses, *begun))


def _mistyped(term: Term, shortest: int, with_accents: bool) -> AnyOf:
    if not _may_be_mistyped(term, shortest):
        return _folded(term, with_accents)
    word = term.alternatives[0][0].folded
    names = ((folded, worth) for (_field, folded), worth in _WORTH.items() if folded is not Field.BODY_FOLDED)
    typos = (Typo(folded, word, worth * _UNSURE_WORTH) for folded, worth in names)
    return AnyOf((*_folded(term, with_accents).clauses, *typos))


def _may_be_mistyped(term: Term, shortest: int) -> bool:
    typed = term.alternatives[0]
    return len(typed) == 1 and len(typed[0].folded) >= shortest and typed[0].folded.isalpha()


def _together(terms: Sequence[Term]) -> Iterator[Clause]:
    """Words next to each other as they were typed: all of them in a title or a name, and each pair in a title."""
    typed = [token for term in terms for token in term.alternatives[0]]
    if len(typed) < 2:
        return
    for field, folded in ((Field.TITLE, Field.TITLE_FOLDED), (Field.NAMES, Field.NAMES_FOLDED)):
        yield from _both(typed, (field, folded), _TOGETHER)
    if len(typed) > 2:
        for pair in pairwise(typed):
            yield from _both(pair, (Field.TITLE, Field.TITLE_FOLDED), _TOGETHER / 2)


def _of_the_kind(term: Term) -> Iterator[Clause]:
    """Goods of a category are nearer to its name than others that have it in theirs."""
    for alternative in term.alternatives:
        words = tuple(token.accented or token.folded for token in alternative)
        yield Words(Field.KIND if alternative[0].accented else Field.KIND_FOLDED, words, _OF_THE_KIND)


def _both(typed: Sequence[Token], pair: Pair, worth: float) -> Iterator[Clause]:
    yield Words(pair[1], tuple(token.folded for token in typed), worth)
    if any(token.has_accents for token in typed):
        yield Words(pair[0], tuple(token.accented for token in typed), worth)
