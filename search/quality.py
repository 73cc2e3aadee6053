"""How good a product is whatever was asked: one factor for the score, and the order of lists without words."""

import math
from dataclasses import dataclass
from typing import Final

_MOST_SALES: Final = 1000  # in thirty days; more makes no difference
_PRIOR_SCORE, _PRIOR_VOTES = 4.0, 5  # a product with few reviews is taken for an ordinary one
_HALF_LIFE_DAYS: Final = 60
_SOLD_OUT: Final = 0.3  # sinks, but stays to be found


@dataclass(frozen=True, slots=True)
class Merits:
    """What speaks for a product: stars of today, units sold in thirty days, reviews, age in days, stock."""

    stars: int
    sold: int
    reviews: int
    scores: int  # the sum of the reviews' scores
    age_days: float
    available: int


def quality(merits: Merits) -> float:
    """From 0.3 to 1.65: 1, and up to 0.25 for stars, 0.2 for sales, 0.1 for ratings and 0.1 for being new."""
    stars = max(merits.stars - 2, 0) / 3
    sales = math.log1p(min(merits.sold, _MOST_SALES)) / math.log1p(_MOST_SALES)
    rating = (merits.scores + _PRIOR_SCORE * _PRIOR_VOTES) / (merits.reviews + _PRIOR_VOTES) / 5
    fresh: float = 0.5 ** (max(merits.age_days, 0.0) / _HALF_LIFE_DAYS)
    factor = 1 + 0.25 * stars + 0.2 * sales + 0.1 * rating + 0.1 * fresh
    return round(factor if merits.available > 0 else factor * _SOLD_OUT, 4)
