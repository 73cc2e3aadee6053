"""What pages show when there is nothing to show: drawn as motifs, never a joke."""

from random import Random

from apps.demo.pictures.canvas import Motif, Pen, cut, ellipse, flat, rect
from apps.demo.pictures.palette import DAT, GO, HOE, INK, KEM, LA, PAPER, RATTAN, RATTAN_DARK, SON, WICKER, tone


def _empty_basket(pen: Pen, rnd: Random) -> str:
    bands = "".join(
        pen.line(f"M{-92 + i * 7} {20 + i * 20}Q0 {34 + i * 20} {92 - i * 7} {20 + i * 20}", 0.6) for i in range(4)
    )
    return (
        pen.line("M-74 -14C-74 -118 74 -118 74 -14", 2.2, GO)
        + pen.shape(ellipse(0, -8, 104, 26), tone(WICKER, -0.45))
        + pen.shape("M-104 -6C-98 44 -78 84 -58 96Q0 108 58 96C78 84 98 44 104 -6Q0 40 -104 -6Z", WICKER)
        + bands
        + "".join(
            pen.line(f"M{-84 + i * 24} {14 + 7 * (3.5 - abs(i - 3.5)) / 3.5:.1f}L{-52 + i * 15} 98", 0.45)
            for i in range(8)
        )
        + pen.shape("M-108 -10Q0 34 108 -10V6Q0 52 -108 6Z", RATTAN_DARK, 0.9)
    )


def _blank_label(pen: Pen, rnd: Random) -> str:
    """A label that fell off: no name on it."""
    paper = "M-56 -66H56a14 14 0 0 0 14 14V36L44 74H-56a14 14 0 0 0 -14 -14V-52a14 14 0 0 0 14 -14Z"
    return (
        pen.line("M0 -66C-6 -96 28 -98 22 -122", 0.9, GO)
        + pen.shape(paper, PAPER)
        + pen.line("M-54 -52H54V30L36 58H-54Z", 0.45, SON)
        + pen.shape("M70 36L44 74L40 46Z", tone(PAPER, -0.14), 0.8)
        + pen.shape("M0 -38l24 32l-24 32l-24 -32Z", HOE, 0.9)
        + flat("M0 -18l9 12l-9 12l-9 -12Z", PAPER)
        + flat(ellipse(0, -58, 5), INK)
        + "".join(cut(-96, 92 + i * 12, 96 - i * 30, 92 + i * 12, 2.4, tone(GO, 0.35)) for i in range(2))
    )


def _empty_tray(pen: Pen, rnd: Random) -> str:
    """A winnowing tray with one leaf left on it."""
    weave = "".join(
        f"M{x} {-y}L{x2} {y2}"
        for x, y, x2, y2 in (
            (-66, 38, 38, 66),
            (-76, 4, 8, 76),
            (-42, 64, 66, 44),
            (-4, 76, 76, 10),
            (-72, -30, -22, 72),
        )
    )
    mirrored = "".join(
        f"M{-x} {-y}L{-x2} {y2}"
        for x, y, x2, y2 in (
            (-66, 38, 38, 66),
            (-76, 4, 8, 76),
            (-42, 64, 66, 44),
            (-4, 76, 76, 10),
            (-72, -30, -22, 72),
        )
    )
    return (
        pen.shape(ellipse(0, 0, 104), RATTAN_DARK)
        + pen.shape(ellipse(0, 0, 86), RATTAN, 0.8)
        + pen.line(weave + mirrored, 0.35, "#c0935a")
        + pen.shape("M-30 22C-20 -16 18 -26 40 -22C36 6 6 30 -30 22Z", LA, 0.9)
        + pen.line("M-46 30Q-10 14 34 -16", 0.6)
    )


def _cracked_pot(pen: Pen, rnd: Random) -> str:
    return (
        pen.shape("M-86 -30C-92 40 -56 96 0 96S92 40 86 -30Z", DAT)
        + pen.shape("M-98 -54Q0 -70 98 -54V-28Q0 -10 -98 -28Z", tone(DAT, 0.12))
        + pen.line("M18 -22L4 8L26 26L8 56L18 74", 1.2)
        + pen.line("M26 26L44 36M4 8L-12 16", 0.8)
        + "".join(cut(62 - i * 5, 0 + i * 16, 76 - i * 5, 2 + i * 16, 3, tone(DAT, -0.5)) for i in range(5))
        + pen.shape(rect(-30, -92, 60, 18, 8), DAT, 0.9)
        + pen.shape("M-70 -58C-60 -86 60 -86 70 -58Q0 -70 -70 -58Z", KEM, 0.9)
    )


MOTIFS: dict[str, Motif] = {
    "emptybasket": _empty_basket,
    "blanklabel": _blank_label,
    "emptytray": _empty_tray,
    "crackedpot": _cracked_pot,
}
