"""A product's pictures as pages show them: one source per format, the size known before it loads."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.storage import Storage
from django.utils.translation import gettext as _

from apps.shop.catalogue.models import ProductImage

MIME = {"avif": "image/avif", "webp": "image/webp"}


@dataclass(frozen=True, slots=True)
class Picture:
    """What `<c-picture>` draws: sources as (MIME type, srcset), the plain picture, its size in pixels and its words."""

    src: str
    width: int
    height: int
    alt: str
    caption: str
    sources: list[tuple[str, str]]


def picture_of(image: ProductImage, title: str) -> Picture:
    """The picture of a product of that title; until its copies are made only the uploaded one is offered."""
    storage: Storage = image.original.storage
    by_format: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for copy in image.variants:
        by_format[copy["format"]].append((copy["width"], storage.url(copy["path"])))
    sources = [
        (mime, ", ".join(f"{url} {width}w" for width, url in sorted(by_format[kind])))
        for kind, mime in MIME.items()
        if by_format[kind]
    ]
    webp = sorted(by_format["webp"])
    return Picture(
        src=webp[len(webp) // 2][1] if webp else image.original.url,
        width=image.width or 1000,
        height=image.height or 1000,
        alt=_alt(image, title),
        caption=image.caption,
        sources=sources,
    )


def pictures_of_products(product_ids: Iterable[int]) -> dict[int, list[Picture]]:
    """The pictures of each product in their order, in one query."""
    found: dict[int, list[Picture]] = defaultdict(list)
    rows = ProductImage.objects.filter(product_id__in=set(product_ids)).select_related("product")
    for image in rows.order_by("product_id", "display_order", "pk"):
        found[image.product_id].append(picture_of(image, image.product.title))
    return found


def first_pictures(product_ids: Iterable[int]) -> dict[int, Picture]:
    """The first picture of each product that has one; one query."""
    images = ProductImage.objects.filter(product_id__in=set(product_ids), display_order=0).select_related("product")
    return {image.product_id: picture_of(image, image.product.title) for image in images}


def _alt(image: ProductImage, title: str) -> str:
    """What the picture shows; a drawing says that it is one."""
    words = ", ".join(part for part in (title, image.caption) if part)
    return _("Illustration: %(words)s") % {"words": words} if image.is_demo else words
