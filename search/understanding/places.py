"""Names of provinces, of today and from before 2025-07-01, anywhere in a query."""

from collections.abc import Iterator, Sequence

from apps.kernel.memo import kept_for
from apps.kernel.vietnamese import canonical_tones, fold
from apps.places.selectors.names import province_names
from search.request import Key
from search.synonyms import groups_in_use
from search.text import tokens
from search.understanding.english import vietnamese_names
from search.understanding.meaning import Found, NoteKind
from search.understanding.phrases import Phrases
from search.understanding.typed import Typed, Word

_KEPT_SECONDS = 60
_MOST_WORDS = 4
_LEAST_GLUED = 5  # letters of a name in one word: quangninh, daklak
# Words that say only that a name of a place follows, the longest first.
_BEFORE = [tuple(words.split()) for words in ("đặc sản của", "đặc sản", "thành phố", "tỉnh", "tp", "ở", "tại", "from")]
_AFTER = frozenset({"province", "city"})


def places(typed: Typed) -> Iterator[Found]:
    """Every name of a province that is one for certain, the last one first.

    Read from the end, where places mostly stand: `nhan long an giang` names An Giang. With accents a name must have its
    own; without, it must be no single syllable (`hue` is a lily too) unless nothing else is asked, and must not cut the
    name of goods in two: in `che lam dong trieu` there is no Lâm Đồng.
    """
    words = typed.words
    goods = _goods_in(words)
    end = len(words)
    while end:
        start, slug = _name_before(words, end)
        if slug and not any(_is_cut(phrase, start, end) for phrase in goods):
            first, last = _widened(words, start, end)
            yield Found(words[first].start, words[last - 1].end, NoteKind.PROVINCE, Key.PROVINCE, (slug,))
            end = first
        else:
            end -= 1


def _name_before(words: Sequence[Word], end: int) -> tuple[int, str]:
    """Where the longest name that ends there begins, and the province; no province when there is none."""
    by_spelling, by_key = _names()
    for start in range(max(0, end - _MOST_WORDS), end):
        window = words[start:end]
        slug = by_spelling.get("".join(word.accented for word in window))
        if slug is None and all(word.accented == word.folded for word in window):
            key = "".join(word.folded for word in window)
            if len(window) > 1 or len(key) >= _LEAST_GLUED or len(words) == 1:
                slug = by_key.get(key)
        if slug:
            return start, slug
    return end, ""


def _widened(words: Sequence[Word], start: int, end: int) -> tuple[int, int]:
    """The name with the words around it that only say that it is a place."""
    if end < len(words) and words[end].folded in _AFTER:
        end += 1
    for before in _BEFORE:
        first = start - len(before)
        typed = tuple((word.accented, word.folded) for word in words[max(first, 0) : start])
        plain = tuple(map(fold, before))
        if first < 0 or (tuple(pair[0] for pair in typed) not in (before, plain)):
            continue
        # `ha tinh quang ninh` names two provinces and no `tỉnh`.
        if not any(_name_before(words, cut)[1] for cut in range(first + 1, start + 1)):
            return first, end
    return start, end


@kept_for(_KEPT_SECONDS)
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """The slug of each name, blanks left out: by the name with its accents, and without them."""
    by_spelling: dict[str, str] = {}
    for name in province_names():
        key = "".join(canonical_tones(token.accented) for token in tokens(name.spelling))
        by_spelling.setdefault(key, name.province.slug)
    return by_spelling, {fold(key): slug for key, slug in by_spelling.items()}


def _goods_in(words: Sequence[Word]) -> list[tuple[int, int]]:
    """Where names of goods of several syllables stand."""
    with_accents, without = _goods()
    found = []
    for place in range(len(words)):
        for phrases, spelt in (
            (with_accents, [word.accented for word in words]),
            (without, [word.folded if word.accented == word.folded else "" for word in words]),
        ):
            phrase = phrases.at(spelt, place)
            if phrase:
                found.append((place, place + phrase[0]))
    return found


def _is_cut(phrase: tuple[int, int], start: int, end: int) -> bool:
    """Whether a name at a place takes a part of a phrase away."""
    inside = start <= phrase[0] and phrase[1] <= end
    return phrase[0] < end and start < phrase[1] and not inside


@kept_for(_KEPT_SECONDS)
def _goods() -> tuple[Phrases[bool], Phrases[bool]]:
    """Names of goods of two syllables and more: with their accents, and without."""
    names = [*vietnamese_names(), *(phrase for group in groups_in_use() for phrase in group.phrases)]
    long = [tuple(token.accented for token in name) for name in names if len(name) > 1]
    return (
        Phrases(dict.fromkeys(long, True)),
        Phrases({tuple(map(fold, name)): True for name in long}),
    )
