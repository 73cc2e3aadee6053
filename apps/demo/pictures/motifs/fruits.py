"""Fruits, single and in clusters."""

import math
from collections.abc import Callable
from random import Random

from apps.demo.pictures.canvas import Motif, Pen, cut, ellipse, flat, nums, rect
from apps.demo.pictures.motifs.plants import leaf, twig
from apps.demo.pictures.palette import GO, HOE, KEM, LA, MA, NGHE, SIM, SON, TRANG, tone


def _burr() -> str:
    """Outline with 17 thorns."""
    corners = []
    for i in range(34):
        across, down = (100, 96) if i % 2 else (80, 77)
        corners.append(nums(across * math.cos(i * math.pi / 17), 6 + down * math.sin(i * math.pi / 17)))
    return "M" + "L".join(corners) + "Z"


_BODIES = {
    "round": ellipse(0, 6, 84, 80),
    "oval": ellipse(0, 8, 68, 88),
    "wide": ellipse(0, 12, 92, 74),
    "drop": "M0 -88C30 -50 84 -20 84 26C84 70 44 92 0 92S-84 70 -84 26C-84 -20 -30 -50 0 -88Z",
    "heart": "M0 96C-40 76 -88 30 -86 -22C-84 -66 -38 -82 0 -62C38 -82 84 -66 86 -22C88 30 40 76 0 96Z",
    "mango": "M-58 -62C-6 -100 72 -60 84 4C92 62 44 96 -10 88C-66 80 -96 30 -88 -14C-86 -36 -74 -52 -58 -62Z",
    "burr": _burr(),
}


def _bumps(pen: Pen, rnd: Random, colour: str) -> str:
    marks = []
    for r, count in ((0, 1), (26, 7), (52, 12), (72, 15)):
        turns = [6.283 * i / count + r for i in range(count)]
        marks += [pen.line(f"M{nums(r * math.cos(a) - 7, r * math.sin(a) + 8)}q7 -9 14 0", 0.55) for a in turns]
    return "".join(marks)


def _thorns(pen: Pen, rnd: Random, colour: str) -> str:
    return "".join(
        pen.shape(f"M{nums(x - 12, y + 9)}L{nums(x, y - 12)}L{nums(x + 12, y + 9)}", tone(colour, -0.12), 0.7)
        for y in (-44, -10, 26, 60)
        for x in range(-48 + (y % 3) * 8, 60, 34)
        if x * x + y * y < 4600
    )


def _hairs(pen: Pen) -> str:
    """Soft hairs that stand out from behind the fruit."""
    marks = []
    for t in (i * 0.262 for i in range(24)):
        bend = nums(20 * math.cos(t + 0.5), 20 * math.sin(t + 0.5), 32 * math.cos(t), 32 * math.sin(t))
        marks.append(pen.line(f"M{nums(74 * math.cos(t), 6 + 70 * math.sin(t))}q{bend}", 0.8, SON))
    return "".join(marks)


def _short_hairs(pen: Pen, rnd: Random, colour: str) -> str:
    return "".join(pen.line(f"M{nums(x, y)}q6 -9 13 -4", 0.6) for x in range(-48, 50, 27) for y in range(-38, 60, 26))


def _scales(pen: Pen, rnd: Random, colour: str) -> str:
    return "".join(
        pen.shape(f"M{nums(x, y)}q{nums(-20, -22, -4, -46)}q{nums(22, 20, 26, 38)}Z", MA, 0.75)
        for x, y in ((-52, 52), (0, 72), (46, 46), (-46, -2), (6, 12), (50, -14), (-14, -40))
    )


def _grid(pen: Pen, rnd: Random, colour: str) -> str:
    return "".join(
        pen.line(f"M{nums(side * (-84 + i * 30), -50)}L{nums(side * (-40 + i * 30), 80)}", 0.55)
        for side in (1, -1)
        for i in range(5)
    )


def _seeds(pen: Pen, rnd: Random, colour: str) -> str:
    return "".join(
        cut(x, y, x + 1, y + 13, 4, HOE)
        for x in range(-52, 60, 24)
        for y in range(-40, 70, 27)
        if abs(x) + abs(y) * 0.7 < 82
    )


def _pores(pen: Pen, rnd: Random, colour: str) -> str:
    spots = (ellipse(rnd.uniform(-56, 46), rnd.uniform(-34, 66), 3.2) for _ in range(16))
    return "".join(flat(spot, tone(colour, -0.35)) for spot in spots)


def _calyx(pen: Pen, rnd: Random, colour: str) -> str:
    crown = "M0 -66C-20 -52 -56 -58 -64 -36C-34 -34 -12 -40 0 -62C12 -40 34 -34 64 -36C56 -58 20 -52 0 -66Z"
    return pen.shape(crown, LA, 0.85)


_SKINS: dict[str, Callable[[Pen, Random, str], str]] = {
    "smooth": lambda pen, rnd, colour: "",
    "bumps": _bumps,
    "thorns": _thorns,
    "hairs": _short_hairs,
    "scales": _scales,
    "grid": _grid,
    "seeds": _seeds,
    "pores": _pores,
    "calyx": _calyx,
}


def _fruit(colour: str, body: str = "round", skin: str = "smooth", leafy: bool = True) -> Motif:
    def draw(pen: Pen, rnd: Random) -> str:
        marks = [_hairs(pen)] if skin == "hairs" else []
        marks += [pen.shape(_BODIES[body], colour), _SKINS[skin](pen, rnd, colour)]
        if skin in ("smooth", "pores"):
            marks += [cut(52, -34 + i * 13, 68 - abs(i - 4) * 3, -34 + i * 13 + 9, 3.2) for i in range(8)]
            marks.append(pen.gleam("M-50 -18C-46 -42 -28 -54 -12 -56", tone(colour, 0.6), 1.5))
        if leafy:
            marks.append(twig(pen, -74))
        return "".join(marks)

    return draw


def _cluster(c: str, k: int, tex: str = "", leafy: bool = True) -> Motif:
    pts = ((0, 52, 1), (-44, 24, 1), (44, 22, 1), (-20, -18, 1), (24, -20, 1), (-60, -26, 0.9), (62, -30, 0.9))[:k]

    def draw(pen: Pen, rnd: Random) -> str:
        o = [pen.line("M4 -96C0 -60 -4 -30 0 0", 1.2)]
        if leafy:
            o += [leaf(pen, 6, -84, 92, 21, 12), leaf(pen, 0, -88, 84, 20, 162, tone(LA, 0.22))]
        for x, y, s in pts:
            o.append(pen.shape(ellipse(x, y, 36 * s), c))
            if tex == "bumps":
                o += [pen.line(f"M{nums(x + a, y + b)}q5 -7 10 0", 0.5) for a in (-20, -5, 10) for b in (-12, 4, 19)]
            else:
                o.append(pen.gleam(f"M{nums(x - 20, y - 6)}q4 -15 17 -18", tone(c, 0.6), 0.9))
        return "".join(o)

    return draw


def _banana(pen: Pen, rnd: Random) -> str:
    return "".join(
        pen.shape(
            (
                f"M{-20 + i * 8} -84C{-70 + i * 46} -20 {-60 + i * 50} 60 {6 + i * 44} 84"
                f"C{10 + i * 30} 40 {-6 + i * 22} -20 {-2 + i * 8} -84Z"
            ),
            tone(HOE, 0.1 * i),
        )
        for i in (-1, 0, 1)
    ) + pen.shape(rect(-26, -106, 36, 30, 6), GO, 0.8)


def _coconut(pen: Pen, rnd: Random) -> str:
    return (
        pen.shape(ellipse(-10, 4, 92, 86), GO)
        + "".join(
            cut(-80 + i * 13, -40 + (i % 3) * 12, -74 + i * 13, 40 + (i % 2) * 20, 2.6, tone(GO, -0.5))
            for i in range(6)
        )
        + pen.shape(ellipse(28, 24, 68, 60), TRANG)
        + pen.shape(ellipse(32, 28, 46, 38), "#dfe8dc", 0.7)
        + pen.line("M12 22q18 -14 38 0", 0.5)
    )


MOTIFS: dict[str, Motif] = {
    "banana": _banana,
    "coconut": _coconut,
    "grape": _cluster(SIM, 7),
    "lychee": _cluster(SON, 5, "bumps"),
    "longan": _cluster("#c99a5a", 6),
    "plum": _cluster(SIM, 4),
    "berry": _cluster(SIM, 6),
    "orange": _fruit(NGHE, "round", "pores"),
    "pomelo": _fruit(MA, "drop", "pores"),
    "pomelored": _fruit(SON, "drop", "pores"),
    "mango": _fruit(HOE, "mango"),
    "custard": _fruit(MA, "heart", "bumps"),
    "dragonfruit": _fruit("#d6446a", "oval", "scales", False),
    "durian": _fruit("#a9a04a", "burr", "thorns", False),
    "rambutan": _fruit("#d9482f", "round", "hairs", False),
    "mangosteen": _fruit(SIM, "round", "calyx", False),
    "persimmon": _fruit(NGHE, "wide", "calyx", False),
    "strawberry": _fruit(SON, "heart", "seeds", False),
    "starapple": _fruit("#9b7ba0", "round"),
    "pineapple": _fruit(HOE, "oval", "grid", False),
    "kumquat": _cluster(NGHE, 7),
    "soybean": _cluster(KEM, 5, "", True),
}
