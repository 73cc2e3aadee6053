"""Seasons in words: what stands beside the strip of twelve cells."""

from collections.abc import Collection

from django.utils.dates import MONTHS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.kernel.clock import today


def season_words(months: Collection[int]) -> str:
    """`In season`, `All year round` or the months of harvest."""
    return _("In season") if today().month in months else harvest_words(months)


def harvest_words(months: Collection[int]) -> str:
    """`All year round` or the months of harvest."""
    return _("Months %(months)s") % {"months": month_ranges(months)} if months else _("All year round")


def month_name(month: int) -> str:
    """`tháng 11`, or `November`."""
    return f"tháng {month}" if get_language() == "vi" else str(MONTHS[month])


def month_ranges(months: Collection[int]) -> str:
    """`3–5, 11`; a season over the turn of the year stays in one piece: `11–2`."""
    starts = [month for month in sorted(months) if _before(month) not in months] or [1]
    return ", ".join(_range(start, months) for start in starts)


def _range(start: int, months: Collection[int]) -> str:
    end = start
    while _after(end) in months and _after(end) != start:
        end = _after(end)
    return str(start) if end == start else f"{start}–{end}"


def _before(month: int) -> int:
    return 12 if month == 1 else month - 1


def _after(month: int) -> int:
    return 1 if month == 12 else month + 1
