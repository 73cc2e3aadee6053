"""Reading a place as somebody writes it: with or without designation, accents, capitals or spaces."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from apps.kernel.vietnamese import fold, name_key, nfc

WARD, COMMUNE, SPECIAL_ZONE, TOWNSHIP = "phường", "xã", "đặc khu", "thị trấn"
LOWEST = frozenset({WARD, COMMUNE, SPECIAL_ZONE, TOWNSHIP})
PROVINCE, CITY = "tỉnh", "thành phố"
TOP = frozenset({PROVINCE, CITY})
DISTRICTS = frozenset({"quận", "huyện", "thị xã", CITY})

_DESIGNATIONS = (PROVINCE, CITY, "quận", "huyện", "thị xã", WARD, COMMUNE, TOWNSHIP, SPECIAL_ZONE)
_SHORT = {"tp": CITY, "tx": "thị xã", "tt": TOWNSHIP, "p": WARD, "q": "quận", "h": "huyện", "x": COMMUNE, "t": PROVINCE}
_BY_FOLDED = {fold(designation): designation for designation in _DESIGNATIONS}

# `TP. Hạ Long`, `tp Hạ Long`, `P.5`, `Q3`: one letter alone is short for something only before a dot or a number.
_ABBREVIATED = re.compile(r"(?:(tp|tx|tt)(?:\s*\.\s*|\s+)|([pqhxt])(?:\s*\.\s*|\s*(?=\d+$)))(?=\S)")
_SPELT = re.compile("(" + "|".join(sorted([*_DESIGNATIONS, *_BY_FOLDED], key=len, reverse=True)) + r")[\s.]+(?=\S)")


def _blank_before(designations: Iterable[str]) -> re.Pattern[str]:
    """The blank that parts a designation from what stands before it; the blank inside `thị xã` is none."""
    words = "|".join(designations)
    return re.compile(
        rf"(?<=[\w.])(?<!thị)(?<!thi)\s+(?=(?:{words})\s|(?:tp|tx|tt)[\s.]|[pqhx]\.|[pq]\d)", re.IGNORECASE
    )


_BEGINS = _blank_before(_DESIGNATIONS)
# Without accents `quan` and `dac` are too often parts of a name.
_BEGINS_FOLDED = _blank_before(["tinh", "thanh pho", "huyen", "thi xa", "phuong", "xa", "thi tran"])


class Reading(NamedTuple):
    """One way to understand a piece of text: what kind of place it says it is, if it says so, and which name."""

    designation: str | None
    name: str  # folded, signs as blanks: `hong gai`
    spelling: str  # with the accents that were typed: `hồng gai`

    def may_be(self, designations: frozenset[str]) -> bool:
        """Whether the text can name a place of these kinds; a mere number is a house, not a commune."""
        return self.designation in designations or (self.designation is None and not self.name.isdecimal())


def name_of(text: str) -> str:
    """The folded name with signs as blanks; a number loses its leading zeros (`Phường 05` is `Phường 5`)."""
    key = " ".join(re.sub(r"[^\w]+", " ", fold(text)).split())
    return str(int(key)) if key.isdecimal() else key


def lookup_key(text: str) -> str:
    """The name without its designation and without blanks: `TP. Hồ Chí Minh` and `ho chi minh` are `hochiminh`."""
    return readings(text)[0].name.replace(" ", "")


@lru_cache(maxsize=1024)
def readings(text: str) -> tuple[Reading, ...]:
    """The ways to understand a piece of text, the likeliest first.

    Typed without accents, `quan lan` may be the district Lan or the commune Quan Lạn: then there are two.
    """
    plain = name_key(text)
    short = _ABBREVIATED.match(plain)
    if short:
        return (_reading(_SHORT[short[1] or short[2]], plain[short.end() :]),)
    spelt = _SPELT.match(plain)
    if not spelt:
        return (_reading(None, plain),)
    designated = _reading(_BY_FOLDED[fold(spelt[1])], plain[spelt.end() :])
    return (designated,) if spelt[1] in _DESIGNATIONS else (designated, _reading(None, plain))


def parts_of_address(text: str) -> list[str]:
    """The pieces of an address from small to large; a comma or a designation begins a new one."""
    begins = _BEGINS_FOLDED if text.isascii() else _BEGINS
    pieces = re.split(r"[,;\n]|\s[-\u2013]\s", begins.sub(", ", nfc(text)))
    return [piece.strip(" .") for piece in pieces if piece.strip(" .")]


def _reading(designation: str | None, spelling: str) -> Reading:
    return Reading(designation, name_of(spelling), spelling)
