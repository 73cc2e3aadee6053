"""Seasons as twelve bits: bit 0 is January, 0 stands for the whole year."""

from collections.abc import Iterable


def mask_of_months(months: Iterable[int]) -> int:
    """Bit mask of months 1 to 12; raises ValueError for any other number."""
    mask = 0
    for month in months:
        if not 1 <= month <= 12:
            raise ValueError(f"month out of range: {month}")
        mask |= 1 << (month - 1)
    return mask


def months_of_mask(mask: int) -> frozenset[int]:
    """Months set in the mask; the empty set means all year."""
    return frozenset(month for month in range(1, 13) if mask & (1 << (month - 1)))


def in_season(mask: int, month: int) -> bool:
    """True when the goods are harvested in that month or all year round."""
    return mask == 0 or bool(mask & (1 << (month - 1)))
