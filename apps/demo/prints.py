"""The drawn pictures of the demo's goods: the front at once, the other views by a job."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache, partial
from multiprocessing import get_context
from os import cpu_count

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from apps.demo.pictures import Goods, View, render_views, views_for
from apps.demo.pictures.catalogue import read_goods
from apps.listings.imaging import Variant
from apps.places.models import Province
from apps.shop.catalogue.models import Product, ProductImage

FIRST_WIDTHS = (320, 640)
Fronts = Iterator[tuple[str, list[Variant]]]
_WORDS = {View.FRONT: "Bao bì", View.INSIDE: "Bên trong", View.SCALE: "So kích cỡ", View.PLACE: "Nơi làm"}


@cache
def goods_to_draw() -> dict[str, Goods]:
    """What pictures need to know of each product, by SKU."""
    names = dict(Province.objects.values_list("code", "name"))
    return {goods.sku: goods for goods in read_goods(names)}


@contextmanager
def drawing_fronts() -> Iterator[Fronts]:
    """Begin to draw the fronts of all goods on all cores; they come in the order of the demo's table."""
    goods = list(goods_to_draw().values())
    # Spawned, not forked: a forked child would share the database connection.
    with ProcessPoolExecutor(cpu_count() or 1, mp_context=get_context("spawn")) as pool:
        try:
            draw = partial(render_views, views=(View.FRONT,), widths=FIRST_WIDTHS)
            drawn = pool.map(draw, goods, chunksize=2)
            yield ((one.sku, views[View.FRONT]) for one, views in zip(goods, drawn, strict=True))
        finally:
            pool.shutdown(cancel_futures=True)


def keep_fronts(products: dict[str, Product], fronts: Fronts) -> Iterator[ProductImage]:
    """Write the rows of the fronts as they come."""
    for sku, variants in fronts:
        yield keep(products[sku], View.FRONT, variants, place=0)


def print_rest(product: Product, sku: str) -> None:
    """Draw the views that are not there yet; a second run finds them all and does nothing."""
    goods = goods_to_draw()[sku]
    for place, view in enumerate(views_for(goods)):
        if not product.images.filter(display_order=place).exists():
            keep(product, view, render_views(goods, (view,), FIRST_WIDTHS)[view], place=place)


def keep(product: Product, view: View, variants: list[Variant], *, place: int) -> ProductImage:
    """Store the copies under the hash of their content and write the picture's row."""
    copies = []
    for copy in variants:
        digest = hashlib.sha256(copy.data).hexdigest()
        path = f"products/{digest[:2]}/{digest[:40]}.{copy.format}"
        if not default_storage.exists(path):
            default_storage.save(path, ContentFile(copy.data))
        copies.append({"width": copy.width, "height": copy.height, "format": copy.format, "path": path})
    largest = max((copy for copy in copies if copy["format"] == "webp"), key=lambda copy: int(str(copy["width"])))
    return ProductImage.objects.create(
        product=product,
        original=str(largest["path"]),
        caption=_WORDS[view],
        display_order=place,
        width=int(str(largest["width"])),
        height=int(str(largest["height"])),
        variants=copies,
        is_demo=True,
    )
