"""Months, seasons and stock in words: `tháng 11`, `đang vào mùa`, `quanh năm`, `in november`, `còn hàng`."""

import re
from collections.abc import Callable, Iterator

from apps.kernel.clock import today
from search.request import ALL_YEAR, Key, month_value
from search.understanding.meaning import Found, NoteKind
from search.understanding.typed import Typed, spellings

_NAMES = "january february march april may june july august september october november december"
_ENGLISH = {name: month for month, name in enumerate(_NAMES.split(), 1)}
_ALONE = "|".join(name for name in _ENGLISH if name != "may")  # which is `mây` without its accents
_WORDS = ["gieng", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi"]
_IN_WORDS = {word: month for month, word in enumerate(_WORDS, 1)}
_IN_WORDS |= {"mot": 1, "muoi mot": 11, "muoi hai": 12, "chap": 12}
_WRITTEN = "|".join(sorted(_IN_WORDS, key=len, reverse=True))
_ACCENTED = spellings(
    "giêng một hai ba tư năm sáu bảy tám chín mười chạp này thu hoạch tháng vào đang đúng mùa vụ quanh còn hàng có sẵn"
)

_SEASONS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], int]]] = [
    (
        re.compile(r"(?<!\w)(?:(?:thu hoach|vao)\s+)?thang\s?(0?[1-9]|1[0-2])(?![.,]?\w)"),
        lambda found: int(found[1]),
    ),
    (
        re.compile(rf"(?<!\w)(?:(?:thu hoach|vao)\s+)?thang\s({_WRITTEN})(?!\w)"),
        lambda found: _IN_WORDS[found[1]],
    ),
    (
        re.compile(rf"(?<!\w)(?:in\s+({'|'.join(_ENGLISH)})|({_ALONE}))(?!\w)"),
        lambda found: _ENGLISH[found[1] or found[2]],
    ),
    (
        re.compile(r"(?<!\w)(?:(?:dang\s+)?(?:vao|dung)\s+(?:mua|vu)|dang\s+(?:mua|vu)|mua nay|in season)(?!\w)"),
        lambda _: today().month,
    ),
    (re.compile(r"(?<!\w)(?:quanh nam|all year(?: round)?|year[ -]round)(?!\w)"), lambda _: ALL_YEAR),
]
_STOCK = re.compile(r"(?<!\w)(?:con hang|co san hang|co san|san hang|in stock)(?!\w)")


def seasons(typed: Typed) -> Iterator[Found]:
    """Every month or season in a query."""
    for pattern, meaning in _SEASONS:
        for found in pattern.finditer(typed.plain):
            if typed.is_spelt(*found.span(), _ACCENTED):
                yield Found(*found.span(), NoteKind.SEASON, Key.MONTH, (month_value(meaning(found)),))


def stock(typed: Typed) -> Iterator[Found]:
    """The wish for goods that can be had now."""
    for found in _STOCK.finditer(typed.plain):
        if typed.is_spelt(*found.span(), _ACCENTED):
            yield Found(*found.span(), NoteKind.STOCK, Key.IN_STOCK, ("1",))
