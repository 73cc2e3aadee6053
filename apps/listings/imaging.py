"""Photographs of goods: check what a person uploads, and make the small copies that pages show (no models here)."""

import io
import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.formats import number_format
from django.utils.translation import gettext
from PIL import Image

from apps.kernel.errors import DomainError
from apps.vendors.photos import DamagedPhoto, NotAPhoto, TooManyFrames, TooManyPixels, decode, open_photo

MEGABYTE = 1_000_000
MAX_BYTES = 8 * MEGABYTE
WIDTHS = (320, 640, 1000)
# The longer side of what is handed on: enough for every page, and for the copy that is kept.
READ_PIXELS = 2500

PictureFormat = Literal["avif", "webp"]


class BadPicture(DomainError):
    """The uploaded file cannot become a picture of goods; the message says why and what to do."""


@dataclass(frozen=True)
class Variant:
    """One encoded copy of a picture: size in pixels, format and file content."""

    width: int
    height: int
    format: PictureFormat
    data: bytes


def read_upload(data: bytes) -> Image.Image:
    """The upright RGB picture in an uploaded file, without any metadata (GPS, camera, profile).

    Judged by content, never by name or declared type. Raises BadPicture: over 8 MB, too many pixels for its
    format (`photos.MAX_PIXELS`), not JPEG, PNG or WebP, more than 10 frames, or cut off.
    """
    check_size(len(data))
    try:
        return decode(open_photo(data), least=2 * WIDTHS[-1], most=READ_PIXELS)
    except TooManyPixels as problem:
        raise _too_large(problem) from problem
    except TooManyFrames as problem:
        raise BadPicture(
            gettext("This picture moves: it has %(count)d frames. Send a still photo.") % {"count": problem.frames}
        ) from problem
    except NotAPhoto as problem:
        raise BadPicture(
            gettext(
                "This file is not a JPEG, PNG or WebP photo. Save the photo in one of these formats and send it again."
            )
        ) from problem
    except DamagedPhoto as problem:
        raise BadPicture(gettext("The photo is damaged or only part of it arrived. Send it again.")) from problem


def check_size(size: int) -> None:
    """Raise BadPicture for more than 8 MB, so that a larger file need not be read."""
    if size > MAX_BYTES:
        raise BadPicture(
            gettext("The photo is %(size)s MB; the limit is %(limit)s MB. Choose another.")
            % {"size": _tenths(size / MEGABYTE), "limit": MAX_BYTES // MEGABYTE}
        )


def make_variants(
    image: Image.Image,
    widths: Iterable[int] = WIDTHS,
    formats: Collection[PictureFormat] = ("avif", "webp"),
    *,
    avif_speed: int = 8,
) -> list[Variant]:
    """AVIF and WebP copies in the given widths (pixels), narrow first; never enlarged, the same bytes every time.

    A picture narrower than the widest asked for gives the widths that fit, and its own. Speed 9 makes AVIF in a third
    of the time and a fifth larger.
    """
    wanted = sorted(widths)
    chosen = [width for width in wanted if width <= image.width]
    if image.width < wanted[-1] and image.width not in chosen:
        chosen.append(image.width)
    copies = [_resized(image, width) for width in chosen]
    return [_encode(copy, kind, avif_speed) for copy in copies for kind in formats]


def _too_large(problem: TooManyPixels) -> BadPicture:
    limit = problem.limit // 1_000_000
    if problem.pixels is None:
        return BadPicture(
            gettext("The photo has more than %(limit)d megapixels. Choose a smaller one.") % {"limit": limit}
        )
    return BadPicture(
        gettext("The photo has %(size)s megapixels; the limit is %(limit)d. Choose a smaller one.")
        % {"size": _tenths(problem.pixels / 1_000_000), "limit": limit}
    )


def _tenths(figure: float) -> str:
    """One decimal place, rounded up, so that a figure above a limit never reads like the limit."""
    return number_format(math.ceil(figure * 10) / 10, 1)


def _resized(image: Image.Image, width: int) -> Image.Image:
    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _encode(image: Image.Image, kind: PictureFormat, avif_speed: int) -> Variant:
    target = io.BytesIO()
    if kind == "avif":
        image.save(target, "AVIF", quality=58, speed=avif_speed, max_threads=1)
    else:
        image.save(target, "WEBP", quality=78, method=2)
    return Variant(image.width, image.height, kind, target.getvalue())
