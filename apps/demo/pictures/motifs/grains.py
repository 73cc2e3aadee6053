"""Grain, noodles, cakes and sweets."""

import math
from random import Random

from apps.demo.pictures.canvas import Motif, Pen, cut, ellipse, flat, group, nums, rect
from apps.demo.pictures.palette import GO, HOE, INK, KEM, LA, MA, NGHE, NUOC, SON, TRANG, tone


def _noodles(colour: str = KEM) -> Motif:
    def draw(pen: Pen, rnd: Random) -> str:
        marks = []
        for i, (y, w) in enumerate(((62, 104), (22, 96), (-20, 84))):
            nest = f"M{-w} {y}C{-w} {y - 44} {w} {y - 44} {w} {y}C{w} {y + 40} {-w} {y + 40} {-w} {y}Z"
            marks.append(pen.shape(nest, tone(colour, 0.12 * i)))
            for k in range(7):
                start = nums(-w + 12 + k * w / 4.4, y - 18 + (k % 2) * 6)
                marks.append(pen.line(f"M{start}q{nums(w / 6, 24 - (k % 3) * 5, w / 3, 4)}", 0.5))
        band = pen.shape("M-22 -54h44v132h-44Z", SON, 0.9) + pen.line("M-22 -20h44M-22 40h44", 0.5, tone(SON, 0.5))
        return "".join(marks) + band

    return draw


def _ricepaper(pen: Pen, rnd: Random) -> str:
    o = [pen.shape(ellipse(-14 + i * 9, 10 - i * 8, 88), tone(KEM, 0.2 + 0.12 * i)) for i in range(4)]
    return (
        "".join(o)
        + "".join(
            flat(
                ellipse(13 + rnd.uniform(-60, 60), -14 + rnd.uniform(-60, 60), rnd.uniform(2, 4.5)),
                rnd.choice((INK, NGHE, GO)),
            )
            for _ in range(30)
        )
        + pen.line("M-30 -60C0 -84 50 -84 76 -50", 0.5)
    )


def _rice(pen: Pen, rnd: Random) -> str:
    grain = pen.shape("M0 0C-11 -12 -9 -32 0 -40C9 -32 11 -12 0 0Z", HOE, 0.75)
    ear = pen.line("M0 0C4 -60 2 -120 0 -190", 1.1) + "".join(
        group(f"translate(0 {-70 - i * 17}) rotate({side * 34})", grain) for i in range(7) for side in (-1, 1)
    )
    ears = "".join(group(f"translate(0 100) rotate({angle})", ear) for angle in (-26, 0, 26))
    return ears + pen.shape("M-34 74q34 -18 68 0l-6 24q-28 -12 -56 0Z", SON, 0.9)


def _cake(c: str = LA) -> Motif:
    def draw(pen: Pen, rnd: Random) -> str:
        o = [
            pen.shape("M-92 -34L0 -74L92 -34V46L0 92L-92 46Z", c),
            pen.shape("M-92 -34L0 -74L92 -34L0 8Z", tone(c, 0.25)),
            pen.line("M0 8V92", 0.8),
        ]
        o += [pen.line(f"M{-92 + i * 23} {-34 + i * 10.5}V{46 + i * 11.5}", 0.4) for i in (1, 2, 3)] + [
            pen.shape("M-54 -54L38 -12V76L54 68V-20L-38 -62Z", KEM, 0.7),
            pen.line("M92 10L0 54L-92 10", 1.1),
        ]
        return "".join(o)

    return draw


def _candy(c: str = KEM) -> Motif:
    def draw(pen: Pen, rnd: Random) -> str:
        return "".join(
            group(
                f"translate({x} {y}) rotate({a})",
                pen.shape("M-44 0L-84 -24C-76 -8 -76 8 -84 24ZM44 0L84 -24C76 -8 76 8 84 24Z", tone(k, 0.3), 0.8)
                + pen.shape(rect(-46, -26, 92, 52, 12), k)
                + pen.line("M-14 -26v52M14 -26v52", 0.6),
            )
            for x, y, a, k in ((-8, 50, 10, c), (10, -2, -14, tone(c, -0.1)), (-6, -56, 12, tone(c, 0.2)))
        )

    return draw


def _honey(pen: Pen, rnd: Random) -> str:
    o = []
    for i, (x, y) in enumerate(((0, 0), (62, 0), (-62, 0), (31, 54), (-31, 54), (31, -54), (-31, -54))):
        d = (
            "M"
            + "L".join(nums(x + 34 * math.sin(k * math.pi / 3), y + 34 * math.cos(k * math.pi / 3)) for k in range(6))
            + "Z"
        )
        o.append(pen.shape(d, (HOE, NGHE, tone(HOE, 0.35))[i % 3]))
    bee = group(
        "translate(58 -66) rotate(-24)",
        pen.shape(ellipse(-6, -22, 14, 24), TRANG, 0.7)
        + pen.shape(ellipse(14, -22, 13, 22), TRANG, 0.7)
        + pen.shape(ellipse(0, 6, 34, 21), HOE, 0.9)
        + flat("M-10 -13h9v38h-9ZM10 -12h9v35h-9Z", INK)
        + flat(ellipse(-26, 2, 4), INK),
    )
    return "".join(o) + bee


_CRYSTALS = ((0, -40), (-18, -6), (20, 0), (-40, 36), (-6, 34), (34, 40), (-66, 64), (-22, 66), (14, 68), (62, 66))


def _salt(pen: Pen, rnd: Random) -> str:
    heap = pen.shape("M-104 72C-60 40 -40 -60 0 -78C40 -60 60 40 104 72C60 92 -60 92 -104 72Z", TRANG)
    return heap + "".join(pen.shape(f"M{nums(x, y - 9)}l9 9l-9 9l-9 -9Z", tone(NUOC, 0.7), 0.45) for x, y in _CRYSTALS)


def _drop(c: str = NUOC) -> Motif:
    def draw(pen: Pen, rnd: Random) -> str:
        return (
            pen.shape("M0 -108C40 -46 78 -4 78 36C78 78 44 102 0 102S-78 78 -78 36C-78 -4 -40 -46 0 -108Z", c)
            + pen.gleam("M-42 40C-40 66 -22 80 0 82", TRANG, 1.4)
            + "".join(cut(40 - i * 3, -10 + 18 * i, 60 - i * 2, -2 + 18 * i, 3) for i in range(5))
        )

    return draw


def _nest(pen: Pen, rnd: Random) -> str:
    return (
        pen.shape("M-100 -6C-92 60 -44 88 0 88S92 60 100 -6C60 20 -60 20 -100 -6Z", KEM)
        + pen.shape(ellipse(0, -6, 100, 34), tone(KEM, 0.45))
        + "".join(
            pen.line(f"M{nums(-86 + i * 18)} {nums(20 + (i % 3) * 14)}q20 {nums(22 - (i % 2) * 30)} 42 6", 0.5)
            for i in range(9)
        )
    )


MOTIFS: dict[str, Motif] = {
    "noodles": _noodles(),
    "noodlesgrey": _noodles("#cfc4b0"),
    "ricepaper": _ricepaper,
    "rice": _rice,
    "honey": _honey,
    "cake": _cake(),
    "cakebrown": _cake(GO),
    "candy": _candy(),
    "candygreen": _candy(MA),
    "drop": _drop(),
    "oil": _drop(HOE),
    "salt": _salt,
    "nest": _nest,
}
