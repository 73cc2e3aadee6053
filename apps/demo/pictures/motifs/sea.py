"""Catch of sea and river."""

import math
from random import Random

from apps.demo.pictures.canvas import Motif, Pen, ellipse, flat, group, nums
from apps.demo.pictures.palette import DAT, HONG, INK, KEM, NGHE, NUOC, SON, TRANG, tone


def _squid(pen: Pen, rnd: Random) -> str:
    arms = ""
    for i in range(5):
        arm = f"M{-30 + i * 15} 56C{-44 + i * 22} 82 {-18 + i * 9} 94 {-52 + i * 26} {118 - abs(i - 2) * 8}"
        arms += pen.line(arm, 1.5, INK) + pen.line(arm, 0.8, HONG)
    spots = (nums(-26 + (i % 3) * 22 + (i // 3) * 8, -40 + (i // 3) * 26) for i in range(9))
    return (
        arms
        + pen.shape("M-28 -38C-76 -30 -84 8 -44 16ZM28 -38C76 -30 84 8 44 16Z", tone(HONG, -0.12))
        + pen.shape("M0 -112C38 -66 50 0 40 50C22 70 -22 70 -40 50C-50 0 -38 -66 0 -112Z", HONG)
        + "".join(pen.line(f"M{spot}q5 -7 11 0", 0.55) for spot in spots)
        + "".join(flat(ellipse(x, 44, 10), TRANG) + flat(ellipse(x, 45, 5), INK) for x in (-17, 17))
        + pen.line("M-12 62q12 8 24 0", 0.6)
    )


def _fish(c: str = NUOC, k: int = 1) -> Motif:
    def draw(pen: Pen, rnd: Random) -> str:
        return (
            pen.shape("M70 0L112 -42C106 -12 106 12 112 42Z", tone(c, -0.15))
            + pen.shape("M-24 -40C0 -70 34 -66 52 -34ZM-8 42C8 62 30 62 40 36Z", tone(c, -0.15))
            + pen.shape("M-108 4C-74 -52 34 -58 78 0C34 58 -74 58 -108 4Z", c)
            + pen.line("M-58 -36C-38 -14 -38 16 -58 40", 0.8)
            + "".join(
                pen.line(f"M{-34 + i * 24} {-24 + (j * 22)}q13 11 0 22", 0.55)
                for i in range(4)
                for j in range(2 if i < 3 else 1)
            )
            + flat(ellipse(-76, -8, 9), TRANG)
            + flat(ellipse(-76, -8, 4.5), INK)
            + pen.line("M-108 4q14 6 22 4", 0.7)
            + "".join(pen.line(f"M86 {y}l20 {y * 0.5}", 0.5) for y in (-10, 2, 12))
        )

    return draw


def _shrimp(pen: Pen, rnd: Random) -> str:
    seg = "".join(
        pen.line(f"M{nums(62 * math.cos(a), 62 * math.sin(a))}L{nums(100 * math.cos(a), 100 * math.sin(a))}", 0.7)
        for a in (-2.6, -2.1, -1.6, -1.1, -0.6)
    )
    legs = "".join(
        pen.line(
            (f"M{nums(58 * math.cos(a), 58 * math.sin(a))}L{nums(34 * math.cos(a + 0.12), 34 * math.sin(a + 0.12))}"),
            0.7,
        )
        for a in (-2.3, -1.9, -1.5, -1.1, -0.7)
    )
    return (
        pen.line("M-92 34C-120 -20 -100 -80 -60 -112M-84 40C-122 10 -126 -40 -112 -70", 0.6)
        + legs
        + pen.shape(
            (
                "M-104 46C-112 -30 -56 -100 8 -100C70 -98 104 -50 100 10C98 44 84 66 62 80L48 58"
                "C62 40 66 20 62 0C56 -36 30 -58 0 -58C-34 -56 -50 -26 -52 20C-62 44 -84 56 -104 46Z"
            ),
            NGHE,
        )
        + seg
        + pen.shape("M62 72L96 84L78 96L84 118L44 100L46 66Z", tone(NGHE, -0.2))
        + flat(ellipse(-80, 12, 7), INK)
    )


def _crab(pen: Pen, rnd: Random) -> str:
    leg = "".join(
        pen.line(f"M{s * 66} {20 + i * 16}q{s * 34} {-14 + i * 8} {s * 40} {16 + i * 10}", 1.1)
        for s in (-1, 1)
        for i in range(3)
    )
    claw = "".join(
        group(
            f"scale({s} 1)",
            pen.line("M58 -8C84 -20 92 -40 84 -54", 1.6)
            + pen.shape(
                (
                    "M60 -56C52 -100 96 -118 112 -84C100 -92 90 -84 92 -70C104 -72 112 -66 112 -66"
                    "C104 -40 70 -34 60 -56Z"
                ),
                SON,
            ),
        )
        for s in (-1, 1)
    )
    return (
        leg
        + claw
        + pen.shape("M-86 16C-80 -34 -40 -48 0 -48S80 -34 86 16C76 58 38 72 0 72S-76 58 -86 16Z", tone(SON, 0.12))
        + pen.line("M-44 14q20 18 44 4q24 14 44 -4M-24 42h48", 0.7)
        + "".join(pen.line(f"M{s * 20} -48v-18", 1) + flat(ellipse(s * 20, -70, 7), INK) for s in (-1, 1))
    )


def _shell(pen: Pen, rnd: Random) -> str:
    return (
        pen.shape(
            "M-92 30C-96 -40 -40 -92 8 -88C66 -84 104 -30 92 20C84 66 30 88 -20 78C-58 72 -86 58 -92 30Z", "#b9b3a6"
        )
        + pen.shape("M-66 26C-64 -22 -26 -60 12 -58C54 -54 78 -18 70 16C62 48 22 62 -14 56C-42 52 -60 44 -66 26Z", KEM)
        + pen.line("M-74 -20q14 -6 22 -18M-46 -56q8 6 22 2M-8 -80q2 10 14 14M44 -70q-8 10 0 18M80 -28q-10 0 -14 8", 0.6)
        + pen.shape("M-26 16C-20 -16 26 -22 36 4C26 28 -14 36 -26 16Z", tone(HONG, 0.5), 0.6)
    )


def _jellyfish(pen: Pen, rnd: Random) -> str:
    arms = "".join(
        pen.line(f"M{-48 + i * 24} 6q{14 - 7 * (i % 3)} 30 -4 {54 + 14 * (i % 2)}q-12 20 4 34", 0.9) for i in range(5)
    )
    return (
        arms
        + pen.shape(
            "M-92 8C-96 -66 -48 -98 0 -98S96 -66 92 8Q70 26 46 8Q24 28 0 10Q-24 28 -46 8Q-70 26 -92 8Z",
            tone(NUOC, 0.55),
        )
        + pen.line("M-52 -22C-44 -52 -22 -66 0 -68M52 -22C48 -40 40 -50 30 -58", 0.6)
        + pen.gleam("M-66 -26C-60 -54 -42 -70 -24 -76", TRANG, 1.2)
    )


def _sandworm(pen: Pen, rnd: Random) -> str:
    """Peanut worms, dried straight and tied in a bundle."""
    worms = ""
    for x, turn, colour in ((-54, -12, KEM), (-20, 5, tone(NGHE, 0.45)), (18, -4, KEM), (54, 10, tone(NGHE, 0.35))):
        body = pen.shape(
            "M-14 -92C-16 -104 14 -106 14 -92C10 -40 20 10 12 84C10 104 -10 104 -12 84C-20 20 -8 -40 -14 -92Z", colour
        )
        rings = pen.line("M-10 -66h18M-12 -38h20M-14 52h24M-12 74h20", 0.45)
        worms += group(f"translate({x} 0) rotate({turn})", body + rings)
    return worms + pen.shape("M-88 -10C-40 4 40 4 88 -10V16C40 30 -40 30 -88 16Z", SON, 0.9)


MOTIFS: dict[str, Motif] = {
    "squid": _squid,
    "fish": _fish(),
    "fishdry": _fish(DAT),
    "fishred": _fish(SON),
    "shrimp": _shrimp,
    "crab": _crab,
    "shell": _shell,
    "jellyfish": _jellyfish,
    "sandworm": _sandworm,
}
