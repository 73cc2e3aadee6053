"""Bottles, jugs, jars and what holds them together."""

from random import Random

from apps.demo.pictures.canvas import PEN, clip, cut, flat, rect, shade
from apps.demo.pictures.labels import label
from apps.demo.pictures.palette import DAT, GO, HOE, SON, TRANG, tone
from apps.demo.pictures.subject import Container, Look, Print


def _bottle(look: Look, rnd: Random) -> Print:
    outline = "M362 176h76v74c0 44 62 58 62 132v260q0 26 -26 26H326q-26 0 -26 -26V382c0 -74 62 -88 62 -132Z"
    tag, words = label((312, 392, 176, 236), look, rnd)
    return Print(
        (
            flat(outline, look.liquid, ' transform="translate(-4 4)"')
            + flat("M360 176h80v96h-80Z", tone(look.liquid, 0.45))
            + clip(outline, shade((300, 300, 198, 360), rnd, 15, tone(look.liquid, -0.5), 0.2))
            + cut(326, 330, 320, 380, 6, tone(look.liquid, 0.6))
            + PEN.line(outline, 1.15)
            + tag
            + PEN.shape("M352 120h96v66h-96Z", look.accent)
            + "".join(PEN.line(f"M{366 + i * 17} 124v56", 0.45, tone(look.accent, 0.55)) for i in range(5))
        ),
        words,
    )


def _jug(look: Look, rnd: Random) -> Print:
    outline = "M330 240C240 280 218 380 226 470C234 580 290 668 400 668S566 580 574 470C582 380 560 280 470 240Z"
    tag, words = label((286, 356, 228, 230), look, rnd)
    return Print(
        PEN.shape(outline, DAT, 1.15)
        + clip(outline, shade((236, 270, 346, 380), rnd, 16, tone(GO, -0.45), 0.24))
        + PEN.shape("M322 200C322 178 478 178 478 200V246C440 262 360 262 322 246Z", tone(DAT, -0.2))
        + PEN.shape("M310 196C330 150 470 150 490 196C450 214 350 214 310 196Z", SON)
        + tag,
        words,
    )


def _jar(look: Look, rnd: Random) -> Print:
    outline = "M270 290q0 -34 40 -44h180q40 10 40 44v330q0 44 -44 44H314q-44 0 -44 -44Z"
    tag, words = label((292, 362, 216, 232), look, rnd)
    return Print(
        (
            PEN.shape(outline, look.liquid, 1.15)
            + flat("M274 296q2 -26 40 -38h172q38 12 40 38v28q-126 26 -252 0Z", tone(look.liquid, 0.55))
            + shade((270, 330, 258, 320), rnd, 15, tone(look.liquid, -0.5), 0.16)
            + cut(292, 330, 286, 420, 6, tone(look.liquid, 0.65))
            + tag
            + PEN.shape("M262 176h276v66q-138 30 -276 0Z", look.accent)
            + PEN.shape("M262 178q138 -34 276 0q-138 34 -276 0Z", tone(look.accent, 0.25))
            + "".join(
                PEN.line(f"M{284 + i * 33} {206 + (3 - abs(i - 3.5)) * 3}v34", 0.45, tone(look.accent, 0.5))
                for i in range(8)
            )
        ),
        words,
    )


def _tin(look: Look, rnd: Random) -> Print:
    tag, words = label((268, 316, 264, 300), look, rnd)
    return Print(
        (
            PEN.shape("M246 232V640q0 26 154 30q154 -4 154 -30V232Z", look.pack, 1.15)
            + shade((246, 270, 306, 372), rnd, 15, tone(look.pack, -0.5), 0.09)
            + PEN.line("M246 286q154 34 308 0M246 636q154 34 308 0", 0.7)
            + tag
            + PEN.shape("M236 196V248q164 40 328 0V196Z", HOE)
            + PEN.shape("M236 196q164 -42 328 0q-164 42 -328 0Z", tone(HOE, 0.35))
            + PEN.line("M268 196q132 -24 264 0", 0.5)
        ),
        words,
    )


def _pack(look: Look, rnd: Random) -> Print:
    art = "".join(
        PEN.shape(f"M{x} 250q0 -24 26 -30h56q26 6 26 30v250h-108Z", look.liquid)
        + PEN.shape(rect(x + 18, 196, 72, 30, 6), look.accent, 0.9)
        for x in (216, 346, 476)
    )
    tag, words = label((250, 430, 300, 204), look, rnd)
    return Print(
        art
        + PEN.shape("M186 392H614V668H186Z", look.pack, 1.15)
        + shade((186, 400, 426, 260), rnd, 16, tone(look.pack, -0.5), 0.08)
        + tag,
        words,
    )


def _claypot(look: Look, rnd: Random) -> Print:
    outline = "M186 430C180 560 250 668 400 668S620 560 614 430Z"
    tag, words = label((292, 470, 216, 150), look, rnd, big=False)
    return Print(
        PEN.shape("M214 392C230 310 570 310 586 392Z", tone(DAT, -0.2))
        + PEN.shape("M364 318C364 280 436 280 436 318Z", DAT)
        + "".join(
            PEN.line(f"M{320 + i * 80} 250C{300 + i * 80} 220 {340 + i * 80} 200 {320 + i * 80} 166", 0.8, TRANG)
            for i in range(3)
        )
        + PEN.shape("M168 396Q400 372 632 396V436Q400 464 168 436Z", tone(DAT, 0.08))
        + PEN.shape(outline, DAT, 1.15)
        + clip(outline, shade((186, 450, 420, 200), rnd, 16, tone(GO, -0.45), 0.2))
        + tag,
        words,
    )


CONTAINERS: dict[str, Container] = {
    "bottle": _bottle,
    "jug": _jug,
    "jar": _jar,
    "tin": _tin,
    "pack": _pack,
    "claypot": _claypot,
}
