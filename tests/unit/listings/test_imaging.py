"""Uploaded photographs: what is refused and why, what is stripped, what copies are made."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils.translation import override
from PIL import Image, ImageCms

from apps.listings import imaging
from apps.listings.imaging import BadPicture, make_variants, read_upload
from tools import sizes


def picture(width: int = 60, height: int = 40, mode: str = "RGB", colour: object = (200, 60, 40)) -> Image.Image:
    return Image.new(mode, (width, height), colour)  # type: ignore[arg-type]


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def refusal(data: bytes) -> str:
    with override("en"), pytest.raises(BadPicture) as caught:
        read_upload(data)
    return str(caught.value)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_accepted_formats(kind: str) -> None:
    image = read_upload(encoded(picture(), kind))
    assert (image.mode, image.size) == ("RGB", (60, 40))


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF"])
def test_other_formats_are_refused_whatever_they_are_called(kind: str) -> None:
    assert refusal(encoded(picture(), kind)) == (
        "This file is not a JPEG, PNG or WebP photo. Save the photo in one of these formats and send it again."
    )


@pytest.mark.parametrize("data", [b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7"])
def test_not_a_picture(data: bytes) -> None:
    assert refusal(data).startswith("This file is not a JPEG, PNG or WebP photo.")


def test_too_many_bytes() -> None:
    data = encoded(picture()) + bytes(13_950_000)
    assert refusal(data) == "The photo is 14,0 MB; the limit is 8 MB. Choose another."


def test_a_byte_too_many_does_not_read_like_the_limit() -> None:
    data = encoded(picture())
    padding = imaging.MAX_BYTES - len(data)
    assert read_upload(data + bytes(padding)).size == (60, 40)
    assert refusal(data + bytes(padding + 1)).startswith("The photo is 8,1 MB; the limit is 8 MB.")


@pytest.mark.parametrize(
    ("kind", "size", "limit"),
    [("PNG", (6001, 4000), 24), ("WEBP", (4001, 3000), 12), ("JPEG", (8001, 5000), 40)],
)
def test_too_many_pixels(kind: str, size: tuple[int, int], limit: int) -> None:
    data = encoded(picture(*size, "1" if kind == "PNG" else "L", 1), kind)
    words = f"The photo has {limit},1 megapixels; the limit is {limit}. Choose a smaller one."
    assert refusal(data) == words


# Prints the size, a pixel and the most memory that the process ever took, in MB (Linux).
MEASURE = """
import re, sys
from apps.vendors.photos import decode, open_photo
image = decode(open_photo(sys.stdin.buffer.read()), least=2000, most=2500)
peak = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024
print(*image.size, *image.getpixel((9, 9)), peak)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_a_large_picture_is_shrunk_before_it_is_laid_on_white() -> None:
    data = encoded(picture(6000, 4000, "RGBA", (200, 60, 40, 128)), "PNG")
    done = subprocess.run([sys.executable, "-c", MEASURE], input=data, capture_output=True, check=True, cwd=sizes.ROOT)
    *found, peak = map(int, done.stdout.split())
    assert found == [2500, 1667, 227, 157, 147]
    assert peak < 350  # 240 measured; 490 when it is shrunk last


@pytest.mark.parametrize(("mode", "colour"), [("P", 7), ("1", 1), ("I;16", 32896), ("LA", (128, 255))])
def test_large_pictures_of_other_modes_are_shrunk_too(mode: str, colour: object) -> None:
    image = read_upload(encoded(picture(5000, 100, mode=mode, colour=colour), "PNG"))
    assert (image.mode, image.size) == ("RGB", (2500, 50))


def test_bomb_is_refused_before_it_is_unpacked() -> None:
    data = encoded(picture(14000, 14000, "1", 1), "PNG")
    assert len(data) < imaging.MAX_BYTES
    assert refusal(data) == "The photo has more than 40 megapixels. Choose a smaller one."


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("part", [0.5, 0.9])
def test_cut_off_file(kind: str, part: float) -> None:
    noise = Image.effect_noise((300, 200), 80).convert("RGB")
    data = encoded(noise, kind)
    assert refusal(data[: int(len(data) * part)]) == ("The photo is damaged or only part of it arrived. Send it again.")


def test_moving_picture() -> None:
    frames = [picture(colour=(i * 10, 0, 0)) for i in range(12)]
    data = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    assert refusal(data) == "This picture moves: it has 12 frames. Send a still photo."


def test_few_frames_give_the_first() -> None:
    frames = [picture(colour=(i * 80, 0, 0)) for i in range(3)]
    data = encoded(frames[0], "PNG", save_all=True, append_images=frames[1:])
    assert read_upload(data).getpixel((5, 5)) == (0, 0, 0)


def test_turned_as_the_camera_says_and_stripped() -> None:
    image = picture(60, 40)
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (20.0, 57.0, 0.0)
    turned = read_upload(encoded(image, "JPEG", exif=exif, comment=b"secret place"))
    assert turned.size == (40, 60)
    assert (dict(turned.getexif()), turned.info) == ({}, {})
    assert b"secret" not in b"".join(variant.data for variant in make_variants(turned))


def test_transparent_pixels_become_white() -> None:
    image = read_upload(encoded(picture(mode="RGBA", colour=(200, 0, 0, 0)), "PNG"))
    assert image.getpixel((3, 3)) == (255, 255, 255)


@pytest.mark.parametrize(("mode", "colour"), [("L", 128), ("P", 7), ("LA", (128, 255)), ("I;16", 32896), ("1", 1)])
def test_other_modes_become_rgb(mode: str, colour: object) -> None:
    assert read_upload(encoded(picture(mode=mode, colour=colour), "PNG")).mode == "RGB"


def test_deep_greys_keep_their_lightness() -> None:
    assert read_upload(encoded(picture(mode="I;16", colour=32896), "PNG")).getpixel((1, 1)) == (128, 128, 128)


def test_cmyk_photo_becomes_rgb() -> None:
    assert read_upload(encoded(picture(mode="CMYK", colour=(0, 255, 255, 0)), "JPEG")).mode == "RGB"


def test_profile_is_applied_and_a_broken_one_ignored() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red, green, blue = read_upload(encoded(picture(), "PNG", icc_profile=profile)).getpixel((1, 1))
    assert max(abs(red - 200), abs(green - 60), abs(blue - 40)) <= 1
    assert read_upload(encoded(picture(), "PNG", icc_profile=b"nonsense")).getpixel((1, 1)) == (200, 60, 40)


def test_large_photo_is_decoded_no_larger_than_needed() -> None:
    assert read_upload(encoded(picture(5000, 4000))).size == (2500, 2000)


def test_copies_of_a_large_picture() -> None:
    copies = make_variants(picture(1500, 1000))
    assert [(one.width, one.height, one.format) for one in copies] == [
        (320, 213, "avif"),
        (320, 213, "webp"),
        (640, 427, "avif"),
        (640, 427, "webp"),
        (1000, 667, "avif"),
        (1000, 667, "webp"),
    ]
    for one in copies:
        stored = Image.open(io.BytesIO(one.data))
        assert (stored.size, stored.format) == ((one.width, one.height), one.format.upper())


@pytest.mark.parametrize(
    ("width", "expected"),
    [(1000, [320, 640, 1000]), (900, [320, 640, 900]), (640, [320, 640]), (321, [320, 321]), (90, [90])],
)
def test_never_enlarged(width: int, expected: list[int]) -> None:
    assert [one.width for one in make_variants(picture(width, 50), formats=("webp",))] == expected


def test_thin_picture_keeps_a_row() -> None:
    assert [one.height for one in make_variants(picture(2000, 1), (320,), ("webp",))] == [1]


def test_same_picture_same_bytes() -> None:
    noise = Image.linear_gradient("L").convert("RGB")
    assert make_variants(noise) == make_variants(noise)


def test_refusal_speaks_vietnamese() -> None:
    with override("vi"), pytest.raises(BadPicture) as caught:
        read_upload(encoded(picture()) + bytes(13_950_000))
    assert str(caught.value) == "Ảnh 14,0 MB, tối đa 8 MB. Chọn ảnh khác."
