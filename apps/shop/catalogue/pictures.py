"""A product's picture as pages show it: one source per format, the size known before it loads."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.shop.catalogue.models import ProductImage

_MIME = {"avif": "image/avif", "webp": "image/webp"}


@dataclass(frozen=True)
class Picture:
    """What `<c-picture>` draws: sources as (MIME type, srcset), the plain picture, its size in pixels and its words."""

    sources: list[tuple[str, str]]
    src: str
    width: int
    height: int
    alt: str


def picture_of(image: ProductImage, title: str) -> Picture:
    """The picture of a product of that title; until its copies are made only the uploaded one is offered."""
    url_of = image.original.storage.url
    sources = []
    for kind, mime in _MIME.items():
        copies = [copy for copy in image.variants if copy["format"] == kind]
        if copies:
            sources.append((mime, ", ".join(f"{url_of(copy['path'])} {copy['width']}w" for copy in copies)))
    smallest = next((copy for copy in image.variants if copy["format"] == "webp"), None)
    return Picture(
        sources=sources,
        src=url_of(smallest["path"]) if smallest else image.original.url,
        width=image.width or 1000,
        height=image.height or 1000,
        alt=_("Illustration: %(name)s") % {"name": title} if image.is_demo else title,
    )
