"""Goods that show: crate, basket, tray, net, winnowing tray."""

import math
from collections.abc import Sequence
from random import Random

from apps.demo.pictures.canvas import PEN, clip, cut, ellipse, flat, nums, rect
from apps.demo.pictures.labels import label
from apps.demo.pictures.motifs import stamp
from apps.demo.pictures.palette import INK, RATTAN, RATTAN_DARK, SON, tone
from apps.demo.pictures.subject import Container, Look, Print

LARGE_FRUIT = ("durian", "pomelo", "pomelored", "pineapple", "custard")
LARGE_GOODS = (
    "durian",
    "hen",
    "duck",
    "pig",
    "buffalo",
    "crab",
    "ricepaper",
    "cloth",
    "clothred",
    "bowls",
    "house",
    "mat",
)


def pile(name: str, rows: Sequence[int], x: float, y: float, scale: float, step: float, rnd: Random) -> str:
    """Rows of one motif, the widest below, each a little out of line; (x, y) is the middle of the lowest row."""
    art = ""
    for level, count in enumerate(rows):
        for j in range(count):
            left = x + (j - (count - 1) / 2) * step + rnd.uniform(-5, 5)
            art += stamp(name, left, y - level * step * 0.62, scale, rnd, rnd.uniform(-14, 14))
    return art


def _crate(look: Look, rnd: Random) -> Print:
    if look.motif in LARGE_FRUIT:
        goods = pile(look.motif, (3, 2), 400, 392, 0.86, 150, rnd)
    else:
        goods = pile(look.motif, (5, 4), 400, 424, 0.56, 102, rnd)
    slats = ""
    for i in range(3):
        slats += PEN.shape(rect(166, 452 + i * 74, 468, 62), tone(look.wood, 0.06 * i), 1.05)
        grain = (
            cut(180 + j * 90, 474 + i * 74, 250 + j * 90, 478 + i * 74, 2, tone(look.wood, -0.4)) for j in range(5)
        )
        slats += "".join(grain)
    posts = ""
    for x in (166, 600):
        posts += PEN.shape(rect(x, 440, 34, 236), tone(look.wood, -0.14))
        posts += "".join(flat(ellipse(x + 17, y, 5), INK) for y in (484, 556, 630))
    tag, words = label((268, 474, 264, 164), look, rnd, big=False)
    behind = pile(look.motif, (6,), 400, 372, 0.5, 84, rnd)
    return Print(behind + goods + slats + posts + tag, words)


def _basket(look: Look, rnd: Random) -> Print:
    art = pile(look.motif, (4, 3), 400, 420, 0.62, 112, rnd)
    body = PEN.shape("M170 450C176 560 210 640 250 664Q400 690 550 664C590 640 624 560 630 450Z", look.wood, 1.15)
    weave = "".join(
        PEN.line(f"M{178 + i * 32} 458Q{nums(196 + i * 28)} 560 {nums(258 + i * 20.5)} 662", 0.5) for i in range(15)
    ) + "".join(
        PEN.line(f"M{nums(174 + i * 13)} {480 + i * 36}Q400 {504 + i * 36} {nums(626 - i * 13)} {480 + i * 36}", 0.6)
        for i in range(5)
    )
    tag, words = label((292, 500, 216, 130), look, rnd, big=False)
    return Print(
        art + body + weave + PEN.shape("M158 432Q400 470 642 432V464Q400 504 158 464Z", tone(look.wood, -0.16)) + tag,
        words,
    )


def _tray(look: Look, rnd: Random) -> Print:
    tag, words = label((270, 540, 260, 118), look, rnd, big=False)
    return Print(
        PEN.shape("M150 430L190 330H610L650 430Z", "#e9e4d6")
        + pile(look.motif, (3, 2), 400, 420, 0.8, 144, rnd)
        + PEN.shape("M132 430H668L630 668H170Z", "#efe9da", 1.15)
        + PEN.line("M150 470H650M158 510H642", 0.5)
        + "".join(cut(600, 530 + i * 18, 636 - i * 2, 530 + i * 18, 2.6) for i in range(7))
        + tag,
        words,
    )


def _net(look: Look, rnd: Random) -> Print:
    outline = "M380 190C300 260 214 360 214 490C214 600 300 668 400 668S586 600 586 490C586 360 500 260 420 190Z"
    goods = pile(look.motif, (4, 4, 3, 2), 400, 610, 0.58, 108, rnd)
    mesh = "".join(
        PEN.line(f"M{-100 + i * 52} 180L{260 + i * 52} 700M{900 - i * 52} 180L{540 - i * 52} 700", 0.5, SON)
        for i in range(16)
    )
    tag, words = label((316, 560, 168, 110), look, rnd, big=False)
    return Print(
        PEN.shape(outline, tone(look.pack, 0.5))
        + clip(outline, goods + mesh)
        + PEN.line(outline, 1.1)
        + PEN.shape("M352 200q48 -24 96 0l-12 -78q-36 -20 -72 0Z", SON)
        + tag,
        words,
    )


def winnowing_tray(motif: str, rnd: Random, centre: tuple[float, float], scale: float, *, big: bool = False) -> str:
    """Goods on a winnowing tray (mẹt): three large ones, or seven where seven can be told apart."""
    cx, cy = centre
    rim = PEN.shape(ellipse(cx, cy, 300 * scale), RATTAN_DARK, 1.2) + PEN.shape(ellipse(cx, cy, 272 * scale), RATTAN)
    weave = "".join(
        PEN.line(
            f"M{cx - 300} {nums(cy - 300 + i * 30)}l600 600M{cx - 300} {nums(cy + 300 - i * 30)}l600 -600",
            0.28,
            "#c0935a",
        )
        for i in range(-10, 21)
    )
    if big or motif in LARGE_GOODS:
        spots = [(-96.0, -60.0, 1.02, -10.0), (100.0, -40.0, 1.0, 12.0), (0.0, 96.0, 1.08, 2.0)]
    else:
        turns = [i * 1.047 + 0.3 for i in range(6)]
        around = ((180 * math.cos(t), 180 * math.sin(t), 0.8, math.degrees(t) % 40 - 20) for t in turns)
        spots = [(0.0, 0.0, 0.86, 4.0), *around]
    goods = "".join(
        stamp(motif, cx + x * scale, cy + y * scale, s * scale, rnd, turn + rnd.uniform(-8, 8))
        for x, y, s, turn in spots
    )
    return rim + clip(ellipse(cx, cy, 270 * scale), weave) + goods


def _loose(look: Look, rnd: Random) -> Print:
    return Print(winnowing_tray(look.motif, rnd, (400, 440), 1.0, big=True))


CONTAINERS: dict[str, Container] = {
    "crate": _crate,
    "basket": _basket,
    "tray": _tray,
    "net": _net,
    "loose": _loose,
}
