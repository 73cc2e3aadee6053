"""Spices, nuts, coffee and cocoa."""

from collections.abc import Callable
from random import Random

from apps.demo.pictures.canvas import Motif, Pen, cut, ellipse, flat, group, nums, rect
from apps.demo.pictures.motifs.plants import leaf
from apps.demo.pictures.palette import DAT, GO, HOE, INK, KEM, LA, NGHE, SON, tone


def _anise(pen: Pen, rnd: Random) -> str:
    o = [
        group(
            f"rotate({i * 45})",
            pen.shape("M0 0C-24 -24 -26 -70 0 -104C26 -70 24 -24 0 0Z", DAT)
            + pen.line("M0 -24V-78", 0.6)
            + pen.shape(ellipse(0, -52, 9, 14), HOE, 0.6),
        )
        for i in range(8)
    ]
    return "".join(o) + pen.shape(ellipse(0, 0, 12), GO, 0.7)


def _sticks(c: str = DAT) -> Motif:
    def draw(pen: Pen, rnd: Random) -> str:
        o = []
        for i, (x, a) in enumerate(((-52, -9), (-18, 4), (18, -3), (52, 8))):
            o.append(
                group(
                    f"translate({x} 0) rotate({a})",
                    pen.shape(rect(-19, -104, 38, 208, 12), tone(c, 0.1 * (i % 2)))
                    + pen.line("M-19 -92C-6 -84 6 -84 19 -92M-7 -86V96", 0.6)
                    + pen.line("M8 -60v70M10 40v40", 0.45),
                )
            )
        return "".join(o) + pen.shape("M-88 -14C-40 2 40 2 88 -14V14C40 30 -40 30 -88 14Z", KEM, 0.9)

    return draw


def _pepper(pen: Pen, rnd: Random) -> str:
    o = [pen.line("M-70 -84C-30 -40 10 10 30 96", 1.2), leaf(pen, -44, -58, 120, 36, -8)]
    for i in range(11):
        t = i / 10
        x, y = -40 + 66 * t, -40 + 130 * t
        o += [
            pen.shape(ellipse(x - 15 + 4 * (i % 2), y + 8, 14), (SON, INK, LA)[i % 3], 0.7),
            pen.shape(ellipse(x + 16, y - 2, 14), (INK, LA, SON)[i % 3], 0.7),
        ]
    return "".join(o)


def _chilli(pen: Pen, rnd: Random) -> str:
    return "".join(
        group(
            f"rotate({a}) translate({x} 0)",
            pen.shape("M-12 -70C-30 0 -30 60 26 104C10 60 16 0 14 -70Z", c)
            + pen.shape("M-16 -72C-8 -88 10 -88 18 -72C8 -62 -8 -62 -16 -72Z", LA, 0.8)
            + pen.line("M2 -84q2 -18 -8 -26", 1.2),
        )
        for a, x, c in ((-24, -30, tone(SON, 0.12)), (22, 30, NGHE), (0, 0, SON))
    )


def _nut(pen: Pen, x: float, y: float, s: float, colour: str) -> str:
    shell = (
        f"M{nums(x, y - 52 * s)}C{nums(x + 30, y - 34, x + 54 * s, y - 10, x + 50 * s, y + 22)}"
        f"C{nums(x + 40, y + 48, x - 40, y + 48, x - 50 * s, y + 22)}"
        f"C{nums(x - 54 * s, y - 10, x - 30, y - 34, x, y - 52 * s)}Z"
    )
    scar = (
        f"M{nums(x - 46, y + 22)}C{nums(x - 20, y + 10, x + 20, y + 10, x + 46, y + 22)}"
        f"C{nums(x + 36, y + 44, x - 36, y + 44, x - 46, y + 22)}Z"
    )
    return pen.shape(shell, colour) + flat(scar, tone(colour, 0.45)) + cut(x + 34, y - 18, x + 26, y + 12, 4)


def _kernel(pen: Pen, x: float, y: float, s: float, colour: str) -> str:
    """A cashew: a bean bent round its own notch."""
    bean = (
        f"M{nums(x - 44, y - 10)}C{nums(x - 40, y - 56, x + 36, y - 58, x + 46, y - 8)}"
        f"C{nums(x + 50, y + 30, x + 14, y + 40, x + 8, y + 14)}C{nums(x + 4, y - 8, x - 10, y - 10, x - 16, y + 4)}"
        f"C{nums(x - 26, y + 22, x - 44, y + 12, x - 44, y - 10)}Z"
    )
    return pen.shape(bean, tone(colour, -0.08))


def _nuts(colour: str, one: Callable[[Pen, float, float, float, str], str] = _nut) -> Motif:
    def draw(pen: Pen, rnd: Random) -> str:
        return "".join(one(pen, x, y, s, colour) for x, y, s in ((-46, 34, 1), (46, 36, 1), (0, -30, 1.06)))

    return draw


def _coffee(pen: Pen, rnd: Random) -> str:
    o = [
        pen.line("M-96 -40C-40 -66 40 -66 100 -30", 1.3),
        leaf(pen, -70, -50, 110, 30, -34),
        leaf(pen, 34, -54, 110, 30, 16, tone(LA, 0.18)),
        leaf(pen, -30, -56, 96, 26, 140, tone(LA, 0.1)),
    ]
    o += [
        pen.shape(ellipse(x, y, 27, 30), c) + pen.line(f"M{x - 6} {y + 24}q6 6 12 0", 0.5)
        for x, y, c in ((-34, -8, SON), (18, -14, tone(SON, 0.15)), (-8, 32, NGHE))
    ]
    for x, y, a in ((52, 56, 24), (-58, 64, -30), (2, 86, 8)):
        o.append(
            group(
                f"translate({x} {y}) rotate({a})",
                pen.shape(ellipse(0, 0, 36, 24), GO) + pen.line("M-30 4C-10 -14 10 12 30 -6", 0.8, KEM),
            )
        )
    return "".join(o)


def _cocoa(pen: Pen, rnd: Random) -> str:
    return (
        leaf(pen, -4, -80, 100, 28, 150)
        + leaf(pen, 10, -84, 96, 26, 10)
        + pen.shape("M0 -92C58 -70 76 10 14 104C6 110 -6 110 -14 104C-76 10 -58 -70 0 -92Z", NGHE)
        + pen.line("M-22 -74C-42 -10 -34 50 -10 100M22 -74C42 -10 34 50 10 100M0 -84V104", 0.7)
        + "".join(cut(36 - i * 2, -30 + i * 15, 50 - i * 3, -24 + i * 15, 3) for i in range(6))
    )


MOTIFS: dict[str, Motif] = {
    "anise": _anise,
    "cinnamon": _sticks(),
    "pepper": _pepper,
    "chilli": _chilli,
    "chestnut": _nuts(GO),
    "cashew": _nuts(KEM, _kernel),
    "macadamia": _nuts(DAT),
    "lotusseed": _nuts(KEM),
    "coffee": _coffee,
    "cocoa": _cocoa,
}
