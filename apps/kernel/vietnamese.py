"""The one module that knows Vietnamese text: composed letters, one tone placement, folding, slugs and sorting."""

import re
import unicodedata
from functools import lru_cache
from typing import TypeAlias

CollationKey: TypeAlias = tuple[tuple[tuple[int, str], ...], tuple[int, ...], str]

# Combining marks of the five written tones, in the order of a Vietnamese dictionary; no mark (ngang) comes first.
TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_ORDER = {letter: place for place, letter in enumerate(LETTERS)}
_MARKED_VOWELS = frozenset("ăâêôơư")

_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    r"(?P<initial>qu|gi(?=[aăâeêoôơuưy])|ngh|ng|nh|n|gh|g|kh|k|ch|c|ph|p|th|tr|t|b|d|đ|h|l|m|r|s|v|x|)"
    r"(?P<vowels>[aăâeêioôơuưy]{1,3})"
    r"(?P<coda>ch|c|k|m|ng|nh|n|p|t|)"
)


def nfc(text: str) -> str:
    """The text with composed letters; macOS and some keyboards send the marks apart."""
    return unicodedata.normalize("NFC", text)


def canonical_tones(text: str) -> str:
    """The text with each tone mark on its traditional vowel: `hoà` becomes `hòa`, `thuỷ` `thủy`, `qúy` `quý`.

    Only words built like one Vietnamese syllable are touched; case and everything else stay. The result is NFC.
    """
    return _WORD.sub(lambda word: _retoned(word.group()), nfc(text))


def fold(text: str) -> str:
    """The text for comparing without accents: lower case, no marks, đ as d, single spaces and none around."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    lowered = bare.lower().replace("đ", "d")
    return " ".join(lowered.split())


def slugify(text: str, allow_unicode: bool = False) -> str:
    """The text as a path segment of lower-case ASCII letters, digits and hyphens; may be empty.

    `allow_unicode` is what Oscar passes to the function in OSCAR_SLUG_FUNCTION; addresses here are always ASCII.
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def name_key(text: str) -> str:
    """The key under which two spellings of one name are equal: accents count; their place, case and blanks do not."""
    return " ".join(canonical_tones(text).lower().split())


def collation_key(text: str) -> CollationKey:
    """The key that sorts as CLDR does for Vietnamese: letters a ă â b c d đ e ê ..., then tones, then spelling.

    Tones decide only between texts of the same letters, in the order ngang huyền hỏi ngã sắc nặng.
    """
    letters: list[tuple[int, str]] = []
    tones: list[int] = []
    for letter in nfc(text):
        base, tone = _split_tone(letter)
        for part in base.lower():
            letters.append(_weight(part))
            tones.append(TONES.index(tone) + 1 if tone else 0)
    return tuple(letters), tuple(tones), nfc(text)


def _weight(letter: str) -> tuple[int, str]:
    """Blanks before signs, signs before digits, digits before letters, foreign letters last."""
    if letter in _LETTER_ORDER:
        return 3, chr(_LETTER_ORDER[letter])
    if letter.isspace():
        return 0, ""
    return (2 if letter.isdigit() else 4 if letter.isalpha() else 1), letter


@lru_cache(maxsize=4096)
def _retoned(word: str) -> str:
    pairs = [_split_tone(letter) for letter in word]
    tones = [tone for _, tone in pairs if tone]
    if len(tones) != 1:
        return word
    letters = [base for base, _ in pairs]
    syllable = _SYLLABLE.fullmatch("".join(letters).lower())
    if syllable is None:
        return word
    place = syllable.start("vowels") + _toned_vowel(syllable["vowels"], syllable["coda"])
    letters[place] += tones[0]
    return nfc("".join(letters))


def _toned_vowel(vowels: str, coda: str) -> int:
    """Which vowel of a syllable bears the tone, by the traditional rule (hòa and thủy, but hoàn, ngoài and thuở)."""
    marked = [place for place, vowel in enumerate(vowels) if vowel in _MARKED_VOWELS]
    if marked:
        return marked[-1]
    if coda:
        return len(vowels) - 1
    return 1 if len(vowels) == 3 else 0


def _split_tone(letter: str) -> tuple[str, str]:
    """A letter without its tone, composed, and the tone's combining mark or nothing."""
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(part for part in parts if part in TONES)
    if len(tone) != 1:
        return letter, ""
    return nfc(parts.replace(tone, "")), tone
