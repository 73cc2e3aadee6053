"""Writes the drawings that belong to the shop itself: `python -m apps.demo.pictures.build_static frontend/src/art`.

The files are committed; run it again after a change of the grammar. Nothing here is needed at run time.
"""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image

from apps.demo.pictures.canvas import seeded
from apps.demo.pictures.catalogue import read_goods
from apps.demo.pictures.labels import FONT
from apps.demo.pictures.market import market
from apps.demo.pictures.motifs import stamp
from apps.demo.pictures.raster import print_picture, rasterise, svg_document
from apps.demo.pictures.views import Picture
from apps.storefront.ornaments import guilloche

TILES = {
    "bien": "squid",
    "vuon": "orange",
    "doi": "bud",
    "ruong": "noodles",
    "bep": "chilli",
    "men": "grape",
    "nghe": "cloth",
    "hoa": "bloom",
}
"""Motif on the tile of each family of categories."""

EMPTIES = {"gio-trong": "emptybasket", "khong-thay": "blanklabel", "khong-co": "emptytray", "loi": "crackedpot"}
"""Empty basket, page not found, nothing found, error on our side."""

STALL = ("DS0007", "DS0087", "DS0101")
_PROVINCES = {"22": "Quảng Ninh", "25": "Phú Thọ", "08": "Tuyên Quang"}

_SQUARE = "M5 0H43a5 5 0 0 0 5 5V43a5 5 0 0 0 -5 5H5a5 5 0 0 0 -5 -5V5a5 5 0 0 0 5 -5Z"
_RULE = "M7.5 3.5H40.5a4 4 0 0 0 4 4V40.5a4 4 0 0 0 -4 4H7.5a4 4 0 0 0 -4 -4V7.5a4 4 0 0 0 4 -4Z"
LOGO = (
    f'<path d="{_SQUARE}" fill="#bf321b"/><path d="{_RULE}" fill="none" stroke="#f8d77e" stroke-width="1"/>'
    '<path d="M24 8l8.5 12l-8.5 12l-8.5 -12Z" fill="none" stroke="#fff" stroke-width="2.4" stroke-linejoin="round"/>'
    '<path d="M24 15l3.6 5l-3.6 5l-3.6 -5Z" fill="#f0b429"/>'
    '<path d="M9.5 37h29" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/>'
)
FAVICON = (
    f'<path d="{_SQUARE}" fill="#bf321b"/>'
    '<path d="M24 7l12 17l-12 17l-12 -17Z" fill="none" stroke="#fff" stroke-width="4" stroke-linejoin="round"/>'
    '<path d="M24 17l5 7l-5 7l-5 -7Z" fill="#f0b429"/>'
)


def motif_svg(name: str, size: int = 96) -> str:
    """One motif as a small SVG document, `size` CSS pixels square; decoration, hidden from readers."""
    _, rnd = seeded(name)
    art = stamp(name, 125, 125, 1.0, rnd)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="art" viewBox="0 0 250 250" width="{size}" height="{size}"'
        f' aria-hidden="true" focusable="false">{art}</svg>'
    )


def build(folder: Path) -> None:
    """Writes every file into the folder, which is made when missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for file, motif in (TILES | EMPTIES).items():
        (folder / f"{file}.svg").write_text(motif_svg(motif, 96 if file in TILES else 144) + "\n", encoding="utf-8")
    (folder / "logo.svg").write_text(svg_document(48, 48, LOGO) + "\n", encoding="utf-8")
    (folder / "favicon.svg").write_text(svg_document(48, 48, FAVICON) + "\n", encoding="utf-8")
    (folder / "guilloche.svg").write_text(guilloche() + "\n", encoding="utf-8")
    goods = {one.sku: one for one in read_goods(_PROVINCES | _unnamed())}
    stall = [goods[sku] for sku in STALL]
    _save(print_picture(market(stall, 1640, 620, 700), 1640), folder / "mua-desk")
    _save(print_picture(market(stall, 1000, 560), 800), folder / "mua-phone")
    share = print_picture(market(stall, 1200, 630, 380), 1200, flecks=False)
    _sign(share).quantize(160, dither=Image.Dither.NONE).save(folder / "og.png", optimize=True)
    touch = rasterise(Picture("#bf321b", "", "", 0, 48, 48), LOGO, 180)
    touch.save(folder / "apple-touch-icon.png", optimize=True)


def _unnamed() -> dict[str, str]:
    return {f"{code:02}": "" for code in range(1, 97) if f"{code:02}" not in _PROVINCES}


def _sign(picture: Image.Image) -> Image.Image:
    """The mark and the name of the shop, on the free left of the shared picture."""
    words = (
        f'<g transform="translate(64 120) scale(2.6)">{LOGO}</g>'
        f'<g font-family="{FONT}" fill="#241c14"><text x="64" y="330" font-size="76" font-weight="800">Sản Vật</text>'
        '<text x="64" y="390" font-size="28" font-weight="600">Đặc sản OCOP</text>'
        '<text x="64" y="428" font-size="28" font-weight="600">từ chính nơi làm ra</text></g>'
    )
    layer = rasterise(Picture("", "", "", 0, *picture.size), words, picture.width)
    picture.paste(layer, mask=layer)
    return picture


def _save(picture: Image.Image, stem: Path) -> None:
    for kind, options in (
        ("avif", {"quality": 46, "speed": 5, "max_threads": 1}),
        ("webp", {"quality": 70, "method": 6}),
    ):
        target = BytesIO()
        picture.save(target, kind, **options)
        stem.with_suffix(f".{kind}").write_bytes(target.getvalue())


if __name__ == "__main__":
    build(Path(sys.argv[1]))
