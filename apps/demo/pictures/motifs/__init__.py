"""Motifs by name: the goods themselves, and how to print one on a picture."""

from random import Random

from apps.demo.pictures.canvas import Motif, Pen, group, nums
from apps.demo.pictures.motifs import animals, crafts, empties, fruits, grains, plants, sea, spices, wares

MOTIFS: dict[str, Motif] = {
    **plants.MOTIFS,
    **fruits.MOTIFS,
    **sea.MOTIFS,
    **grains.MOTIFS,
    **spices.MOTIFS,
    **animals.MOTIFS,
    **crafts.MOTIFS,
    **wares.MOTIFS,
    **empties.MOTIFS,
}
LINE = 6.6


def stamp(name: str, x: float, y: float, scale: float, rnd: Random, turn: float = 0.0) -> str:
    """The motif about (x, y), turned by degrees; its printed line keeps one width at every scale."""
    art = MOTIFS[name](Pen(LINE / scale), rnd)
    return group(f"translate({nums(x, y)}) rotate({nums(turn)}) scale({scale:.3f})", art)
