"""Opens pictures that people upload, goods and papers alike, without letting a small file take much memory."""

import io
import struct
import warnings
import zlib
from typing import Final

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

# Pixels that are unpacked at most. A JPEG is decoded no larger than asked for; the others are unpacked whole, WebP in
# four copies (measured: 24 megapixels of PNG took 100 MB, of WebP 370 MB).
MAX_PIXELS: Final = {"JPEG": 40_000_000, "PNG": 24_000_000, "WEBP": 12_000_000}
MAX_FRAMES: Final = 10
# A progressive JPEG is decoded once for each of its scans, and a scan may be 70 bytes long: 170 kB took 8 s (measured).
# Cameras and editors write about ten, and as many for each preview inside.
MAX_SCANS: Final = 64
GROUND: Final = (255, 255, 255)
"""What shows through a transparent picture: the white of cards."""

_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, zlib.error, struct.error)


class NotAPhoto(Exception):
    """The file is no JPEG, PNG or WebP."""


class DamagedPhoto(Exception):
    """The file begins like a picture and cannot be decoded to its end."""


class TooManyFrames(Exception):
    """The picture moves."""

    def __init__(self, frames: int) -> None:
        super().__init__(frames)
        self.frames = frames


class TooManyPixels(Exception):
    """The picture is too large to unpack; `pixels` is None when it was too large even to look at."""

    def __init__(self, limit: int, pixels: int | None = None) -> None:
        super().__init__(limit, pixels)
        self.limit, self.pixels = limit, pixels


def open_photo(data: bytes) -> Image.Image:
    """The picture in a file, judged by its content and not yet decoded.

    Raises NotAPhoto, DamagedPhoto, TooManyFrames or TooManyPixels. Phones write two JPEGs into one file ("MPO"); the
    first one counts.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our limits are lower
            image = Image.open(io.BytesIO(data), formats=tuple(MAX_PIXELS))
    except Image.DecompressionBombError as problem:
        raise TooManyPixels(max(MAX_PIXELS.values())) from problem
    except (UnidentifiedImageError, *_BROKEN) as problem:
        if data.startswith(_SIGNATURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
            raise DamagedPhoto from problem
        raise NotAPhoto from problem
    limit = MAX_PIXELS[format_of(image)]
    if image.width * image.height > limit:
        raise TooManyPixels(limit, image.width * image.height)
    frames = getattr(image, "n_frames", 1)
    if frames > MAX_FRAMES:
        raise TooManyFrames(frames)
    if format_of(image) == "JPEG" and data.count(b"\xff\xda") > MAX_SCANS:
        raise DamagedPhoto
    return image


def format_of(image: Image.Image) -> str:
    """`JPEG`, `PNG` or `WEBP`."""
    return "JPEG" if image.format in ("JPEG", "MPO") else str(image.format)


def decode(image: Image.Image, *, least: int, most: int) -> Image.Image:
    """Upright, in sRGB on white, with nothing but pixels: no place, no camera, no profile.

    Neither side is longer than `most` pixels; a JPEG is decoded with sides of `least` or a little more.
    Raises DamagedPhoto.
    """
    try:
        image.draft("RGB", (least, least))
        image.load()
        return _plain(_shrunk(image, most))
    except _BROKEN as problem:
        raise DamagedPhoto from problem


def check_whole(image: Image.Image) -> None:
    """Decode a picture to its end, as small as its format allows, and forget it. Raises DamagedPhoto."""
    try:
        image.draft("RGB", (1, 1))
        image.load()
    except _BROKEN as problem:
        raise DamagedPhoto from problem


def _shrunk(image: Image.Image, most: int) -> Image.Image:
    """Made small before anything is copied; what has no tones to mix (palettes, bits) is spread out first."""
    if max(image.size) <= most:
        return image
    if image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    elif image.mode == "1":
        image = image.convert("L")
    image.thumbnail((most, most))
    return image


def _plain(image: Image.Image) -> Image.Image:
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
