"""Boxes, pouches, sacks and leaf parcels."""

from random import Random

from apps.demo.pictures.canvas import PEN, cut, ellipse, flat, group, shade
from apps.demo.pictures.labels import label
from apps.demo.pictures.palette import KEM, LA, PAPER, tone
from apps.demo.pictures.subject import Container, Look, Print


def _box(look: Look, rnd: Random) -> Print:
    tag, words = label((236, 330, 270, 280), look, rnd)
    return Print(
        (
            PEN.shape("M210 300L300 232H640L548 300Z", tone(look.pack, 0.35))
            + PEN.shape("M548 300L640 232V590L548 668Z", tone(look.pack, -0.22))
            + "".join(
                cut(560 + i * 13, 330 - i * 9, 560 + i * 13, 640 - i * 11, 2.6, tone(look.pack, -0.5)) for i in range(6)
            )
            + PEN.shape("M210 300H548V668H210Z", look.pack, 1.15)
            + "".join(flat(f"M{222 + i * 24} 640l12 -11l12 11l-12 11Z", look.accent) for i in range(13))
            + tag
        ),
        words,
    )


def _pouch(look: Look, rnd: Random) -> Print:
    outline = "M262 182Q400 200 538 182C552 330 560 500 548 650Q400 690 252 650C240 500 248 330 262 182Z"
    tag, words = label((276, 306, 248, 306), look, rnd)
    return Print(
        (
            PEN.shape(outline, look.pack, 1.15)
            + flat("M258 182Q400 200 542 182l4 56Q400 258 252 238Z", tone(look.pack, -0.22))
            + PEN.line("M254 240Q400 260 546 240M256 214Q400 234 544 214", 0.7)
            + PEN.shape(ellipse(400, 272, 15), PAPER, 0.8)
            + shade((262, 300, 288, 340), rnd, 15, tone(look.pack, -0.5), 0.09)
            + cut(270, 320, 266, 560, 5, tone(look.pack, 0.5))
            + tag
        ),
        words,
    )


def _sack(look: Look, rnd: Random) -> Print:
    outline = "M254 250C226 400 222 560 244 656Q400 690 556 656C578 560 574 400 546 250Q400 276 254 250Z"
    tag, words = label((284, 350, 232, 262), look, rnd)
    weave = "".join(PEN.line(f"M{234 + i * 22} 272q-8 190 -2 384", 0.3, tone(KEM, -0.35)) for i in range(16)) + "".join(
        PEN.line(f"M238 {300 + i * 24}q162 18 324 0", 0.3, tone(KEM, -0.35)) for i in range(15)
    )
    return Print(
        (
            PEN.shape(outline, KEM, 1.15)
            + weave
            + PEN.line(outline, 1.15)
            + PEN.shape(
                (
                    "M264 252C270 210 250 190 262 168Q300 190 330 172Q370 196 402 172Q440 196 470 172"
                    "Q500 190 538 168C550 190 530 210 536 252Q400 276 264 252Z"
                ),
                tone(KEM, -0.12),
            )
            + PEN.shape("M252 240Q400 266 548 240V266Q400 292 252 266Z", look.accent)
            + tag
        ),
        words,
    )


def _wrap(look: Look, rnd: Random) -> Print:
    art = ""
    for x, y, s in ((290, 470, 1), (510, 470, 1), (400, 380, 1.05)):
        art += group(
            f"translate({x} {y}) scale({s})",
            PEN.shape("M-120 -60C-60 -110 60 -110 120 -60V120C60 170 -60 170 -120 120Z", LA, 1.05)
            + "".join(
                PEN.line(f"M{-96 + i * 32} {-80 + abs(i - 3) * 7}V{146 - abs(i - 3) * 7}", 0.45) for i in range(7)
            )
            + PEN.shape("M-120 16H120V42H-120Z", KEM, 0.8)
            + PEN.shape("M-14 -96H14V156H-14Z", KEM, 0.8),
        )
    tag, words = label((276, 536, 248, 128), look, rnd, big=False)
    return Print(art + tag, words)


CONTAINERS: dict[str, Container] = {
    "box": _box,
    "pouch": _pouch,
    "sack": _sack,
    "wrap": _wrap,
}
