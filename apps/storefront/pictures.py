"""Pictures of goods as `<picture>` wants them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from apps.shop.catalogue.models import ProductImage

MIME = {"avif": "image/avif", "webp": "image/webp"}
_ORDER = ("avif", "webp")


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: smaller forms by format, and the one that every browser can show."""

    src: str
    width: int
    height: int
    alt: str
    caption: str
    sources: list[tuple[str, str]]

    @property
    def label(self) -> str:
        """The words under a thumbnail."""
        return self.caption


def pictures_of(product_ids: Iterable[int]) -> dict[int, list[Picture]]:
    """The pictures of each product in their order, in one query."""
    found: dict[int, list[Picture]] = defaultdict(list)
    rows = ProductImage.objects.filter(product_id__in=list(product_ids)).select_related("product")
    for image in rows.order_by("product_id", "display_order", "pk"):
        found[image.product_id].append(picture(image))
    return found


def picture(image: ProductImage) -> Picture:
    """The picture of a row; its smaller forms once the job has made them."""
    by_format: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for variant in image.variants:
        by_format[variant["format"]].append((variant["width"], default_storage.url(variant["path"])))
    sources = [
        (MIME[name], ", ".join(f"{url} {width}w" for width, url in sorted(by_format[name])))
        for name in _ORDER
        if by_format[name]
    ]
    webp = sorted(by_format["webp"])
    src = webp[len(webp) // 2][1] if webp else image.original.url
    return Picture(src, image.width or 800, image.height or 800, _alt(image), image.caption, sources)


def _alt(image: ProductImage) -> str:
    """What the picture shows; a drawing says that it is one."""
    words = ", ".join(part for part in (image.product.title, image.caption) if part)
    return _("Illustration: %(words)s") % {"words": words} if image.is_demo else words
