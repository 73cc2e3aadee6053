"""Type on printed labels: rows that keep place names whole, set as large as the paper allows."""

import math
import unicodedata
from itertools import combinations, pairwise
from random import Random
from xml.sax.saxutils import escape

from apps.demo.pictures.canvas import PEN, flat, nums
from apps.demo.pictures.motifs import stamp
from apps.demo.pictures.palette import INK, PAPER, tone
from apps.demo.pictures.subject import Look, Print

FONT = "Be Vietnam Pro"
LEADING = 1.22
NOTCH = 15

Box = tuple[float, float, float, float]
"""Corner, width and height in picture units."""


def set_width(text: str, size: float) -> float:
    """Rough set width in ExtraBold; accents do not widen a letter."""
    width = 0.0
    for letter in unicodedata.normalize("NFD", text):
        if not unicodedata.combining(letter):
            width += _letter_width(letter)
    return width * size


def _letter_width(letter: str) -> float:
    if letter in "iljI.,:;'|·":
        return 0.3
    if letter in " ftr-":
        return 0.36
    if letter in "mwMW":
        return 0.92
    return 0.74 if letter.isupper() or letter == "đ" else 0.62


def fit(text: str, width: float, lines: int, largest: float, smallest: float) -> tuple[float, list[str]]:
    """Size and rows that fill a label best: even rows, a place name not torn apart if it can be helped."""
    words = text.split()
    best = (0.0, smallest, [text])
    for count in range(1, lines + 1):
        for cuts in combinations(range(1, len(words)), count - 1):
            rows = [" ".join(words[i:j]) for i, j in pairwise([0, *cuts, len(words)])]
            size = min(largest, width / max(set_width(row, 1) for row in rows))
            torn = sum(words[c][0].isupper() and words[c - 1][0].isupper() for c in cuts)
            even = min(len(row) for row in rows) / max(len(row) for row in rows)
            score = size * (1 - 0.05 * (count - 1)) * (1 - 0.14 * torn) * (0.9 + 0.1 * even)
            if score > best[0]:
                best = (score, max(smallest, math.floor(size * 2) / 2), rows)
    return best[1], best[2]


def text(x: float, y: float, words: str, size: float, weight: int = 800, fill: str = INK) -> str:
    """One row of type centred on x, its baseline at y."""
    return (
        f'<text x="{nums(x)}" y="{nums(y)}" font-family="{FONT}" font-weight="{weight}" font-size="{nums(size)}"'
        f' text-anchor="middle" fill="{fill}">{escape(words)}</text>'
    )


def label(box: Box, look: Look, rnd: Random, *, big: bool = True) -> Print:
    """Printed label with notched corners: double rule, motif if `big` and there is room, name, place."""
    x, y, w, h = box
    size, rows = fit(look.goods.title, w - 30, 3 if h > 190 else 2, 36 if w > 220 else 29, 17)
    block = len(rows) * size * LEADING + (30 if h > 150 else 8)
    art = _paper(box, look.accent)
    room = h - block - 22
    if big and room > 56:
        art += stamp(look.motif, x + w / 2, y + 16 + room / 2, min(room / 256, (w - 40) / 236), rnd)
    top = y + h - block + size * 0.86 - 6
    lettering = [text(x + w / 2, top + i * size * LEADING, row, size) for i, row in enumerate(rows)]
    if h > 150:
        place = look.goods.province_name
        small = min(17, 17 * (w - 36) / max(1, set_width(place, 17)))
        bottom = top + (len(rows) - 1) * size * LEADING + 26
        lettering.append(text(x + w / 2, bottom, place, small, 600, tone(INK, 0.12)))
    return Print(art, "".join(lettering))


def _paper(box: Box, accent: str) -> str:
    x, y, w, h = box
    k = NOTCH
    outline = (
        f"M{nums(x + k, y)}H{nums(x + w - k)}a{k} {k} 0 0 0 {k} {k}V{nums(y + h - k)}a{k} {k} 0 0 0 -{k} {k}"
        f"H{nums(x + k)}a{k} {k} 0 0 0 -{k} -{k}V{nums(y + k)}a{k} {k} 0 0 0 {k} -{k}Z"
    )
    inset = (
        f"translate({nums(x + w / 2, y + h / 2)}) scale({(w - 20) / w:.3f} {(h - 20) / h:.3f})"
        f" translate({nums(-x - w / 2, -y - h / 2)})"
    )
    rule = f'<path d="{outline}" transform="{inset}" fill="none" stroke="{accent}" stroke-width="3"/>'
    return flat(outline, PAPER) + PEN.line(outline, 0.8) + rule
