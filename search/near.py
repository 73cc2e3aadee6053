"""Nearer producers first, once a shopper has said where the goods are to go: fresher, cheaper to send, better known."""

from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt
from typing import Final

from apps.kernel.memo import kept_for
from apps.places.models import Province
from apps.places.selectors.known import SECONDS, known_provinces
from search.plan import Hit

_EARTH_KM: Final = 6371
# Within so many kilometres between the middles of two provinces a score counts so many times; the own one is at 0.
_NEARNESS: Final = ((0.0, 1.3), (120.0, 1.12), (250.0, 1.05))


def nearer_first(hits: Sequence[Hit], province_code: str) -> list[Hit]:
    """The hits by their scores and how near they come from; two digits of the official list, or none."""
    nearness = _nearness_to(province_code)
    return sorted(hits, key=lambda hit: -hit.score * nearness.get(hit.place, 1.0))


@kept_for(SECONDS, most=64)
def _nearness_to(province_code: str) -> dict[int, float]:
    """By the number of each province how many times its scores count."""
    here = known_provinces().by_code(province_code)
    if here is None:
        return {}
    near = {}
    for there in known_provinces().ordered:
        distance = _kilometres(here, there)
        near[int(there.code)] = next((times for most, times in _NEARNESS if distance <= most), 1.0)
    return near


def _kilometres(here: Province, there: Province) -> float:
    """Along the surface of the earth (haversine)."""
    north, east = radians(there.lat - here.lat), radians(there.lon - here.lon)
    half = sin(north / 2) ** 2 + cos(radians(here.lat)) * cos(radians(there.lat)) * sin(east / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(half))
