"""The price ranges that filters offer, in dong; an address may name any other range too."""

from search.request import PriceRange

PRICE_STEPS = (
    PriceRange(0, 100_000),
    PriceRange(100_000, 300_000),
    PriceRange(300_000, 1_000_000),
    PriceRange(1_000_000, None),
)
