"""Land behind the goods: one silhouette for each kind of country a province is known for."""

import math
from collections.abc import Callable
from random import Random

from apps.demo.pictures.canvas import PEN, SIZE, cut, ellipse, flat, nums, rect
from apps.demo.pictures.palette import tone

KARST, ISLE, RIVER, TERRACE, RIDGE, PALM = "karst", "isle", "river", "terrace", "ridge", "palm"

OF_PROVINCE = {
    **dict.fromkeys(("22", "31", "37"), KARST),
    **dict.fromkeys(("04", "08", "11", "12", "14", "15", "19", "20", "25"), TERRACE),
    **dict.fromkeys(("01", "24", "33", "79"), RIVER),
    **dict.fromkeys(("38", "40", "42", "44", "46", "48", "51", "52", "56", "91"), ISLE),
    **dict.fromkeys(("66", "68", "75"), RIDGE),
    **dict.fromkeys(("80", "82", "86", "92", "96"), PALM),
}
"""Kind of country by province code (34 provinces since July 2025)."""


def scene(kind: str, far: str, near: str, rnd: Random, base: int = 640) -> str:
    """Hills and near land in two colours; `base` is the height where the goods stand."""
    return _DRAWERS[kind](far, near, rnd, base)


def _hills(y: float, height: float, colour: str, step: float, rnd: Random) -> str:
    x, path = -40.0, f"M-40 {SIZE}L-40 {y}"
    while x < SIZE + 60:
        w, k = rnd.uniform(0.7, 1.2) * step, rnd.uniform(0.45, 1) * height
        path += f"Q{nums(x + w * 0.5, y - k, x + w, y - rnd.uniform(0, height * 0.2))}"
        x += w
    return flat(path + f"L{SIZE + 60} {SIZE}Z", colour)


def _towers(y: float, height: float, colour: str, step: float, rnd: Random) -> str:
    x, path = -40.0, f"M-40 {SIZE}L-40 {y}"
    while x < SIZE + 60:
        w, k = rnd.uniform(0.7, 1.2) * step, rnd.uniform(0.45, 1) * height
        path += f"C{nums(x + w * 0.12, y - k * 0.95, x + w * 0.3, y - k, x + w * 0.5, y - k)}"
        path += f"S{nums(x + w * 0.88, y - k * 0.8, x + w, y)}"
        x += w
    return flat(path + f"L{SIZE + 60} {SIZE}Z", colour)


def _land(top: float, colour: str, depth: float = 300) -> str:
    return flat(rect(0, top, SIZE, depth), colour)


def _karst(far: str, near: str, rnd: Random, base: int) -> str:
    art = _towers(base - 60, 290, tone(far, 0.25), 170, rnd) + _towers(base - 40, 190, far, 130, rnd)
    art += _land(base - 40, near)
    for i in range(9):
        y = base - 20 + i * 17
        art += cut(rnd.uniform(-60, 700), y, rnd.uniform(120, 300) + i * 40, y, 2.4, tone(near, 0.45))
    return art


def _isle(far: str, near: str, rnd: Random, base: int) -> str:
    art = _hills(base - 30, 120, far, 420, rnd) + _land(base - 44, near)
    for i in range(8):
        wave = f"M{rnd.randint(-40, 640)} {base - 20 + i * 22}q22 -14 44 0t44 0t44 0"
        art += PEN.line(wave, 0.55, tone(near, 0.5))
    return art


def _terrace(far: str, near: str, rnd: Random, base: int) -> str:
    art = _hills(base - 110, 240, tone(far, 0.2), 360, rnd) + _hills(base - 40, 150, far, 420, rnd)
    art += _land(base - 42, near)
    for i in range(8):
        bank = f"M-20 {base - 26 + i * 20}C180 {base - 60 + i * 24} 420 {base + 8 + i * 16} 820 {base - 40 + i * 22}"
        art += PEN.line(bank, 0.6, tone(near, 0.42))
    return art


def _river(far: str, near: str, rnd: Random, base: int) -> str:
    art = _hills(base - 60, 70, far, 200, rnd) + _land(base - 62, near, 320)
    for x in (70, 138, 660, 742):
        art += flat(f"M{x} {base - 58}q-5 -70 2 -120q8 50 4 120Z", tone(far, -0.18))
        art += flat(ellipse(x + 2, base - 178, 26, 34), tone(far, -0.1))
    return art + "".join(cut(20, base - 20 + i * 20, 780, base - 24 + i * 20, 2.2, tone(near, 0.42)) for i in range(8))


def _palm(far: str, near: str, rnd: Random, base: int) -> str:
    art = _land(base - 62, near, 320) + _hills(base - 56, 40, far, 260, rnd)
    for x, height in ((92, 250), (180, 190), (700, 230), (770, 170)):
        trunk = f"M{x} {base - 50}q{10 if x < 400 else -14} {-height * 0.5} 4 {-height}"
        art += PEN.line(trunk, 1.5, tone(far, -0.16))
        for angle in (0, 0.7, 2.4, 3.14, -0.7, -2.4):
            art += flat(_frond(x + 4, base - 50 - height, angle), tone(far, -0.12))
    return art + "".join(cut(20, base - 10 + i * 24, 780, base - 14 + i * 24, 2.2, tone(near, 0.42)) for i in range(7))


def _frond(x: float, y: float, angle: float) -> str:
    c, s = math.cos(angle), math.sin(angle)
    out, back = (46 * c, 46 * s - 22, 88 * c, 70 * s + 14), (-36 * c, -30 - 20 * s, -88 * c, -70 * s - 14)
    return f"M{x} {y}q{nums(*out)}q{nums(*back)}Z"


def _ridge(far: str, near: str, rnd: Random, base: int) -> str:
    art = _hills(base - 120, 200, tone(far, 0.25), 300, rnd) + _hills(base - 50, 130, far, 240, rnd)
    art += _land(base - 52, near)
    art += "".join(flat(f"M{x} {base - 40}l18 -46l18 46Z", tone(far, -0.16)) for x in range(10, 800, 58))
    return art + "".join(cut(0, base - 10 + i * 22, 800, base - 22 + i * 22, 2.2, tone(near, 0.4)) for i in range(7))


_DRAWERS: dict[str, Callable[[str, str, Random, int], str]] = {
    KARST: _karst,
    ISLE: _isle,
    RIVER: _river,
    TERRACE: _terrace,
    RIDGE: _ridge,
    PALM: _palm,
}
