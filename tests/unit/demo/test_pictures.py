"""Composed and printed pictures: the same every time, well-formed, every letter of the type in its label."""

import hashlib
import html
import re
from xml.etree import ElementTree

import fontpkg
import numpy as np
import pytest
from PIL import Image, ImageFont

from apps.demo.pictures import Goods, View, render, render_views
from apps.demo.pictures.canvas import seeded
from apps.demo.pictures.choose import choose
from apps.demo.pictures.containers import CONTAINERS
from apps.demo.pictures.labels import FONT, fit, set_width
from apps.demo.pictures.market import market
from apps.demo.pictures.raster import MARK, font_files, print_picture, rasterise, svg_document
from apps.demo.pictures.views import Picture, compose

SMALLEST_TYPE = 17
LABEL_WIDTH = {
    "bottle": 176,
    "jug": 228,
    "jar": 216,
    "tin": 264,
    "pack": 300,
    "claypot": 216,
    "box": 270,
    "pouch": 248,
    "sack": 232,
    "wrap": 248,
    "crate": 264,
    "basket": 216,
    "tray": 260,
    "net": 168,
    "plant": 180,
    "cloth": 190,
    "ceramic": 176,
    "frame": 190,
    "wicker": 188,
    "ticket": 400,
}


def _words(lettering: str) -> str:
    return " ".join(html.unescape(row) for row in re.findall(r">([^<]+)</text>", lettering))


def test_every_picture_is_well_formed_and_names_its_goods(goods: list[Goods]) -> None:
    for one in goods:
        front = compose(one, View.FRONT)
        ElementTree.fromstring(svg_document(800, 800, front.art + front.type))  # noqa: S314
        assert one.title in _words(front.type) or choose(one).container == "loose"


@pytest.mark.parametrize(
    ("view", "words"), [(View.INSIDE, ""), (View.SCALE, "bát cơm, 12 cm"), (View.PLACE, "Quảng Ninh")]
)
def test_other_views_say_what_they_show(by_sku: dict[str, Goods], view: View, words: str) -> None:
    picture = compose(by_sku["DS0001"], view)
    ElementTree.fromstring(svg_document(800, 800, picture.art + picture.type))  # noqa: S314
    assert words in _words(picture.type)


def test_no_two_pictures_of_the_catalogue_are_the_same(goods: list[Goods]) -> None:
    fronts = {compose(one, View.FRONT).art for one in goods}
    assert len(fronts) == 278


def test_type_fits_its_label_in_the_real_font(goods: list[Goods]) -> None:
    fonts = {weight: ImageFont.truetype(str(fontpkg.path(FONT, weight)), 100) for weight in (600, 800)}
    too_wide = []
    for one in goods:
        look = choose(one)
        lettering = CONTAINERS[look.container](look, seeded(one.sku)[1]).type
        for weight, size, row in re.findall(r'weight="(\d+)" font-size="([\d.]+)".*?>([^<]+)</text>', lettering):
            width = fonts[int(weight)].getlength(html.unescape(row)) * float(size) / 100
            if width > LABEL_WIDTH[look.container] - 20 or float(size) < SMALLEST_TYPE - 1:
                too_wide.append((one.sku, row))
    assert too_wide == []


def test_place_names_are_not_torn_apart() -> None:
    assert fit("Chả mực giã tay Hạ Long", 218, 3, 36, 17)[1] == ["Chả mực", "giã tay", "Hạ Long"]
    assert fit("Cam Cao Phong", 234, 2, 36, 17)[1] == ["Cam Cao", "Phong"]


def test_accents_do_not_widen_a_letter() -> None:
    assert set_width("ự", 10) == set_width("u", 10)


def test_fonts_have_every_letter_of_the_catalogue(goods: list[Goods]) -> None:
    letters = set("".join(one.title + one.province_name for one in goods) + MARK)
    assert len(font_files()) == 3
    for path in font_files():
        font = ImageFont.truetype(path, 40)
        missing = bytes(font.getmask("\uffff"))
        assert [letter for letter in letters if not letter.isspace() and bytes(font.getmask(letter)) == missing] == []


def test_marks_over_letters_are_printed() -> None:
    def ink(words: str) -> int:
        text = f'<text x="20" y="70" font-family="{FONT}" font-weight="800" font-size="60">{words}</text>'
        return int(np.count_nonzero(np.asarray(rasterise(Picture("", "", "", 0, 400, 100), text, 400))[..., 3]))

    assert ink("mực") > ink("muc") > ink("mc") > 0


def test_same_goods_same_pixels(by_sku: dict[str, Goods]) -> None:
    first, second = (hashlib.sha256(render(by_sku["DS0064"], width=200).tobytes()).digest() for _ in range(2))
    assert first == second


def test_picture_is_square_rgb_of_the_width_asked_for(by_sku: dict[str, Goods]) -> None:
    image = render(by_sku["DS0001"], View.PLACE, 320)
    assert (image.mode, image.size) == ("RGB", (320, 320))


@pytest.mark.parametrize("view", list(View))
def test_mark_is_in_the_pixels(by_sku: dict[str, Goods], view: View) -> None:
    """The corner differs from the same picture printed with the mark in the colour of nothing."""
    picture = compose(by_sku["DS0087"], view)
    bare = Picture(picture.ground, picture.art, picture.type, picture.seed, mark_colour="none")
    corner = (640, 760, 800, 800)
    marked, unmarked = (np.asarray(print_picture(one, 800).crop(corner), dtype=int) for one in (picture, bare))
    assert np.count_nonzero(abs(marked - unmarked).max(axis=2) > 24) > 400


def test_flecks_lighten_and_cut_is_rough(by_sku: dict[str, Goods]) -> None:
    picture = compose(by_sku["DS0030"], View.FRONT)
    flecked, plain = (np.asarray(print_picture(picture, 200, flecks=on), dtype=int) for on in (True, False))
    ruled = np.asarray(rasterise(picture, picture.art, 200).convert("RGB"), dtype=int)
    assert flecked.mean() > plain.mean() + 1
    assert np.count_nonzero(abs(plain - ruled).max(axis=2) > 24) > 300


def test_encoded_views_for_a_listing(by_sku: dict[str, Goods]) -> None:
    encoded = render_views(by_sku["DS0009"], (View.FRONT, View.PLACE), widths=(160, 240))
    shapes = {view: [(one.width, one.height, one.format) for one in copies] for view, copies in encoded.items()}
    expected = [(160, 160, "avif"), (160, 160, "webp"), (240, 240, "avif"), (240, 240, "webp")]
    assert shapes == {View.FRONT: expected, View.PLACE: expected}


def test_season_picture_leaves_room_for_words(by_sku: dict[str, Goods]) -> None:
    stall = [by_sku[sku] for sku in ("DS0007", "DS0087", "DS0101")]
    picture = market(stall, 1640, 620, 700)
    lefts = [float(x) for x in re.findall(r"translate\(([\d.]+) 498\) scale", picture.art)]
    assert (picture.width, picture.height, len(lefts)) == (1640, 620, 3)
    assert min(lefts) > 700
    assert print_picture(market(stall, 1000, 560), 250).size == (250, 140)


def test_liquid_shows_in_the_bottle(by_sku: dict[str, Goods]) -> None:
    look = choose(by_sku["DS0030"])
    art = CONTAINERS["bottle"](look, seeded("x")[1]).art
    assert f'fill="{look.liquid}"' in art
    assert look.liquid == "#9a4a16"


def test_picture_survives_as_webp(by_sku: dict[str, Goods]) -> None:
    data = render_views(by_sku["DS0009"], widths=(160,), formats=("webp",))[View.FRONT][0].data
    assert data[8:12] == b"WEBP"
    assert isinstance(render(by_sku["DS0009"], width=16), Image.Image)
