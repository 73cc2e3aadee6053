"""Marks of a woodblock print as SVG text, in units of an 800 box: flat blocks, carved lines, gouge marks."""

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from apps.demo.pictures.palette import INK

SIZE = 800
LINE = 7.0
"""Width of the carved line on the finished picture, whatever the scale of the thing drawn."""


def seeded(key: str) -> tuple[int, Random]:
    """A number and a stream of chances that belong to the key for ever."""
    seed = int.from_bytes(hashlib.sha256(key.encode()).digest()[:6], "big")
    return seed, Random(seed)


def nums(*values: float) -> str:
    """Numbers for a path, one decimal at most."""
    return " ".join(f"{value:.1f}".rstrip("0").rstrip(".") for value in values)


def flat(path: str, fill: str, extra: str = "") -> str:
    """A block of colour without a line."""
    return f'<path d="{path}" fill="{fill}"{extra}/>'


def group(transform: str, body: str) -> str:
    """Marks moved, turned or scaled together."""
    return f'<g transform="{transform}">{body}</g>'


def ellipse(x: float, y: float, rx: float, ry: float | None = None) -> str:
    """Path of an ellipse about (x, y); a circle without `ry`."""
    ry = rx if ry is None else ry
    return f"M{nums(x - rx, y)}a{nums(rx, ry)} 0 1 0 {nums(2 * rx)} 0a{nums(rx, ry)} 0 1 0 {nums(-2 * rx)} 0Z"


def rect(x: float, y: float, w: float, h: float, r: float = 0) -> str:
    """Path of a box with its corner at (x, y), rounded by `r`."""
    if not r:
        return f"M{nums(x, y)}h{nums(w)}v{nums(h)}h{nums(-w)}Z"
    return (
        f"M{nums(x + r, y)}h{nums(w - 2 * r)}q{nums(r, 0, r, r)}v{nums(h - 2 * r)}q{nums(0, r, -r, r)}"
        f"h{nums(2 * r - w)}q{nums(-r, 0, -r, -r)}v{nums(2 * r - h)}q{nums(0, -r, r, -r)}Z"
    )


def cut(x0: float, y0: float, x1: float, y1: float, w: float, colour: str = INK) -> str:
    """A gouge mark: a lens that tapers at both ends."""
    mx, my = (x0 + x1) / 2, (y0 + y1) / 2
    length = math.hypot(x1 - x0, y1 - y0) or 1
    px, py = -(y1 - y0) / length * w, (x1 - x0) / length * w
    return flat(f"M{nums(x0, y0)}Q{nums(mx + px, my + py, x1, y1)}Q{nums(mx - px, my - py, x0, y0)}Z", colour)


def shade(
    box: tuple[float, float, float, float], rnd: Random, step: int = 17, colour: str = INK, reach: float = 0.5
) -> str:
    """Woodcut shading: gouges growing from the right edge of a box (x, y, w, h) over `reach` of its width."""
    x, y, w, h = box
    marks, row = [], y + step
    while row < y + h - 6:
        length = w * reach * (0.55 + 0.45 * math.sin((row - y) / h * math.pi)) * rnd.uniform(0.75, 1)
        marks.append(cut(x + w, row, x + w - length, row + rnd.uniform(-2, 2), 3.1, colour))
        row += step
    return "".join(marks)


def clip(path: str, body: str) -> str:
    """Keep gouges and weave inside an outline."""
    name = "k" + hashlib.sha256((path + str(len(body))).encode()).hexdigest()[:8]
    return f'<clipPath id="{name}"><path d="{path}"/></clipPath><g clip-path="url(#{name})">{body}</g>'


@dataclass(frozen=True)
class Pen:
    """The carving tool: its width in local units, so that a scaled motif keeps the printed line."""

    width: float = LINE

    def line(self, path: str, w: float = 1.0, colour: str = INK) -> str:
        """A carved line; `w` is a multiple of the pen's width."""
        return (
            f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{nums(self.width * w)}"'
            ' stroke-linecap="round" stroke-linejoin="round"/>'
        )

    def gleam(self, path: str, colour: str, w: float) -> str:
        """A light line inside a block: wet skin, glaze, water."""
        return (
            f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{nums(self.width * w)}"'
            ' stroke-linecap="round"/>'
        )

    def shape(self, path: str, fill: str, w: float = 1.0) -> str:
        """A colour block a little off register, then its carved line."""
        off = self.width * 0.55
        return f'<path d="{path}" fill="{fill}" transform="translate({nums(-off, off)})"/>' + self.line(path, w)


PEN = Pen()
Motif = Callable[[Pen, Random], str]
"""Something to sell or show, drawn in a box of about -100 to 100."""
