"""nDCG@10: how near an order of answers is to the best possible one."""

import math
from collections.abc import Iterable, Mapping, Sequence

DEPTH = 10


def ndcg(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """1.0 for the best possible first ten, 0.0 when none of them has a grade.

    Without grades no answer is the right one: 1.0 when nothing was found, else 0.0.
    """
    if not grades:
        return 0.0 if found else 1.0
    shown = found[:DEPTH]
    # Goods that come twice are worth something once only.
    gained = [grades.get(sku, 0) if sku not in shown[:place] else 0 for place, sku in enumerate(shown)]
    return dcg(gained) / dcg(sorted(grades.values(), reverse=True)[:DEPTH])


def dcg(grades: Iterable[int]) -> float:
    """The sum of the gains 2^grade - 1, each divided by log2(place + 1); the first place is 1."""
    return math.fsum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, start=1))


def mean(scores: Iterable[float]) -> float:
    """The average; 0.0 of nothing."""
    numbers = list(scores)
    return math.fsum(numbers) / len(numbers) if numbers else 0.0
