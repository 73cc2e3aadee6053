"""Containers by name: what goods come in, from bottle to winnowing tray."""

from apps.demo.pictures.containers import baskets, bottles, handmade, packets
from apps.demo.pictures.subject import Container

CONTAINERS: dict[str, Container] = {
    **bottles.CONTAINERS,
    **packets.CONTAINERS,
    **baskets.CONTAINERS,
    **handmade.CONTAINERS,
}
SELF_EVIDENT = frozenset([*baskets.CONTAINERS, *handmade.CONTAINERS])
"""Containers that show the goods themselves, so that none need to lie in front."""
