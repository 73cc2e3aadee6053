"""Leaves, flowers and roots."""

import math
from random import Random

from apps.demo.pictures.canvas import Motif, Pen, cut, ellipse, flat, group, nums
from apps.demo.pictures.palette import DAT, GO, HOE, HONG, KEM, LA, MA, NGHE, SIM, SON, TRANG, tone


def leaf(pen: Pen, x: float, y: float, length: float, width: float, angle: float, colour: str = LA) -> str:
    """A leaf with its veins, its stalk at (x, y), turned by `angle` degrees."""
    ln, w = length, width
    blade = f"M0 0C{nums(ln * 0.25, -w, ln * 0.72, -w)} {nums(ln, 0)}C{nums(ln * 0.72, w, ln * 0.25, w)} 0 0Z"
    veins = [pen.line(f"M{nums(ln * 0.08)} 0L{nums(ln * 0.86)} 0", 0.6)]
    veins += [
        pen.line(f"M{nums(ln * t)} 0L{nums(ln * (t + 0.13), side * w * 0.48)}", 0.42)
        for t in (0.3, 0.5, 0.68)
        for side in (-1, 1)
    ]
    return group(f"translate({nums(x, y)}) rotate({nums(angle)})", pen.shape(blade, colour) + "".join(veins))


def twig(pen: Pen, top: float = -80, colour: str = LA) -> str:
    """A stalk with two leaves, above a fruit."""
    stalk = pen.line(f"M0 {nums(top + 14)}q4 -18 14 -30", 1.1)
    return stalk + leaf(pen, 4, top - 4, 74, 19, -18, colour) + leaf(pen, 0, top - 2, 58, 16, -160, tone(colour, 0.25))


def _camellia(colour: str = HOE, outer: int = 9) -> Motif:
    def draw(pen: Pen, rnd: Random) -> str:
        marks = [
            leaf(pen, 20, 20, 104, 27, 28),
            leaf(pen, -18, 22, 100, 25, 158, tone(LA, 0.2)),
            leaf(pen, -4, -24, 92, 24, -128, tone(LA, 0.1)),
        ]
        for ring, (r, count, light) in enumerate(((86, outer, 0.0), (60, outer - 2, 0.22), (36, 5, 0.42))):
            petal = (
                f"M0 0C{nums(-r * 0.42, -r * 0.3, -r * 0.46, -r * 0.92, 0, -r)}"
                f"C{nums(r * 0.46, -r * 0.92, r * 0.42, -r * 0.3, 0, 0)}Z"
            )
            block = pen.shape(petal, tone(colour, light), 0.8)
            marks += [group(f"rotate({nums(i * 360 / count + ring * 19)})", block) for i in range(count)]
        marks += [flat(ellipse(11 * math.cos(i), 11 * math.sin(i), 3.4), DAT) for i in range(7)]
        return "".join(marks)

    return draw


def _lotus(c: str = HONG) -> Motif:
    def draw(pen: Pen, rnd: Random) -> str:
        o = []
        for a, s in ((-64, 0.84), (64, 0.84), (-38, 0.95), (38, 0.95), (-14, 1), (14, 1), (0, 0.9)):
            o.append(
                group(
                    f"translate(0 62) rotate({a}) scale({s})",
                    pen.shape("M0 0C-44 -40 -40 -110 0 -156C40 -110 44 -40 0 0Z", tone(c, 0.15 if abs(a) > 20 else 0.4))
                    + pen.line("M0 -20V-112", 0.5),
                )
            )
        return "".join(o) + pen.shape("M-78 70C-40 50 40 50 78 70C40 96 -40 96 -78 70Z", LA)

    return draw


def _bud(c: str = MA) -> Motif:
    def draw(pen: Pen, rnd: Random) -> str:
        return (
            leaf(pen, 0, 92, 150, 30, -128, tone(c, -0.12))
            + leaf(pen, 0, 92, 152, 30, -52, c)
            + pen.line("M0 96C-2 50 0 0 0 -40", 1.3)
            + pen.shape("M0 -4C-26 -44 -14 -84 2 -108C20 -80 24 -42 0 -4Z", tone(c, 0.35))
            + pen.line("M0 -14V-84", 0.5)
            + leaf(pen, -2, 46, 96, 22, -152, tone(c, 0.12))
            + leaf(pen, 2, 30, 96, 22, -30, tone(c, -0.05))
        )

    return draw


def _bloom(c: str = HOE, k: int = 5) -> Motif:
    def draw(pen: Pen, rnd: Random) -> str:
        return (
            "".join(
                group(
                    f"rotate({i * 360 / k})",
                    pen.shape("M0 -8C-52 -24 -44 -96 0 -96S52 -24 0 -8Z", c) + pen.line("M0 -30v-34", 0.5),
                )
                for i in range(k)
            )
            + pen.shape(ellipse(0, 0, 17), SON, 0.8)
            + "".join(
                pen.line(f"M0 0L{nums(34 * math.cos(a), 34 * math.sin(a))}", 0.45) for a in [i * 0.7 for i in range(9)]
            )
        )

    return draw


def _root(pen: Pen, rnd: Random) -> str:
    return (
        "".join(leaf(pen, 2, -62, 70, 17, a, tone(LA, 0.1 * i)) for i, a in enumerate((-150, -118, -62, -30)))
        + pen.line("M0 -40V-66", 1.4)
        + pen.shape(
            (
                "M-22 -44C-48 -20 -34 10 -44 34C-52 60 -80 74 -92 102C-60 92 -34 70 -20 52"
                "C-16 78 -22 96 -10 116C4 92 6 72 10 52C26 72 54 84 84 92C66 68 44 56 38 32C32 8 46 -20 22 -44"
                "C8 -52 -8 -52 -22 -44Z"
            ),
            KEM,
        )
        + pen.line("M-30 -16h40M-26 8h30M6 22h28M-30 34h22M-8 74h12", 0.5)
    )


def _mushroom(c: str = DAT) -> Motif:
    def draw(pen: Pen, rnd: Random) -> str:
        return "".join(
            group(
                f"translate({x} {y}) scale({s})",
                pen.shape("M-18 0C-14 40 -18 66 -22 84H26C20 60 16 36 20 0Z", KEM)
                + pen.shape("M-76 6C-72 -62 72 -62 76 6C40 18 -40 18 -76 6Z", c)
                + pen.line("M-44 -14q8 -16 24 -20M10 -32q20 4 30 18", 0.6),
            )
            for x, y, s in ((-44, 10, 0.72), (46, 18, 0.66), (0, -14, 1))
        )

    return draw


def _ginger(c: str = NGHE) -> Motif:
    def draw(pen: Pen, rnd: Random) -> str:
        return (
            pen.shape(
                (
                    "M-96 20C-104 -14 -70 -30 -48 -20C-54 -62 -14 -76 4 -48C10 -92 58 -88 56 -46"
                    "C84 -62 112 -34 94 -8C116 14 96 48 66 42C64 80 12 86 0 54C-24 84 -66 70 -60 42"
                    "C-80 46 -92 38 -96 20Z"
                ),
                c,
            )
            + pen.line(
                (
                    "M-48 -20q10 8 12 22M4 -48q-6 14 2 26M56 -46q-14 8 -16 22M66 42q-14 -6 -18 -18M0 54"
                    "q4 -14 -6 -22M-60 42q8 -10 22 -8"
                ),
                0.6,
            )
            + pen.shape(ellipse(80, 22, 16, 12), tone(HOE, 0.3), 0.7)
        )

    return draw


def _bulb(c: str = TRANG, purple: str = SIM) -> Motif:
    def draw(pen: Pen, rnd: Random) -> str:
        return (
            pen.line("M0 -58C-4 -80 4 -96 14 -112", 2.2)
            + pen.shape("M-10 -62C-70 -40 -102 0 -92 44C-84 84 -40 94 0 94S84 84 92 44C102 0 70 -40 10 -62Z", c)
            + pen.line("M-6 -56C-40 -10 -46 40 -26 92M6 -56C40 -10 46 40 26 92M0 -54V94", 0.6)
            + "".join(cut(-78 + i * 7, 20 + i * 5, -70 + i * 7, 56 + i * 3, 3.4, purple) for i in range(4))
            + "".join(pen.line(f"M{x} 92q{x * 0.2} 10 {x * 0.4} 16", 0.5) for x in (-24, -8, 8, 24))
        )

    return draw


MOTIFS: dict[str, Motif] = {
    "camellia": _camellia(),
    "lotus": _lotus(),
    "bud": _bud(),
    "budred": _bud(DAT),
    "garlic": _bulb(),
    "blackgarlic": _bulb(tone(GO, -0.3), KEM),
    "onion": _bulb(SIM, KEM),
    "ginger": _ginger(),
    "turmeric": _ginger(HOE),
    "root": _root,
    "mushroom": _mushroom(),
    "mushroomw": _mushroom(KEM),
    "lingzhi": _mushroom(SIM),
    "bloom": _bloom(),
    "rose": _camellia(SON, 8),
    "orchid": _bloom(HONG, 6),
}
