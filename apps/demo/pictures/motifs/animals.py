"""Animals of the yard and what comes from them."""

from random import Random

from apps.demo.pictures.canvas import Motif, Pen, cut, ellipse, flat
from apps.demo.pictures.palette import DAT, GO, HOE, HONG, INK, KEM, NGHE, SON, TRANG, tone


def _hen(c: str = NGHE) -> Motif:
    def draw(pen: Pen, rnd: Random) -> str:
        return (
            pen.line("M-12 66v34m-14 4h30M24 64v36m-14 4h30", 1.2)
            + pen.shape("M58 -6C92 -24 104 -70 92 -100C66 -84 44 -60 36 -34Z", tone(c, -0.35))
            + pen.shape(
                "M-82 -40C-74 -82 -26 -84 -20 -44C-8 -20 30 -20 62 -34C82 20 44 76 -4 74C-56 70 -72 24 -66 -20Z", c
            )
            + pen.shape("M-10 10C10 -12 48 -8 56 8C44 40 8 46 -10 10Z", tone(c, -0.15))
            + pen.line("M6 16q16 12 34 2", 0.6)
            + pen.shape("M-74 -66C-84 -92 -64 -96 -60 -82C-54 -100 -36 -94 -38 -74Z", SON, 0.9)
            + pen.shape("M-78 -48L-104 -40L-78 -30Z", HOE, 0.8)
            + pen.shape("M-74 -26q-8 20 4 22q12 -4 6 -20Z", SON, 0.7)
            + flat(ellipse(-56, -50, 6), INK)
        )

    return draw


def _pig(pen: Pen, rnd: Random) -> str:
    return (
        pen.line("M-46 44v36M-20 52v34M36 52v34M58 42v36", 2)
        + pen.shape(
            (
                "M-102 -4C-104 -28 -84 -40 -70 -36C-40 -66 50 -70 82 -30C104 0 90 46 52 56C10 66 -40 64 -62 40"
                "C-84 40 -100 20 -102 -4Z"
            ),
            HONG,
        )
        + pen.shape("M-74 -36L-62 -66L-42 -44Z", tone(HONG, -0.15), 0.8)
        + pen.shape(ellipse(-92, 4, 16, 20), tone(HONG, -0.1), 0.8)
        + flat(ellipse(-96, 2, 3.5), INK)
        + flat(ellipse(-87, 4, 3.5), INK)
        + flat(ellipse(-62, -14, 5), INK)
        + pen.line("M88 -20q20 -8 16 -24q-14 -2 -10 14", 0.8)
        + flat("M10 -58C40 -58 66 -44 70 -14C48 -4 16 -14 10 -58Z", tone(INK, 0.25))
    )


def _buffalo(pen: Pen, rnd: Random) -> str:
    return (
        pen.shape(
            (
                "M-62 -40C-112 -50 -116 -98 -84 -104C-96 -84 -84 -66 -48 -62ZM62 -40C112 -50 116 -98 84 -104"
                "C96 -84 84 -66 48 -62Z"
            ),
            tone(KEM, -0.1),
        )
        + pen.shape("M-66 -38L-98 -22L-66 -10ZM66 -38L98 -22L66 -10Z", tone(GO, 0.15), 0.8)
        + pen.shape(
            "M-60 -58C-30 -74 30 -74 60 -58C70 -10 48 30 42 66C34 100 -34 100 -42 66C-48 30 -70 -10 -60 -58Z", GO
        )
        + pen.shape("M-40 60C-36 34 36 34 40 60C38 98 -38 98 -40 60Z", tone(GO, 0.35), 0.8)
        + flat(ellipse(-16, 68, 7, 9), INK)
        + flat(ellipse(16, 68, 7, 9), INK)
        + "".join(flat(ellipse(x, -14, 9), TRANG) + flat(ellipse(x, -13, 5), INK) for x in (-34, 34))
        + pen.line("M-14 -58q14 22 28 0", 0.7)
    )


def _egg(pen: Pen, rnd: Random) -> str:
    return "".join(
        pen.shape(
            (
                f"M{x} {y - 56}C{x + 40} {y - 50} {x + 52} {y + 44} {x} {y + 48}"
                f"C{x - 52} {y + 44} {x - 40} {y - 50} {x} {y - 56}Z"
            ),
            c,
        )
        + cut(x + 24, y - 14, x + 26, y + 22, 4)
        for x, y, c in ((-44, 20, "#dfeae6"), (46, 24, tone(KEM, 0.4)), (0, -16, "#eef3ef"))
    )


def _sausage(pen: Pen, rnd: Random) -> str:
    return pen.line("M-80 -84C-20 -104 40 -100 84 -78", 0.9) + "".join(
        pen.shape(
            (
                f"M{x} -80C{x + 34} -84 {x + 40} 60 {x + 22} 92C{x + 6} 108 {x - 16} 104 {x - 22} 84"
                f"C{x - 30} 40 {x - 24} -76 {x} -80Z"
            ),
            tone(SON, -0.12 + 0.1 * i),
        )
        + "".join(flat(ellipse(x + rnd.uniform(-12, 16), -40 + 28 * j, 3.5), KEM) for j in range(4))
        for i, x in enumerate((-58, 4, 62))
    )


def _meat(pen: Pen, rnd: Random) -> str:
    return (
        pen.shape(
            "M-96 10C-96 -50 -36 -84 24 -76C84 -68 108 -20 94 24C80 72 10 88 -40 76C-76 66 -96 44 -96 10Z",
            tone(SON, 0.12),
        )
        + pen.shape(
            "M-70 8C-70 -30 -24 -54 20 -50C60 -46 80 -16 72 12C60 46 6 56 -30 48C-54 42 -70 30 -70 8Z",
            tone(SON, 0.42),
            0.7,
        )
        + pen.line("M-46 0C-20 -22 10 -4 40 -24M-30 28C0 8 24 26 54 6", 0.9, TRANG)
        + pen.shape(ellipse(58, -16, 13, 11), TRANG, 0.7)
    )


def _antler(pen: Pen, rnd: Random) -> str:
    horn = (
        "M-22 100C-30 40 -64 20 -70 -60C-72 -92 -40 -94 -38 -64C-34 -30 -20 -14 -6 -2"
        "C0 -34 12 -70 40 -98C56 -112 78 -92 64 -74C40 -40 28 0 24 100Z"
    )
    return (
        pen.shape(horn, tone(DAT, 0.15))
        + pen.shape("M-30 92Q0 106 32 92V112Q0 124 -30 112Z", KEM, 0.9)
        + pen.line("M-56 -56C-52 -22 -34 0 -18 14M52 -84C30 -50 14 -8 10 40M-6 40v42M10 58v28", 0.5)
    )


MOTIFS: dict[str, Motif] = {
    "hen": _hen(),
    "duck": _hen(KEM),
    "pig": _pig,
    "buffalo": _buffalo,
    "meat": _meat,
    "antler": _antler,
    "egg": _egg,
    "sausage": _sausage,
}
