"""Did you mean: the words of a query as the shop spells its goods, vendors, categories and places."""

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain, pairwise, product

from apps.kernel.memo import kept_for
from apps.kernel.vietnamese import fold
from apps.places.selectors.names import province_names
from apps.shop.catalogue.selectors import category_tree, on_sale
from apps.vendors.models import Vendor
from apps.vendors.states import VendorState
from search.synonyms import groups_in_use
from search.understanding.english import names_in_english
from search.understanding.typed import Typed
from search.words import accented_words

KEPT_SECONDS = 3600  # a word of this hour is missing from a suggestion and from nothing else
MOST_TITLES = 20_000  # the newest; more hardly add a word, and reading them takes half a second
MOST_WORDS = 12
_SHORTEST, _LONG = 3, 7  # letters: shorter words are left alone, long ones may have two of them wrong
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# What is lost, as logarithms of how likely it is.
_ONE_LETTER, _TWO_LETTERS, _MARK, _UNKNOWN, _KNOWN = 6.0, 8.0, 1.5, 10.0, 2.0
_MOST_MARKS = 2  # of a word may be others: `hơi` is a poor `hội`, and `lảnh` a good `lãnh`
_BACKOFF = math.log(0.4)  # of words that never stood together, "Stupid Backoff" (Brants et al. 2007)
_MOST_GUESSES, _MOST_LINES = 24, 12


@dataclass(frozen=True)
class Vocabulary:
    """Words with their accents and how often they are there, alone and after one another."""

    words: Counter[str]
    pairs: Counter[tuple[str, str]]
    spellings: dict[str, tuple[str, ...]]  # by the word without accents, the commonest first
    total: int

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Vocabulary":
        """The words of some texts."""
        words: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for text in texts:
            found = accented_words(text)
            words.update(found)
            pairs.update(pairwise(found))
        spellings: dict[str, list[str]] = defaultdict(list)
        for word, _count in words.most_common():
            spellings[fold(word)].append(word)
        return cls(words, pairs, {key: tuple(found) for key, found in spellings.items()}, words.total() or 1)

    def chance(self, before: str, word: str) -> float:
        """The logarithm of how likely a word is after another one."""
        together = self.pairs[before, word]
        if together:
            return math.log(together / self.words[before])
        return _BACKOFF + math.log((self.words[word] or 1) / self.total)


@dataclass(frozen=True, slots=True)
class _Guess:
    """What may have been meant by a word: one word or two, and how unlikely the way from it to what was typed is."""

    words: tuple[str, ...]
    loss: float


def corrected(q: str, keep: Sequence[str] = ()) -> str:
    """The query with words spelt as the shop spells them; empty when they are right or nothing is close.

    Phrases to `keep` stay as they are. Nobody has asked yet whether the answer finds anything.
    """
    typed = Typed.of(q)
    kept = sorted(place for phrase in keep for place in typed.places_of(phrase))
    parts, end, changed = [], 0, False
    for start, stop in [*kept, (len(typed.text), len(typed.text))]:
        words = accented_words(typed.text[end : max(start, end)])
        better = respelt(words, _vocabulary())
        better = better if _is_alike(words, better) else words
        changed = changed or _is_other(words, better)
        parts += [*better, typed.text[max(start, end) : stop]]
        end = max(end, stop)
    return " ".join(filter(None, parts)) if changed else ""


def respelt(words: Sequence[str], known: Vocabulary) -> list[str]:
    """The likeliest words that were meant by some."""
    lines: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
    for word in words[:MOST_WORDS]:
        longer: dict[str, tuple[float, list[str]]] = {}
        for guess in _guesses(word, known):
            for last, (chance, line) in lines.items():
                steps = pairwise((last, *guess.words))
                found = chance - guess.loss + sum(known.chance(*step) for step in steps)
                if found > longer.get(guess.words[-1], (-math.inf, []))[0]:
                    longer[guess.words[-1]] = found, [*line, *guess.words]
        lines = dict(nlargest(_MOST_LINES, longer.items(), key=lambda item: item[1][0]))
    return [*max(lines.values(), key=lambda line: line[0])[1], *words[MOST_WORDS:]]


def _is_other(typed: Sequence[str], better: Sequence[str]) -> bool:
    """Whether more has changed than accents that nobody typed."""
    if len(typed) != len(better):
        return True
    return any(old != new and (old != fold(old) or fold(new) != old) for old, new in zip(typed, better, strict=True))


def _is_alike(typed: Sequence[str], better: Sequence[str]) -> bool:
    """Whether the letters of half of the words stay: who mistypes all of them means anything."""
    kept = set(map(fold, better))
    return 2 * sum(fold(word) not in kept for word in typed) <= len(typed) + 1


def _guesses(word: str, known: Vocabulary) -> list[_Guess]:
    """The likeliest ones; the word itself is always among them."""
    plain = fold(word)
    if not plain.isalpha():
        return [_Guess((word,), 0.0)]
    itself = list(_spelt(word, plain, known, 0.0))
    extra = _KNOWN if itself else 0.0
    others = [] if len(plain) < _SHORTEST else [*_near(word, plain, known, extra), *_parted(plain, known, extra)]
    best = nlargest(_MOST_GUESSES, others, key=lambda guess: known.words[guess.words[0]] * math.exp(-guess.loss))
    return [*(itself or [_Guess((word,), _UNKNOWN)]), *best]


def _near(word: str, plain: str, known: Vocabulary, extra: float) -> Iterator[_Guess]:
    """Words with one letter wrong, missing, too many or swapped; for long words two."""
    one = {found for found in _edits(plain) if found in known.spellings}
    losses = dict.fromkeys(one, _ONE_LETTER)
    if len(plain) >= _LONG:
        long = (found for found in known.spellings if abs(len(found) - len(plain)) <= 2 and len(found) >= _LONG - 2)
        losses = {found: _TWO_LETTERS for found in long if _is_within_two(plain, found)} | losses
    losses.pop(plain, None)
    for found, loss in losses.items():
        yield from _spelt(word, found, known, loss + extra)


def _spelt(word: str, plain: str, known: Vocabulary, loss: float) -> Iterator[_Guess]:
    """The words without accents `plain`, as far as their accents fit those that were typed."""
    for spelt in known.spellings.get(plain, ()):
        marks = _marks_lost(word, spelt)
        if marks <= _MOST_MARKS:
            yield _Guess((spelt,), loss + _MARK * marks)


def _parted(plain: str, known: Vocabulary, extra: float) -> Iterator[_Guess]:
    """Two words that stand together somewhere, written as one: `chamuc`."""
    for cut in range(2, len(plain) - 1):
        halves = (known.spellings.get(half, ()) for half in (plain[:cut], plain[cut:]))
        for pair in product(*halves):
            if pair in known.pairs:
                yield _Guess(pair, _ONE_LETTER + extra)


def _edits(word: str) -> Iterator[str]:
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    for left, right in cuts:
        if right:
            yield left + right[1:]
            yield from (left + letter + right[1:] for letter in _LETTERS)
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        yield from (left + letter + right for letter in _LETTERS)


def _is_within_two(one: str, other: str) -> bool:
    """Whether two letters at most are wrong, missing or too many."""
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        before, row = row, [place]
        for column, wanted in enumerate(other, start=1):
            row.append(min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != wanted)))
        if min(row) > 2:
            return False
    return row[-1] <= 2


def _marks_lost(typed: str, meant: str) -> int:
    """How many accents were typed that are others; a word without any may stand for all."""
    if typed in (fold(typed), meant):
        return 0
    one, other = _marks(typed), _marks(meant)
    return (one - other).total() + (other - one).total()


def _marks(word: str) -> Counter[str]:
    return Counter(sign for sign in unicodedata.normalize("NFD", word) if unicodedata.combining(sign) or sign == "đ")


@kept_for(KEPT_SECONDS)
def _vocabulary() -> Vocabulary:
    """All that goods are called, and all that search understands."""
    return Vocabulary.of(_texts())


def _texts() -> Iterator[str]:
    columns = ("title", "title_en", "origin_commune__name")
    yield from filter(None, chain.from_iterable(on_sale().order_by("-pk").values_list(*columns)[:MOST_TITLES]))
    yield from Vendor.objects.filter(state=VendorState.APPROVED).values_list("name", flat=True)
    yield from (name for node in category_tree().nodes for name in (node.name, node.name_en))
    yield from (name.spelling for name in province_names())
    yield from names_in_english()
    for group in groups_in_use():
        yield from (" ".join(token.accented for token in phrase) for phrase in group.phrases if group.with_accents)
