"""Drawn product pictures in the manner of a hand-pulled woodblock print, the same for the same goods every time.

Grammar: ground (category) + land (province) + container (unit) + motif (words of the name) + label set in type.
`render` gives pixels, `render_views` the encoded copies that pages show; both are plain functions for a process pool.
"""

from collections.abc import Collection, Iterable

from PIL import Image

from apps.demo.pictures.raster import print_picture
from apps.demo.pictures.subject import Goods, View
from apps.demo.pictures.views import compose, views_for
from apps.listings.imaging import WIDTHS, PictureFormat, Variant, make_variants

__all__ = ["Goods", "View", "render", "render_views", "views_for"]


def render(goods: Goods, view: View = View.FRONT, width: int = WIDTHS[-1]) -> Image.Image:
    """One view of one product as a square RGB image `width` pixels wide."""
    return print_picture(compose(goods, view), width)


def render_views(
    goods: Goods,
    views: Iterable[View] = (View.FRONT,),
    widths: Collection[int] = WIDTHS,
    formats: Collection[PictureFormat] = ("avif", "webp"),
) -> dict[View, list[Variant]]:
    """Encoded copies of the views in the given widths (pixels): what a listing stores for its pictures."""
    return {view: make_variants(render(goods, view, max(widths)), widths, formats, avif_speed=9) for view in views}
