"""Photographs of goods: check what a person uploads, and make the small copies that pages show (no models here)."""

import io
import math
import struct
import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.formats import number_format
from django.utils.translation import gettext
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from apps.kernel.errors import DomainError

MEGABYTE = 1_000_000
MAX_BYTES = 8 * MEGABYTE
MAX_PIXELS = 40_000_000
MAX_FRAMES = 10
WIDTHS = (320, 640, 1000)
GROUND = (255, 255, 255)
"""What shows through a transparent picture: the white of cards."""

_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, zlib.error, struct.error)

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

    Judged by content, never by name or declared type. Raises BadPicture: over 8 MB, over 40 megapixels, not JPEG,
    PNG or WebP, more than 10 frames, or cut off.
    """
    if len(data) > MAX_BYTES:
        raise BadPicture(
            gettext("The photo is %(size)s MB; the limit is %(limit)s MB. Choose another.")
            % {"size": _tenths(len(data) / MEGABYTE), "limit": MAX_BYTES // MEGABYTE}
        )
    image = _open(data)
    _check_size(image)
    try:
        image.draft("RGB", (2 * WIDTHS[-1], 2 * WIDTHS[-1]))  # a JPEG is decoded no larger than the pages need
        image.load()
        return _plain(image)
    except _BROKEN as problem:
        raise _cut_off() from problem


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


def _open(data: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP"))
    except Image.DecompressionBombError as problem:
        raise BadPicture(
            gettext("The photo has more than %(limit)d megapixels. Choose a smaller one.")
            % {"limit": MAX_PIXELS // 1_000_000}
        ) from problem
    except (UnidentifiedImageError, *_BROKEN) as problem:
        if data.startswith(_SIGNATURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
            raise _cut_off() from problem
        raise BadPicture(
            gettext(
                "This file is not a JPEG, PNG or WebP photo. Save the photo in one of these formats and send it again."
            )
        ) from problem


def _check_size(image: Image.Image) -> None:
    pixels = image.width * image.height
    if pixels > MAX_PIXELS:
        raise BadPicture(
            gettext("The photo has %(size)s megapixels; the limit is %(limit)d. Choose a smaller one.")
            % {"size": _tenths(pixels / 1_000_000), "limit": MAX_PIXELS // 1_000_000}
        )
    frames = getattr(image, "n_frames", 1)
    if frames > MAX_FRAMES:
        raise BadPicture(
            gettext("This picture moves: it has %(count)d frames. Send a still photo.") % {"count": frames}
        )


def _tenths(figure: float) -> str:
    """One decimal place, rounded up, so that a figure above a limit never reads like the limit."""
    return number_format(math.ceil(figure * 10) / 10, 1)


def _cut_off() -> BadPicture:
    return BadPicture(gettext("The photo is damaged or only part of it arrived. Send it again."))


def _plain(image: Image.Image) -> Image.Image:
    """Turned as the camera says, in sRGB on white, with nothing but pixels."""
    image = _to_srgb(ImageOps.exif_transpose(image))
    if image.mode.startswith("I"):  # 16-bit greys: keep the upper eight bits
        image = image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        ground = Image.new("RGBA", image.size, GROUND)
        image = Image.alpha_composite(ground, image.convert("RGBA"))
    plain = Image.new("RGB", image.size)
    plain.paste(image.convert("RGB"))
    return plain


def _to_srgb(image: Image.Image) -> Image.Image:
    """Colours of a phone's wide gamut brought to what browsers assume; a broken profile is ignored."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK"):
        return image
    target = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        converted = ImageCms.profileToProfile(
            image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode=target
        )
    except (ImageCms.PyCMSError, OSError):
        return image
    return converted or image


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
