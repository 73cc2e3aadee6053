"""The four pictures of one product: as sold, laid out on a tray, beside a rice bowl, in its country."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from apps.demo.pictures.canvas import PEN, SIZE, cut, ellipse, flat, group, nums, rect, seeded
from apps.demo.pictures.choose import DRIED_LEAVES, choose
from apps.demo.pictures.containers import CONTAINERS, SELF_EVIDENT
from apps.demo.pictures.containers.baskets import pile, winnowing_tray
from apps.demo.pictures.labels import fit, text
from apps.demo.pictures.motifs import stamp
from apps.demo.pictures.palette import CHAM, GO, INK, PAPER, TRANG, tone
from apps.demo.pictures.scenes import scene
from apps.demo.pictures.subject import Goods, Look, Print, View

_ZOOM = {"loose": 1.14, "bottle": 1.13, "ceramic": 1.02, "ticket": 1.1}
_SHOWN_WHOLE = ("plant", "cloth", "ceramic", "frame", "wicker", "ticket")
_MEASURED = ("bottle", "jug", "jar", "tin", "box", "pouch", "sack")
_BULKIEST = 1200
_AMOUNT = re.compile(r"(\d+(?:,\d+)?) (kg|g|ml|l)\b")
_HOT_DRINKS = ("Trà", "Cà phê và ca cao")


@dataclass(frozen=True)
class Picture:
    """A composed picture before it is printed: ground colour, art and type in units of width x height."""

    ground: str
    art: str
    type: str
    seed: int
    width: int = SIZE
    height: int = SIZE
    mark_colour: str = tone(INK, 0.28)
    mark_rise: int = 14


def compose(goods: Goods, view: View) -> Picture:
    """One view of one product; the same goods and view give the same marks."""
    look = choose(goods)
    seed, rnd = seeded(goods.sku + view)
    sun = ellipse(look.sun, rnd.uniform(190, 270), rnd.uniform(110, 150))
    ground = look.ground
    back = flat(sun, ground.sun) + scene(look.scene, ground.far, ground.near, rnd)
    art, lettering = _VIEWS[view](look, back, rnd)
    return Picture(ground.paper, art, lettering, seed)


def views_for(goods: Goods) -> tuple[View, ...]:
    """The views that say something about these goods: no tray of tickets, no bowl beside a painting."""
    container = choose(goods).container
    if container in _SHOWN_WHOLE:
        return (View.FRONT, View.PLACE)
    if container in _MEASURED and 0 < bulk(goods) <= _BULKIEST:
        return (View.FRONT, View.INSIDE, View.SCALE, View.PLACE)
    return (View.FRONT, View.INSIDE, View.PLACE)


def bulk(goods: Goods) -> float:
    """About how many millilitres the pack fills, from the grams or millilitres of its unit; 0 when it names none."""
    found = _AMOUNT.search(goods.unit)
    if not found:
        return 0
    amount = float(found[1].replace(",", ".")) * (1000 if found[2] in ("kg", "l") else 1)
    return amount * (3 if goods.category in DRIED_LEAVES else 1)


def _shadow(half: float) -> str:
    y = 668
    return flat(
        f"M{400 - half} {y}Q400 {y - 22} {400 + half} {y}Q400 {y + 40} {400 - half} {y}Z", INK, ' fill-opacity=".22"'
    )


def _front(look: Look, back: str, rnd: Random) -> Print:
    art, lettering = CONTAINERS[look.container](look, rnd)
    lying = "" if look.container in SELF_EVIDENT else _lying_in_front(look, rnd)
    zoom = f"translate(400 560) scale({_ZOOM.get(look.container, 1.16)}) translate(-400 -560)"
    return Print(back + group(zoom, _shadow(250) + art + lying), group(zoom, lettering))


def _lying_in_front(look: Look, rnd: Random) -> str:
    category = look.goods.category
    poured = category in _HOT_DRINKS and "sô cô la" not in look.name
    left = stamp(look.motif, 176, 592, 0.9, rnd, -10)
    return left + stamp("cup" if poured else look.motif, 640, 616, 0.72, rnd, 0 if category == "Trà" else 12)


def _inside(look: Look, back: str, rnd: Random) -> Print:
    near = look.ground.near
    table = flat(rect(0, 0, SIZE, SIZE), tone(near, 0.12))
    table += "".join(cut(-20, 40 + i * 46, 820, 30 + i * 46, 3, tone(near, -0.1)) for i in range(17))
    return Print(table + winnowing_tray(look.motif, rnd, (400, 404), 1.08))


def _scale(look: Look, back: str, rnd: Random) -> Print:
    art, lettering = CONTAINERS[look.container](look, rnd)
    # A pack of half a litre stands 25 cm tall; others grow with the cube root of what they hold.
    size = 0.85 * min(1.2, max(0.4, (bulk(look.goods) / 500) ** (1 / 3)))
    smaller = f"translate({nums(270 - 400 * size, 668 - 668 * size)}) scale({size:.3f})"
    words = group(smaller, lettering) + text(612, 716, "bát cơm, 12 cm", 24, 700)
    return Print(back + _shadow(300) + group(smaller, art) + _rice_bowl(), words)


def _rice_bowl() -> str:
    lozenges = (f"M{-78 + i * 31} {nums(46 - abs(i - 2.5) * 3)}l10 -12l10 12l-10 12Z" for i in range(6))
    bowl = (
        PEN.shape("M-110 0C-104 70 -60 108 0 108S104 70 110 0Z", TRANG, 1.05)
        + PEN.shape(ellipse(0, 0, 110, 26), "#eef0ea")
        + PEN.line("M-104 26Q0 60 104 26", 0.7, CHAM)
        + "".join(flat(lozenge, CHAM) for lozenge in lozenges)
    )
    chopsticks = PEN.line("M478 556L742 520M482 568L744 540", 1.3, GO)
    return chopsticks + group("translate(612 560)", bowl) + PEN.line("M502 636v36h220v-36", 0.7)


def _place(look: Look, back: str, rnd: Random) -> Print:
    ground = look.ground
    land = scene(look.scene, ground.far, ground.near, rnd, 560)
    size, rows = fit(look.goods.province_name, 620, 2, 74, 40)
    top = 700 - (len(rows) - 1) * 40
    words = "".join(text(400, top + i * 80, row, size) for i, row in enumerate(rows))
    art = flat(ellipse(400, 250, 170), ground.sun) + land + pile(look.motif, (3,), 400, 480, 1.06, 238, rnd)
    return Print(art + flat(rect(0, 600, SIZE, 200), PAPER) + PEN.line("M0 604H800M0 614H800", 0.6), words)


_VIEWS: dict[View, Callable[[Look, str, Random], Print]] = {
    View.FRONT: _front,
    View.INSIDE: _inside,
    View.SCALE: _scale,
    View.PLACE: _place,
}
