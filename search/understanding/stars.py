"""Stars in words: `5 sao`, `ocop 4 sao`, `4-5 sao`, `từ 4 sao`, `năm sao`, `5 stars`, and `ocop` for any of them."""

import re
from collections.abc import Callable, Iterator

from search.request import Key
from search.understanding.meaning import Found, NoteKind
from search.understanding.typed import Typed, spellings

MOST = 5
_IN_WORDS = {"ba": 3, "bon": 4, "nam": 5}
_ACCENTED = spellings("ba bốn năm từ đến tới hoặc và trở lên đạt chuẩn sao ocop mỗi xã một sản phẩm")
_BEGINS = r"(?<!\w)(?<![0-9][.,])(?:(?:dat|chuan)\s+)?(?:ocop\s+)?"
_ENDS = r"\s?(?:sao|stars?|\*)(?!\w)(?:\s+ocop(?!\w))?"
_AND_UP = r"\s*(?:tro len|and up|or more|\+)"


def _numbers(low: int, high: int) -> tuple[int, ...]:
    return tuple(range(min(low, high), max(low, high) + 1))


_PATTERNS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[int, ...]]]] = [
    (
        re.compile(rf"{_BEGINS}(?:(?:tu|from)\s+)?([3-5])\s*(?:-|–|den|toi|to|hoac|va|or|and)\s*([3-5]){_ENDS}"),
        lambda found: _numbers(int(found[1]), int(found[2])),
    ),
    (re.compile(rf"{_BEGINS}([3-5])(?:{_ENDS}{_AND_UP}|\+{_ENDS})"), lambda found: _numbers(int(found[1]), MOST)),
    (re.compile(rf"{_BEGINS}(?:tu|at least|from)\s+([3-5]){_ENDS}"), lambda found: _numbers(int(found[1]), MOST)),
    (re.compile(rf"{_BEGINS}([3-5]){_ENDS}"), lambda found: (int(found[1]),)),
    (re.compile(rf"{_BEGINS}(ba|bon|nam){_ENDS}"), lambda found: (_IN_WORDS[found[1]],)),
    (
        re.compile(r"(?<!\w)(?:(?:dat|chuan)\s+)?(?:ocop|moi xa mot san pham)(?!\w)"),
        lambda _: _numbers(3, MOST),  # whatever is certified has three stars at least
    ),
]


def stars(typed: Typed) -> Iterator[Found]:
    """Every number of stars in a query; the ones that say more come first."""
    for pattern, meaning in _PATTERNS:
        for found in pattern.finditer(typed.plain):
            if typed.is_spelt(*found.span(), _ACCENTED):
                yield Found(*found.span(), NoteKind.STARS, Key.STARS, tuple(map(str, meaning(found))))
