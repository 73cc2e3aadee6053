"""Work of hands: cloth, pearls, incense, a cup of tea."""

import math
from random import Random

from apps.demo.pictures.canvas import Motif, Pen, ellipse, flat, nums
from apps.demo.pictures.palette import CHAM, GO, HOE, HONG, INK, KEM, SON, TRANG, tone


def _cloth(c: str = CHAM) -> Motif:
    def draw(pen: Pen, rnd: Random) -> str:
        o = [
            pen.shape(
                ("M-100 -70C-60 -88 -30 -52 10 -70C50 -88 70 -60 100 -74V64C66 82 44 48 6 66C-34 84 -66 54 -100 70Z"), c
            )
        ]
        for x in range(-72, 90, 48):
            o += [pen.shape(f"M{x} -30l22 28l-22 28l-22 -28Z", HOE, 0.7), flat(f"M{x} -12l8 10l-8 10l-8 -10Z", SON)]
        return "".join(o) + pen.line(
            ("M-100 -48C-60 -66 -30 -30 10 -48C50 -66 70 -38 100 -52M-100 48C-66 32 -34 62 6 44C44 26 66 60 100 42"),
            0.8,
            KEM,
        )

    return draw


def _pearl(c: str = TRANG) -> Motif:
    def draw(pen: Pen, rnd: Random) -> str:
        pts = [(92 * math.cos(t), 70 * math.sin(t) - 10) for t in [0.35 + i * 0.42 for i in range(13)]]
        return pen.line("M" + "L".join(nums(*p) for p in pts), 0.8) + "".join(
            pen.shape(ellipse(x, y, 21 + 5 * (y > 30)), c, 0.85)
            + pen.gleam(f"M{nums(x - 9, y - 2)}q2 -9 9 -10", TRANG if c != TRANG else HONG, 0.7)
            for x, y in pts
        )

    return draw


def _incense(pen: Pen, rnd: Random) -> str:
    return (
        "".join(pen.line(f"M{-40 + i * 16} 100L{-52 + i * 21} -96", 1.0, SON if i % 2 else GO) for i in range(6))
        + pen.shape("M-52 20q52 18 92 0v34q-46 16 -88 0Z", HOE, 0.9)
        + pen.line("M-40 -104C-60 -130 -20 -140 -40 -168M20 -104C0 -130 40 -140 20 -168", 0.6)
    )


def _cup(pen: Pen, rnd: Random) -> str:
    return (
        pen.line("M-24 -70C-44 -92 -8 -104 -24 -130M22 -70C2 -92 38 -104 22 -130", 0.8)
        + pen.shape("M62 -20C112 -30 112 46 52 46V28C84 26 82 -6 62 0Z", TRANG)
        + pen.shape("M-78 -44H70C70 20 50 70 26 78H-34C-58 70 -78 20 -78 -44Z", TRANG)
        + pen.shape(ellipse(-4, -44, 74, 17), "#c98a3c")
        + pen.line("M-70 4Q-4 26 62 4", 0.6, CHAM)
        + "".join(flat(f"M{-46 + i * 24} {34 - abs(i - 2) * 2}l8 -11l8 11l-8 11Z", CHAM) for i in range(4))
        + pen.shape("M-104 78H96Q80 98 40 98H-50Q-88 98 -104 78Z", TRANG, 0.9)
    )


MOTIFS: dict[str, Motif] = {
    "cup": _cup,
    "cloth": _cloth(),
    "clothred": _cloth(SON),
    "pearl": _pearl(),
    "pearlgold": _pearl(tone(HOE, 0.45)),
    "pearlblack": _pearl(tone(INK, 0.2)),
    "incense": _incense,
}
