"""Printing a composed picture: outlines to pixels by resvg, a rough cut and paper flecks laid on with numpy."""

import io
from functools import cache

import fontpkg
import numpy as np
import numpy.typing as npt
import resvg_py
from PIL import Image

from apps.demo.pictures.labels import FONT
from apps.demo.pictures.views import Picture

MARK = "Hình minh hoạ"
"""Stands in the pixels of every picture, so that no drawing passes for a photograph."""

_FLECK = (255, 252, 240)
_FLECK_STRENGTH = 0.2
_ROUGHNESS = 2.2
"""How far a cut strays from its line, in picture units at most."""

_SPARE = 96

Pixels = npt.NDArray[np.uint8]
Steps = npt.NDArray[np.uint16]
Field = npt.NDArray[np.float32]


def print_picture(picture: Picture, width: int, *, flecks: bool = True) -> Image.Image:
    """RGB image `width` pixels wide, on shell paper or (without flecks) plain; the same call gives the same pixels."""
    scale = width / picture.width
    art = f'<rect width="{picture.width}" height="{picture.height}" fill="{picture.ground}"/>{picture.art}'
    wood = rasterise(picture, art, width)
    rough = _roughen(np.asarray(wood, dtype=np.uint8), scale, picture.seed)
    paper = _strew_flecks(rough, scale, picture.seed) if flecks else rough
    printed = Image.fromarray(paper).convert("RGB")
    lettering = rasterise(picture, picture.type + _mark(picture), width)
    printed.paste(lettering, mask=lettering)
    return printed


def svg_document(width: float, height: float, body: str) -> str:
    """A whole SVG file about the marks in `body`."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{body}</svg>'


def _mark(picture: Picture) -> str:
    x, y = picture.width - 16, picture.height - picture.mark_rise
    return (
        f'<text x="{x}" y="{y}" font-family="{FONT}" font-weight="600" font-size="20" text-anchor="end"'
        f' fill="{picture.mark_colour}">{MARK}</text>'
    )


@cache
def font_files() -> list[str]:
    """Whole fonts for the three weights in use; subsets would drop letters such as ự."""
    return [str(fontpkg.path(FONT, weight)) for weight in (600, 700, 800)]


def rasterise(picture: Picture, body: str, width: int) -> Image.Image:
    """The marks in `body` alone, as RGBA pixels on the picture's measure."""
    document = svg_document(picture.width, picture.height, body)
    png = resvg_py.svg_to_bytes(
        svg_string=document, width=width, skip_system_fonts=True, font_files=font_files(), font_family=FONT
    )
    image = Image.open(io.BytesIO(png))
    image.load()
    return image


def _noise(height: int, width: int, cell: float, seed: int) -> Field:
    """Smooth noise of mean 0 and spread 1, its grains about `cell` pixels wide."""
    rows, columns = max(2, round(height / cell)), max(2, round(width / cell))
    lattice = np.random.default_rng(seed).standard_normal((rows, columns), dtype=np.float32)
    smooth = np.asarray(Image.fromarray(lattice).resize((width, height), Image.Resampling.BICUBIC))
    return np.ascontiguousarray(smooth / smooth.std(), dtype=np.float32)


@cache
def _stray(height: int, width: int, scale: float, axis: int) -> Field:
    """Displacement in pixels along one axis: a slow wander and a quicker tremble."""
    wander = _noise(height, width, 26 * scale, 11 + axis) + 0.6 * _noise(height, width, 11 * scale, 21 + axis)
    return np.asarray(np.clip(wander * 0.8, -_ROUGHNESS, _ROUGHNESS) * scale, dtype=np.float32)


@cache
def _flecks(height: int, width: int, scale: float) -> Steps:
    """Opacity (0 to 255) of the shell paper's flecks."""
    grain = _noise(height, width, max(1.0, 1.6 * scale), 31) + 0.7 * _noise(height, width, 1.0, 32)
    opacity = np.clip(grain * 0.9 - 0.35, 0, 1) * (_FLECK_STRENGTH * 255)
    return np.asarray(opacity[..., None], dtype=np.uint16)


def _window(height: int, width: int, seed: int) -> tuple[slice, slice]:
    """A place on the sheet of noise, which is a little larger than any picture of its size."""
    top, left = seed % _SPARE, seed // _SPARE % _SPARE
    return slice(top, top + height), slice(left, left + width)


def _roughen(pixels: Pixels, scale: float, seed: int) -> Pixels:
    """Every pixel taken from a little beside its place, between the four nearest: the edge of a cut in wood."""
    height, width = pixels.shape[:2]
    window = _window(height, width, seed)
    down, across = (_stray(height + _SPARE, width + _SPARE, scale, axis)[window] for axis in (0, 1))
    rows = np.clip(np.arange(height, dtype=np.float32)[:, None] + down, 0, height - 1.001)
    columns = np.clip(np.arange(width, dtype=np.float32)[None, :] + across, 0, width - 1.001)
    top, left = rows.astype(np.int32), columns.astype(np.int32)
    part_down = ((rows - top) * 16).astype(np.uint16)[..., None]
    part_across = ((columns - left) * 16).astype(np.uint16)[..., None]
    packed = np.ascontiguousarray(pixels).view(np.uint32).ravel()
    corner = top * width + left

    def taken(offset: int) -> Steps:
        found = packed.take(corner + offset).view(np.uint8).reshape(height, width, 4)
        return np.asarray(found, dtype=np.uint16)

    upper = taken(0) * (16 - part_across) + taken(1) * part_across
    lower = taken(width) * (16 - part_across) + taken(width + 1) * part_across
    mixed = upper * (16 - part_down) + lower * part_down  # at most 255 * 256: just fits
    return np.asarray(mixed >> 8, dtype=np.uint8)


def _strew_flecks(pixels: Pixels, scale: float, seed: int) -> Pixels:
    height, width = pixels.shape[:2]
    opacity = _flecks(height + _SPARE, width + _SPARE, scale)[_window(height, width, seed // 7)]
    light = np.array([*_FLECK, 255], dtype=np.uint16)
    return np.asarray((pixels * (256 - opacity) + light * opacity) >> 8, dtype=np.uint8)
