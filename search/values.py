"""Values of the filters that are no rows of a table, as the address writes them."""

from typing import Final

from apps.vendors.states import ProducerType

# Kinds of producers (chủ thể) as OCOP certificates name them.
PRODUCERS: Final[dict[str, str]] = {
    ProducerType.COOPERATIVE: "hop-tac-xa",
    ProducerType.COOPERATIVE_GROUP: "to-hop-tac",
    ProducerType.HOUSEHOLD: "ho-kinh-doanh",
    ProducerType.ENTERPRISE: "doanh-nghiep",
}

CHILLED: Final = "giao-lanh"  # travels chilled
KEEPS_LONG: Final = "de-duoc-lau"  # KEEPS_DAYS and more after it was made
VISIT: Final = "trai-nghiem"  # a service: nothing travels but the guest
TRAITS: Final = (KEEPS_LONG, CHILLED, VISIT)
KEEPS_DAYS: Final = 90

RATINGS: Final = ("4", "3")  # so many of five on the average, and more


def ratings(mean: float) -> tuple[str, ...]:
    """The values of the filter that a mean of reviews reaches; none without reviews (0)."""
    return tuple(least for least in RATINGS if mean >= int(least))


def traits(*, is_chilled: bool, keeps_days: int | None, is_shipped: bool) -> tuple[str, ...]:
    """What a product has of TRAITS."""
    has = {CHILLED: is_chilled, KEEPS_LONG: (keeps_days or 0) >= KEEPS_DAYS, VISIT: not is_shipped}
    return tuple(trait for trait in TRAITS if has[trait])
