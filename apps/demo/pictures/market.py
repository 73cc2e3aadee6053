"""The season picture: several products side by side on a brocade cloth, hills behind."""

from collections.abc import Sequence
from random import Random

from apps.demo.pictures.canvas import PEN, ellipse, flat, group, nums, rect, seeded
from apps.demo.pictures.choose import choose
from apps.demo.pictures.containers import CONTAINERS
from apps.demo.pictures.motifs import stamp
from apps.demo.pictures.palette import CHAM, GROUNDS, HOE, INK, KEM, SON
from apps.demo.pictures.scenes import KARST, TERRACE, scene
from apps.demo.pictures.subject import Goods, Look, Print
from apps.demo.pictures.views import Picture

_SPAN = {
    "bottle": 250,
    "tin": 370,
    "sack": 380,
    "crate": 520,
    "box": 480,
    "pouch": 360,
    "jar": 320,
    "jug": 400,
    "basket": 520,
}
_HILLS = (
    (-40, KARST, "#f0c95f", "#e5b545"),
    (760, KARST, "#f0c95f", "#e5b545"),
    (-120, TERRACE, "#dcac3e", "#c98f2c"),
    (660, TERRACE, "#dcac3e", "#c98f2c"),
    (1440, TERRACE, "#dcac3e", "#c98f2c"),
)
_CLOTH = 130
_TALLEST = 556


def market(goods: Sequence[Goods], width: int = 1640, height: int = 620, left: int = 0) -> Picture:
    """The goods of a season on a cloth; the first `left` units of the width stay free for words."""
    seed, rnd = seeded("".join(one.sku for one in goods))
    base = height - _CLOTH
    stalls = _stalls([choose(one) for one in goods], rnd, (left, width), base)
    art = _sun((width + left) / 2, height) + _hills(base, rnd) + _cloth(width, base) + stalls.art
    return Picture(GROUNDS["ruong"].paper, art, stalls.type, seed, width, height, mark_colour=KEM, mark_rise=8)


def _sun(x: float, height: int) -> str:
    disc = ellipse(x, height * 0.42, height * 0.36)
    return flat(disc, GROUNDS["ruong"].sun) + flat(disc, SON, ' fill-opacity=".2"')


def _hills(base: int, rnd: Random) -> str:
    return "".join(
        group(f"translate({x} {base - 580})", scene(kind, far, near, rnd, 640)) for x, kind, far, near in _HILLS
    )


def _cloth(width: int, base: int) -> str:
    art = flat(rect(0, base - 14, width, _CLOTH + 14), CHAM) + flat(rect(0, base - 14, width, 9), INK)
    for i, x in enumerate(range(20, width + 40, 66)):
        art += PEN.shape(f"M{x} {base + 22}l28 38l-28 38l-28 -38Z", (HOE, SON)[i % 2], 0.6)
        art += flat(f"M{x} {base + 44}l12 16l-12 16l-12 -16Z", (CHAM, KEM)[i % 2])
    return art


def _stalls(looks: list[Look], rnd: Random, room: tuple[int, int], base: int) -> Print:
    """The containers from left to right, a loose piece of each lying in the gap to the next."""
    left, right = room
    spans = [_SPAN.get(look.container, 420) for look in looks]
    scale = min((right - left - 50) / sum(spans), 0.98, (base - 20) / _TALLEST)
    edge, art, lettering, gaps = left + (right - left - scale * sum(spans)) / 2, "", "", []
    for look, span in zip(looks, spans, strict=True):
        one = CONTAINERS[look.container](look, rnd)
        place = f"translate({nums(edge + span * scale / 2, base + 8)}) scale({scale:.3f}) translate(-400 -668)"
        art += group(place, one.art)
        lettering += group(place, one.type)
        edge += span * scale
        gaps.append(edge)
    pieces = zip(looks[:-1], gaps, strict=False)
    art += "".join(stamp(look.motif, x - 4, base - 24, 0.42, rnd, rnd.uniform(-12, 12)) for look, x in pieces)
    return Print(art, lettering)
