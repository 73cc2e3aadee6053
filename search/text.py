"""Text as the engines index it and as shoppers type it: one reading for documents and for queries."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from apps.kernel.vietnamese import canonical_tones, fold

LONGEST_WORD = 64  # letters; a longer run is cut, as no engine keeps terms of any length

# A word with the marks that no composed letter has; `_` parts words.
_WORD = re.compile(rf"\w[\w\u0300-\u036f]{{0,{LONGEST_WORD - 1}}}")
_LETTER_BEFORE_DIGIT = re.compile(r"(?<=[^\W\d_])[0-9]")  # in few texts, and found sooner than the whole word
_NUMBERED = re.compile(r"(?<![^\W_])([^\W\d_]+)(?=[0-9])")  # st25 is st 25
_NUMBER = re.compile(r"[0-9]{1,9}")
# Both letters are right at the end of these syllables: lý and lí, kỹ and kĩ.
_EITHER = re.compile(r"(?:qu|[hklmstv])[yýỳỷỹỵ]")
_AS_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")
_GLUED = re.compile(r"([0-9]{1,9})([^\W\d_]+)")  # 500g
# 0,5 kg and 1.000; the word after it decides what the separator means.
_SEPARATED = re.compile(r"(?<!\w)([0-9]{1,9}(?:[.,][0-9]{1,6})+)(?![0-9])(?:\s*([^\W\d_]+)(?!\w))?")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:(?:\.[0-9]{3})+|(?:,[0-9]{3})+)")

_GRAM, _LITRE = ("g", "mg"), ("ml", "ul")  # how an amount is written when it is whole, and when it is not
_SMALL, _LARGE = 1_000, 1_000_000  # in thousandths of a gram or of a millilitre

# By the word without accents: no other word follows a number and looks like one of these.
_UNITS: dict[str, tuple[int, tuple[str, str]]] = {
    "mg": (1, _GRAM),
    **dict.fromkeys(("g", "gr", "gam", "gram", "grams"), (_SMALL, _GRAM)),
    **dict.fromkeys(("kg", "kgs", "ky", "ki", "kilo", "kilos", "kilogram"), (_LARGE, _GRAM)),
    "ul": (1, _LITRE),
    "ml": (_SMALL, _LITRE),
    **dict.fromkeys(("l", "lit", "lits", "liter", "liters", "litre", "litres"), (_LARGE, _LITRE)),
}
# Only with these accents: `3 lang` are villages, `5 can` are cans.
_ACCENTED_UNITS = {"lạng": (100 * _SMALL, _GRAM), "cân": (_LARGE, _GRAM)}
_MAY_BE_UNITS = frozenset([*_UNITS, *map(fold, _ACCENTED_UNITS)])
_HALF = "nua"


@dataclass(frozen=True, slots=True)
class Token:
    """A syllable, word, number or amount: in small letters as written, and without accents.

    `accented` is empty where nobody knows it: in a synonym that was written down without accents.
    """

    accented: str
    folded: str

    @property
    def has_accents(self) -> bool:
        """Whether somebody took care to write it with accents."""
        return self.accented not in (self.folded, "")


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text in their order; any text will do, signs and control characters part words.

    Every tone stands on its traditional vowel, `lý` is written `lí`, and `st25` is two tokens. An amount is one token
    in grams or millilitres however it is written: `0,5 kg`, `500gr` and `nửa ký` are `500g`, `1 lít` is `1000ml`. The
    folded forms, joined by blanks, have the same folded tokens again.
    """
    plain = unicodedata.normalize("NFKC", text).lower().replace("_", " ")
    if _LETTER_BEFORE_DIGIT.search(plain):
        plain = _NUMBERED.sub(r"\1 ", plain)
    if "," in plain or "." in plain:
        plain = _SEPARATED.sub(_without_separators, plain)
    found = list(map(_token, _WORD.findall(plain)))
    if not _MAY_BE_UNITS.isdisjoint([token.folded for token in found]):
        found = _measured(found)
    return tuple(found)


def pairs(words: Sequence[str]) -> list[str]:
    """Every two words that stand next to each other, as one word that no text has otherwise: `ca_phe`."""
    return list(map("_".join, pairwise(words)))


@lru_cache(maxsize=50_000)
def _token(word: str) -> Token:
    accented, folded = _with_i(canonical_tones(word)), _with_i(fold(word))
    glued = _GLUED.fullmatch(folded)
    unit = _unit(accented.lstrip("0123456789"), glued[2]) if glued else None
    if glued and unit:
        return _amount(int(glued[1]) * unit[0], unit[1])
    return Token(accented, folded)


def _with_i(word: str) -> str:
    return word.translate(_AS_I) if _EITHER.fullmatch(word) else word


def _measured(found: list[Token]) -> list[Token]:
    """The tokens with each number and the unit after it as one."""
    merged: list[Token] = []
    for token in found:
        unit = _unit(token.accented, token.folded)
        before = merged[-1].folded if merged and unit else ""
        if unit and _NUMBER.fullmatch(before):
            merged[-1] = _amount(int(before) * unit[0], unit[1])
        elif unit and before == _HALF and unit[0] == _LARGE:
            merged[-1] = _amount(unit[0] // 2, unit[1])
        else:
            merged.append(token)
    return merged


def _without_separators(number: re.Match[str]) -> str:
    """A number and the word after it: an amount as one word, thousands without their dots, the rest as it was.

    A pack of 1,250 kg weighs 1.25 kg and one of 1.250 g as much: the unit says whether three digits are thousandths.
    """
    digits, word = number[1], number[2] or ""
    unit = _unit(word, fold(word)) if word else None
    whole, _, part = digits.replace(",", ".").partition(".")
    grouped = _THOUSANDS.fullmatch(digits) is not None and not digits.startswith("0")
    if unit and "." not in part and not (grouped and unit[0] < _LARGE):
        amount = _amount(int(whole + part) * unit[0] // 10 ** len(part), unit[1])
        return f" {amount.folded} "
    if grouped:
        return number[0].replace(digits, re.sub("[.,]", "", digits), 1)
    return number[0]


def _unit(accented: str, folded: str) -> tuple[int, tuple[str, str]] | None:
    return _UNITS.get(folded) or _ACCENTED_UNITS.get(accented)


def _amount(thousandths: int, names: tuple[str, str]) -> Token:
    whole, rest = divmod(thousandths, 1_000)
    written = f"{thousandths}{names[1]}" if rest else f"{whole}{names[0]}"
    return Token(written, written)
