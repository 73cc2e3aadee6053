"""Goods that are their own container: cloth, ceramics, pictures, wicker, plants, tickets."""

import math
from random import Random

from apps.demo.pictures.canvas import PEN, ellipse, flat, group, rect
from apps.demo.pictures.labels import fit, label, text
from apps.demo.pictures.motifs import stamp, wares
from apps.demo.pictures.motifs.plants import leaf
from apps.demo.pictures.palette import (
    CHAM,
    DAT,
    GO,
    GROUNDS,
    HOE,
    INK,
    KEM,
    LA,
    MA,
    NUOC,
    PAPER,
    SIM,
    SON,
    tone,
)
from apps.demo.pictures.subject import Container, Look, Print


def _plant(look: Look, rnd: Random) -> Print:
    stems = "M400 520C396 440 380 380 400 250M400 440C440 400 480 380 510 330M398 420C350 390 320 370 296 320"
    art = PEN.line(stems, 2.2, GO)
    for _ in range(16):
        turn = rnd.uniform(0, 6.28)
        x = 400 + 130 * math.cos(turn) * rnd.uniform(0.3, 1)
        y = 320 + 110 * math.sin(turn) * rnd.uniform(0.3, 1)
        art += leaf(PEN, x, y, 70, 19, rnd.uniform(0, 360), rnd.choice((LA, tone(LA, 0.2), MA)))
    for x, y, s in ((400, 232, 0.62), (298, 306, 0.54), (506, 310, 0.56), (352, 388, 0.46), (456, 396, 0.46)):
        art += stamp(look.motif, x, y, s, rnd, rnd.uniform(-20, 20))
    pot = PEN.shape("M262 500H538L506 668H294Z", CHAM, 1.15) + PEN.shape("M246 480H554V526H246Z", tone(CHAM, 0.2))
    tag, words = label((310, 560, 180, 92), look, rnd, big=False)
    return Print(art + pot + tag, words)


def _dye(name: str, rnd: Random) -> str:
    if "thổ cẩm" in name:
        return SON
    if "lãnh" in name:
        return tone(INK, 0.15)
    return CHAM if "lanh" in name else rnd.choice((SIM, "#b4452f", NUOC))


def _cloth(look: Look, rnd: Random) -> Print:
    colour = _dye(look.name, rnd)
    outline = (
        "M214 240C300 216 380 262 470 236C520 222 560 232 596 246V610C540 640 480 600 400 626C330 648 260 620 214 636Z"
    )
    art = PEN.shape(outline, colour, 1.15)
    heart = SON if colour != SON else CHAM
    for row in range(5):
        y = 292 + row * 72
        for x in range(252 + 25 * (row % 2), 580, 50):
            art += PEN.shape(f"M{x} {y - 27}l22 27l-22 27l-22 -27Z", (HOE, KEM)[row % 2], 0.55)
            art += flat(f"M{x} {y - 12}l10 12l-10 12l-10 -12Z", (heart, colour)[row % 2])
    art += "".join(PEN.line(f"M{222 + i * 18} 634v36", 0.7, colour) for i in range(21))
    tag, words = label((452, 500, 190, 132), look, rnd, big=False)
    return Print(art + PEN.line("M470 236C462 360 484 500 470 612", 0.7) + tag, words)


def _ceramic(look: Look, rnd: Random) -> Print:
    if "bộ" in look.name or "gia dụng" in look.name:
        art = wares.bowls(PEN, rnd)
    else:
        art = wares.vase(PEN, rnd, wares.RED_CLAY if "bàu" in look.name else wares.BROWN_CLAY)
    tag, words = label((560, 236, 176, 120), look, rnd, big=False)
    return Print(art + PEN.line("M560 296C520 300 500 320 484 340", 0.6) + tag, words)


def _frame(look: Look, rnd: Random) -> Print:
    lacquer = "sơn mài" in look.name or "khảm" in look.name
    art = PEN.shape(rect(206, 180, 388, 470), GO, 1.15)
    art += PEN.shape(rect(234, 208, 332, 414), "#1f1713" if lacquer else KEM)
    if lacquer:
        art += stamp("lotus", 400, 390, 1.25, rnd)
    else:
        art += stamp("hen", 396, 380, 1.3, rnd)
        art += stamp("bloom", 500, 520, 0.34, rnd) + stamp("bloom", 306, 540, 0.3, rnd)
    tag, words = label((470, 560, 190, 112), look, rnd, big=False)
    return Print(art + tag, words)


def _wicker(look: Look, rnd: Random) -> Print:
    box = (306.0, 540.0, 188.0, 112.0)
    if "nón" in look.name:
        art = wares.hat(PEN, rnd)
    elif "đèn" in look.name:
        art, box = wares.lantern(PEN, rnd), (560.0, 470.0, 176.0, 112.0)
    elif "chiếu" in look.name or "thảm" in look.name:
        art = wares.mat(PEN, rnd)
    elif "dao" in look.name:
        art = wares.knife(PEN, rnd)
    else:
        art = wares.bag(PEN, rnd)
    tag, words = label(box, look, rnd, big=False)
    return Print(art + tag, words)


def _ticket(look: Look, rnd: Random) -> Print:
    tilt = "rotate(-4 400 430)"
    size, rows = fit(look.goods.title, 360, 3, 36, 22)
    top = 560 - (len(rows) - 1) * size * 0.62
    words = "".join(text(340, top + i * size * 1.25, row, size) for i, row in enumerate(rows))
    words += text(340, 640, look.goods.province_name, 19, 600)
    houses = (f"M{x} 440v-44h-14l42 -36l42 36h-14v44Z" for x in (210, 320))
    bars = (rect(594 + i * 12, 300, 6 if i % 3 else 9, 290) for i in range(6))
    art = (
        PEN.shape("M120 230H690V390a34 34 0 0 0 0 68V660H120V458a34 34 0 0 0 0 -68Z", PAPER, 1.15)
        + flat(rect(146, 256, 390, 222), GROUNDS["vuon"].far)
        + flat("M146 420C230 340 330 400 420 350C470 330 510 340 536 352V478H146Z", LA)
        + flat(ellipse(440, 318, 36), HOE)
        + "".join(PEN.shape(house, DAT, 0.7) for house in houses)
        + PEN.line("M562 250V640", 0.8)
        + "".join(flat(bar, INK) for bar in bars)
    )
    return Print(group(tilt, art), group(tilt, words))


CONTAINERS: dict[str, Container] = {
    "plant": _plant,
    "cloth": _cloth,
    "ceramic": _ceramic,
    "frame": _frame,
    "wicker": _wicker,
    "ticket": _ticket,
}
