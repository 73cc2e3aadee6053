"""Made things, drawn at the size of a picture about (400, 430): in front of the hills, or reduced to a motif."""

from collections.abc import Callable
from random import Random

from apps.demo.pictures.canvas import Motif, Pen, clip, ellipse, flat, group, nums, rect, shade
from apps.demo.pictures.motifs import plants
from apps.demo.pictures.palette import DAT, GO, HOE, INK, KEM, LA, RATTAN_DARK, SIM, SON, TRANG, WICKER, tone

RED_CLAY, BROWN_CLAY = "#a4552d", "#5d4a2c"


def _inlay(pen: Pen, rnd: Random, motif: Motif, at: tuple[float, float], scale: float) -> str:
    line = min(pen.width, 9.0) * 0.94  # finer than the outline when the whole is reduced, or it fills with ink
    return group(f"translate({nums(*at)}) scale({scale})", motif(Pen(line / scale), rnd))


def bowls(pen: Pen, rnd: Random) -> str:
    """Three glazed bowls with a lotus and a flower."""
    inside = "#e4e9ee"
    return (
        pen.shape("M196 420C200 560 270 640 360 640S520 560 524 420Z", TRANG, 1.1)
        + pen.shape(ellipse(360, 420, 164, 40), inside)
        + _inlay(pen, rnd, plants.MOTIFS["lotus"], (360, 540), 0.62)
        + pen.shape("M520 500C524 600 560 664 604 664S684 600 688 500Z", TRANG)
        + pen.shape(ellipse(604, 500, 84, 22), inside)
        + _inlay(pen, rnd, plants.MOTIFS["bloom"], (604, 586), 0.3)
        + pen.shape("M92 560C94 630 120 664 160 664S226 630 228 560Z", TRANG)
        + pen.shape(ellipse(160, 560, 68, 18), inside)
    )


def vase(pen: Pen, rnd: Random, colour: str = BROWN_CLAY) -> str:
    """An earthen vase with a belt of lozenges."""
    outline = (
        "M352 196h96C452 250 446 280 476 320C560 380 566 520 500 620Q470 668 400 668T300 620"
        "C234 520 240 380 324 320C354 280 348 250 352 196Z"
    )
    lozenges = (f"M{292 + i * 30} {466 + (3.5 - abs(i - 3.5)) * 5}l13 -15l13 15l-13 15Z" for i in range(8))
    return (
        pen.shape(outline, colour, 1.15)
        + pen.shape(ellipse(400, 196, 60, 18), tone(colour, 0.25))
        + pen.line("M272 430Q400 470 528 430M268 500Q400 540 532 500", 0.8)
        + "".join(flat(lozenge, KEM) for lozenge in lozenges)
        + clip(outline, shade((250, 330, 296, 300), rnd, 17, tone(colour, -0.5), 0.2))
    )


def hat(pen: Pen, rnd: Random) -> str:
    """A palm-leaf hat."""
    rings = (i / 13 for i in range(2, 13))
    return (
        pen.shape("M400 200L690 560Q400 640 110 560Z", tone(KEM, 0.2), 1.15)
        + "".join(
            pen.line(
                f"M{nums(400 - 290 * t, 200 + 360 * t)}Q{nums(400, 200 + 440 * t, 400 + 290 * t, 200 + 360 * t)}", 0.4
            )
            for t in rings
        )
        + "".join(
            pen.line(f"M400 200Q{nums(400 + i * 36, 440, 400 + i * 46, 614 - abs(i) * 7)}", 0.3) for i in range(-6, 7)
        )
        + pen.line("M250 590C300 700 500 700 550 590", 1.4, SIM)
    )


def lantern(pen: Pen, rnd: Random) -> str:
    """A silk lantern with a lotus."""
    return (
        pen.line("M400 110V180", 1)
        + pen.shape("M350 178h100v26h-100Z", GO)
        + pen.shape("M350 204C210 300 210 480 350 580H450C590 480 590 300 450 204Z", SON, 1.15)
        + pen.line("M376 204C300 300 300 480 376 580M424 204C500 300 500 480 424 580", 0.7)
        + _inlay(pen, rnd, plants.MOTIFS["lotus"], (400, 400), 0.6)
        + pen.shape("M350 580h100v24h-100Z", GO)
        + "".join(pen.line(f"M{372 + i * 14} 604v70", 0.8, HOE) for i in range(5))
    )


def mat(pen: Pen, rnd: Random) -> str:
    """A rush mat, half unrolled."""
    return (
        pen.shape("M150 300H650V640H150Z", KEM, 1.15)
        + "".join(pen.line(f"M150 {316 + i * 16}H650", 0.3) for i in range(20))
        + "".join(pen.shape(f"M{200 + i * 100} 470l40 -60l40 60l-40 60Z", (SON, LA)[i % 2], 0.7) for i in range(4))
        + pen.shape(ellipse(650, 470, 44, 172), tone(KEM, -0.12))
        + pen.shape(ellipse(650, 470, 18, 80), GO, 0.7)
    )


def knife(pen: Pen, rnd: Random) -> str:
    """A forged knife."""
    return group(
        "rotate(-28 400 430)",
        pen.shape("M150 380H470V470H250C200 470 160 430 150 380Z", "#b8bcc0", 1.15)
        + pen.line("M160 396H470", 0.5)
        + pen.shape(rect(470, 392, 190, 58, 20), GO)
        + flat(ellipse(520, 420, 6), INK)
        + flat(ellipse(600, 420, 6), INK),
    )


def bag(pen: Pen, rnd: Random) -> str:
    """A woven basket with a handle."""
    bands = (
        f"M{nums(192 + i * 10, 410 + i * 40)}Q{nums(400, 430 + i * 40, 608 - i * 10, 410 + i * 40)}" for i in range(6)
    )
    return (
        pen.line("M260 380C260 190 540 190 540 380", 2.4, GO)
        + pen.shape("M190 380C200 540 230 640 280 664H520C570 640 600 540 610 380Z", WICKER, 1.15)
        + "".join(pen.line(f"M{200 + i * 28} 384L{nums(280 + i * 17, 662)}", 0.4) for i in range(15))
        + "".join(pen.line(band, 0.6) for band in bands)
        + pen.shape("M176 360Q400 396 624 360V396Q400 432 176 396Z", RATTAN_DARK)
    )


def house(pen: Pen, rnd: Random) -> str:
    """A house on stilts under a thatched roof."""
    posts = "".join(rect(x, 520, 16, 120) for x in (250, 350, 434, 534))
    return (
        pen.shape(posts, GO, 0.8)
        + pen.shape("M222 400H578V528H222Z", DAT, 1.1)
        + "".join(pen.line(f"M{x} 404V524", 0.45) for x in range(250, 570, 32))
        + pen.shape("M372 430H428V528H372Z", tone(GO, -0.3), 0.8)
        + pen.shape("M178 410L264 250H536L622 410Z", KEM, 1.15)
        + "".join(pen.line(f"M{270 + i * 52} 262L{218 + i * 73} 400", 0.5) for i in range(6))
        + pen.line("M300 640L372 528M324 640L390 536M318 616h22M332 592h22M346 568h22", 0.8)
    )


def _reduced(drawing: Callable[[Pen, Random], str], middle: tuple[float, float], scale: float = 0.44) -> Motif:
    def draw(pen: Pen, rnd: Random) -> str:
        x, y = middle
        art = drawing(Pen(pen.width / scale), rnd)
        return group(f"scale({scale}) translate({nums(-x)} {nums(-y)})", art)

    return draw


MOTIFS: dict[str, Motif] = {
    "vase": _reduced(vase, (400, 430)),
    "redvase": _reduced(lambda pen, rnd: vase(pen, rnd, RED_CLAY), (400, 430)),
    "bowls": _reduced(bowls, (390, 540), 0.34),
    "hat": _reduced(hat, (400, 410), 0.36),
    "lantern": _reduced(lantern, (400, 400), 0.36),
    "mat": _reduced(mat, (420, 470), 0.36),
    "knife": _reduced(knife, (400, 430), 0.38),
    "bag": _reduced(bag, (400, 450), 0.42),
    "house": _reduced(house, (400, 450), 0.46),
}
