"""A product's pictures as pages show them: one source per format, the size known before it loads."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils.translation import gettext as _

from apps.shop.catalogue.models import ProductImage

_COLUMNS = ("product_id", "product__title", "original", "width", "height", "caption", "variants", "is_demo")
MIME = {"avif": "image/avif", "webp": "image/webp"}


@dataclass(frozen=True)
class Picture:
    """What `<c-picture>` draws: sources as (MIME type, srcset), the plain picture, its size in pixels and its words."""

    src: str
    width: int
    height: int
    alt: str
    caption: str
    sources: tuple[tuple[str, str], ...]


class _Row(NamedTuple):
    """A picture in the order of `_COLUMNS`: no more of its product than the title, as descriptions are long."""

    product_id: int
    title: str
    original: str
    width: int
    height: int
    caption: str
    variants: list[dict[str, Any]]
    is_demo: bool


def picture_of(image: ProductImage | _Row, title: str) -> Picture:
    """The picture of a product of that title; until its copies are made only the uploaded one is offered."""
    by_format: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for copy in image.variants:
        by_format[copy["format"]].append((copy["width"], _url(copy["path"])))
    sources = tuple(
        (mime, ", ".join(f"{url} {width}w" for width, url in sorted(by_format[kind])))
        for kind, mime in MIME.items()
        if by_format[kind]
    )
    webp = sorted(by_format["webp"])
    return Picture(
        src=webp[len(webp) // 2][1] if webp else _url(str(image.original)),
        width=image.width or 1000,
        height=image.height or 1000,
        alt=_alt(image, title),
        caption=image.caption,
        sources=sources,
    )


@lru_cache(maxsize=20_000)
def _url(path: str) -> str:
    """Kept, because a page names a hundred of them and public pictures never move."""
    return str(default_storage.url(path))


def pictures_of_products(product_ids: Iterable[int], *, every_one_of: int = 0) -> dict[int, list[Picture]]:
    """The first picture of each product, and all of the one product named, in their order; one query."""
    wanted = Q(display_order=0) | Q(product_id=every_one_of)
    found: dict[int, list[Picture]] = defaultdict(list)
    for row in _rows(product_ids, wanted):
        found[row.product_id].append(picture_of(row, row.title))
    return found


def first_pictures(product_ids: Iterable[int]) -> dict[int, Picture]:
    """The first picture of each product that has one; one query."""
    return {row.product_id: picture_of(row, row.title) for row in _rows(product_ids, Q(display_order=0))}


def _rows(product_ids: Iterable[int], wanted: Q) -> Iterator[_Row]:
    images = ProductImage.objects.filter(wanted, product_id__in=set(product_ids))
    rows = images.order_by("product_id", "display_order", "pk").values_list(*_COLUMNS)
    return (_Row(*row) for row in rows)


def _alt(image: ProductImage | _Row, title: str) -> str:
    """What the picture shows; a drawing says that it is one."""
    words = ", ".join(part for part in (title, image.caption) if part)
    return _("Illustration: %(words)s") % {"words": words} if image.is_demo else words
