"""Keys of a Vietnamese keyboard that nobody put together: Telex (`char muwcj`) and VNI (`cha3 mu7c5`)."""

import re
import unicodedata

from apps.kernel.vietnamese import canonical_tones, nfc
from search.syllables import is_syllable, may_be_syllable
from search.understanding.english import english_words

_TELEX = re.compile(r"[a-z]{2,12}")
_VNI = re.compile(r"[a-z][a-z0-9]{1,12}")
_VOWELS = "aeiouyâêôăơư"
# English words that are keys of a syllable, too: a query of nothing else is no typing (`test` would be `tét`).
_COMMON_WORDS = (
    "as bar been best bus car cost cow door far gas has her his how is last list low max mix moon most must new nor "
    "now or past per post rest room row see set show six soon sun tax test this too tree us war was west"
)
_COMMON = frozenset(_COMMON_WORDS.split())
_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
_TELEX_TONES = {"f": _GRAVE, "r": _HOOK, "x": _TILDE, "s": _ACUTE, "j": _DOT}
_VNI_TONES = {"1": _ACUTE, "2": _GRAVE, "3": _HOOK, "4": _TILDE, "5": _DOT}
_ROOF = {"a": "â", "e": "ê", "o": "ô"}
_HORN = {"o": "ơ", "u": "ư"}
_BREVE = {"a": "ă"}


def decode_typing(q: str) -> str | None:
    """The query as the keyboard would have written it; None when it is no such typing.

    For a query that found nothing. Every word must be well formed afterwards, so that other languages are left alone;
    numbers, codes (`st25`), words that have accents already and English names of goods stay as they are.
    """
    words = nfc(q).lower().split()
    decoded = [_decoded(word) for word in words]
    found = [word for word in decoded if word is not None]
    changed = {word for word, instead in zip(words, decoded, strict=True) if word != instead}
    return " ".join(found) if len(found) == len(words) and changed - english_words() - _COMMON else None


def _decoded(word: str) -> str | None:
    """One word as it should look, itself when there is nothing to put together, None when it cannot be Vietnamese."""
    if not word.isascii():
        return word
    if word.isalpha():
        composed = _telex(word) if _TELEX.fullmatch(word) else None
        return composed or (word if may_be_syllable(word) or word in english_words() else None)
    # What is no syllable here, as 500g, K5 or a dash, is no word of any language.
    return (_vni(word) if _VNI.fullmatch(word) else None) or word


def _telex(word: str) -> str | None:
    """A syllable from its Telex keys; None when they change nothing or make no syllable."""
    letters, tone = "", ""
    for key in word:
        has_vowel = any(letter in _VOWELS for letter in letters)
        changed = None
        if key in _TELEX_TONES and has_vowel and not tone:
            tone = _TELEX_TONES[key]
            continue
        if key in _ROOF:
            changed = _marked(letters, {key: _ROOF[key]})
        elif key == "w":
            changed = _horned(letters) or _marked(letters, _BREVE) or f"{letters}ư"
        elif key == "d" and letters.startswith("d"):
            changed = f"đ{letters[1:]}"
        letters = letters + key if changed is None else changed
    return _syllable(letters, tone, word)


def _vni(word: str) -> str | None:
    """A syllable from its VNI keys; None when they change nothing or make no syllable."""
    letters, tone = "", ""
    for key in word:
        if key in _VNI_TONES and not tone:
            tone = _VNI_TONES[key]
            continue
        changed: str | None = letters + key
        if key == "6":
            changed = _marked(letters, _ROOF)
        elif key == "7":
            changed = _horned(letters)
        elif key == "8":
            changed = _marked(letters, _BREVE)
        elif key == "9":
            changed = f"đ{letters[1:]}" if letters.startswith("d") else None
        if changed is None:
            return None
        letters = changed
    return _syllable(letters, tone, word)


def _marked(letters: str, marks: dict[str, str]) -> str | None:
    """The letters with the last one of these vowels marked; None without one."""
    for place in range(len(letters) - 1, -1, -1):
        if letters[place] in marks:
            return letters[:place] + marks[letters[place]] + letters[place + 1 :]
    return None


def _horned(letters: str) -> str | None:
    """The letters with the horn: on both vowels of `uo`, else on the u of `ua`, else on the last o or u."""
    for pair, instead in (("uo", "ươ"), ("ưo", "ươ"), ("uơ", "ươ")):
        if pair in letters and not letters.startswith("qu"):
            return letters.replace(pair, instead, 1)
    if letters.endswith("oa"):  # hoặc, loăng quăng
        return None
    return _marked(letters, _HORN) if not letters.startswith("qu") else _marked(letters, {"o": "ơ"})


def _syllable(letters: str, tone: str, typed: str) -> str | None:
    vowel = re.search(r"(?<=[aăâeêioôơuưy])(?![aăâeêioôơuưy])", letters)
    if vowel is None:
        return None
    composed = canonical_tones(unicodedata.normalize("NFC", letters[: vowel.end()] + tone + letters[vowel.end() :]))
    return composed if composed != typed and is_syllable(composed) else None
