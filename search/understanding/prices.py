"""Prices in words: `dưới 200k`, `200-500 nghìn`, `trên 1 triệu`, `tầm 300k`, `under 200k`."""

import re
from collections.abc import Callable, Iterator

from apps.kernel.vietnamese import fold
from search.request import Key, PriceRange
from search.understanding.meaning import Found, NoteKind
from search.understanding.typed import Typed, spellings

ABOUT_PERCENT = 20  # how far from an amount `tầm` still is, to both sides

# Less is no price unless a unit or a word says so: years, codes and lengths are numbers too.
_LEAST_BARE = 10_000
_LEAST_DONG = 1_000
_MOST = 10**11

_THOUSAND, _MILLION = ("k", "nghin", "ngan", "thousand"), ("trieu", "tr", "million")
_ACCENTED = spellings(
    "giá từ đến tới dưới tối đa không quá nhỏ hơn ít rẻ trên lớn nhất thiểu tầm khoảng cỡ gần nghìn ngàn triệu đồng đ "
    "k tr kđ trđ vnđ trở xuống đổ lại lên"
)
_SPELT = _ACCENTED | set(map(fold, _ACCENTED))  # half of the accents will do: an amount says enough


def _amount(name: str) -> str:
    """The pattern of an amount: a number, its unit, a digit after it (`1tr5`) and the word for dong."""
    return (
        rf"(?P<{name}>[0-9]{{1,3}}(?:[.,][0-9]{{3}})+|[0-9]{{1,9}}(?:[.,][0-9]{{1,2}})?)(?![0-9])"
        rf"(?:\s?(?P<{name}_unit>{'|'.join((*_THOUSAND, *_MILLION))})(?P<{name}_more>[0-9])?)?"
        rf"(?:\s?(?P<{name}_dong>dong|vnd|d|₫))?(?!\w)"
    )


# Not in the middle of a word or of a number.
_BEGINS = r"(?<!\w)(?<![0-9][.,])(?:gia\s+)?"
_LOW, _HIGH = _amount("low"), _amount("high")
_RANGE = rf"{_BEGINS}(?:(?:tu|khoang|tam|from|between)\s+)?{_LOW}\s*(?:-|–|—|den|toi|to|and)\s*{_HIGH}"
_UNDER = (
    rf"{_BEGINS}(?:duoi|toi da|khong qua|nho hon|it hon|re hon|den|toi|under|below|less than|up to|at most|max|<=?)"
    rf"\s*{_HIGH}",
    rf"{_BEGINS}{_HIGH}\s*(?:tro xuong|do lai|or less)(?!\w)",
)
_OVER = (
    rf"{_BEGINS}{_LOW}\s*(?:tro len|or more|and up)(?!\w)",
    rf"{_BEGINS}(?:tren|tu|hon|lon hon|it nhat|toi thieu|over|above|more than|at least|from|min|>=?)\s*{_LOW}"
    rf"(?:\s*(?:tro len|or more|and up)(?!\w))?",
)
_ABOUT = rf"{_BEGINS}(?P<about>(?:tam|khoang|co|gan|around|about)\s+|~\s*)?{_LOW}"


def prices(typed: Typed) -> Iterator[Found]:
    """Every price in a query; the ones that say more come first."""
    for pattern, meaning in _PATTERNS:
        for found in pattern.finditer(typed.plain):
            meant = meaning(found)
            if meant is not None and typed.is_spelt(*found.span(), _SPELT):
                yield Found(*found.span(), NoteKind.PRICE, Key.PRICE, (str(meant),))


def _range(found: re.Match[str]) -> PriceRange | None:
    """`200-500k`: the first amount has the unit of the second one, unless it has its own or would be the larger."""
    high = _dong(found, "high", _LEAST_BARE)
    if high is None:
        return None
    shared = found["low_unit"] or found["high_unit"]
    low = _dong(found, "low", _LEAST_BARE, shared)
    if low is not None and low > high and shared in _MILLION:
        low = _dong(found, "low", _LEAST_BARE, _THOUSAND[0])
    return None if low is None else PriceRange(min(low, high), max(low, high))


def _under(found: re.Match[str]) -> PriceRange | None:
    high = _dong(found, "high", _LEAST_DONG)
    return None if high is None else PriceRange(0, high)


def _over(found: re.Match[str]) -> PriceRange | None:
    low = _dong(found, "low", _LEAST_DONG)
    return None if low is None else PriceRange(low)


def _about(found: re.Match[str]) -> PriceRange | None:
    """An amount alone is about it, too; then it must say that it is money."""
    amount = _dong(found, "low", _LEAST_DONG)
    has_unit = bool(found["low_unit"] or found["low_dong"])
    if amount is None or not (found["about"] or (has_unit and amount >= _LEAST_BARE)):
        return None
    return PriceRange(amount * (100 - ABOUT_PERCENT) // 100, amount * (100 + ABOUT_PERCENT) // 100)


def _dong(found: re.Match[str], name: str, least: int, unit: str | None = None) -> int | None:
    """The amount of a match in dong; None when it cannot be one."""
    digits, unit = found[name], found[f"{name}_unit"] or unit
    if re.fullmatch(r"[0-9]{1,3}(?:[.,][0-9]{3})+", digits):
        digits = re.sub("[.,]", "", digits)
    whole, _, part = digits.replace(",", ".").partition(".")
    scale = 1_000 if unit in _THOUSAND else 1_000_000 if unit else 1
    amount = int(whole + part) * scale // 10 ** len(part) + int(found[f"{name}_more"] or 0) * scale // 10
    if not unit and (part or amount < (_LEAST_DONG if found[f"{name}_dong"] else least)):
        return None
    return amount if amount <= _MOST else None


_PATTERNS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], PriceRange | None]]] = [
    (re.compile(_RANGE), _range),
    *((re.compile(pattern), _under) for pattern in _UNDER),
    *((re.compile(pattern), _over) for pattern in _OVER),
    (re.compile(_ABOUT), _about),
]
