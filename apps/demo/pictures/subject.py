"""What a picture is asked to show, and what has been chosen for it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import NamedTuple

from apps.demo.pictures.palette import GROUNDS, Ground


class View(StrEnum):
    """The four pictures of one product."""

    FRONT = "front"
    INSIDE = "inside"
    SCALE = "scale"
    PLACE = "place"


@dataclass(frozen=True)
class Goods:
    """One row of the demo catalogue, as far as pictures need it."""

    sku: str
    title: str
    category: str
    unit: str
    province_code: str
    province_name: str


@dataclass(frozen=True)
class Look:
    """Everything that was decided about the picture of one product; colours as #rrggbb, the sun by its x."""

    goods: Goods
    motif: str
    container: str
    family: str
    scene: str
    liquid: str
    pack: str
    accent: str
    wood: str
    sun: int

    @property
    def name(self) -> str:
        """Name in lower case, to find words in it."""
        return self.goods.title.lower()

    @property
    def tint(self) -> str:
        """The colour by which the eye tells two of the same container apart."""
        if self.container in ("bottle", "jar", "sack"):
            return self.accent
        return self.wood if self.container in ("crate", "basket") else self.pack

    @property
    def ground(self) -> Ground:
        """Colours behind the goods."""
        return GROUNDS[self.family]


class Print(NamedTuple):
    """What is cut in wood, and the type set over it; kept apart so that every accent stays sharp."""

    art: str
    type: str = ""


Container = Callable[[Look, Random], Print]
"""What the goods come in, standing on the line y = 668 about x = 400."""
