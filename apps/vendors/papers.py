"""Papers that vendors upload: judged by their content, kept in the private storage under random names."""

import io
import secrets
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from django.core.files.base import ContentFile, File
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from apps.accounts.private_files import private_storage
from apps.kernel.errors import DomainError
from apps.kernel.vietnamese import nfc
from apps.vendors import pdfs
from apps.vendors.photos import (
    DamagedPhoto,
    NotAPhoto,
    TooManyFrames,
    TooManyPixels,
    check_whole,
    decode,
    format_of,
    open_photo,
)

MEGABYTE: Final = 1_000_000
MAX_BYTES: Final = 10 * MEGABYTE
MAX_PAPERS: Final = 6
# The longer side of a photo of a paper as it is kept, in pixels: small print stays legible.
KEPT_PIXELS: Final = 3000
NAME_LENGTH: Final = 160

# Unicode categories: controls, formats (such as the override that writes from right to left), halves of signs.
_NO_SIGNS: Final = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
_IMAGE_TYPES: Final = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_SUFFIXES: Final = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


class BadPaper(DomainError):
    """A file that cannot be accepted as a paper; the message names it and says what to do."""


@dataclass(frozen=True)
class UploadedPaper:
    """A file as it arrived: the name that the person gave it, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class StoredPaper:
    """A checked paper in the private storage: shown name, path there, content type and size in bytes."""

    name: str
    path: str
    content_type: str
    size: int


def check_paper(paper: UploadedPaper) -> str:
    """The content type of a paper, found in its bytes; raises BadPaper: empty, too large or of another kind."""
    name = paper.name
    check_size(name, len(paper.data))
    if not paper.data:
        raise BadPaper(_("“%(name)s” is empty. Choose the file again.") % {"name": name})
    if paper.data.startswith(b"%PDF-"):
        _check_pdf(paper)
        return "application/pdf"
    try:
        image = open_photo(paper.data)
        check_whole(image)
    except TooManyPixels as problem:
        raise BadPaper(
            _("“%(name)s” has more than %(limit)d megapixels. Choose a smaller picture, or scan it to PDF.")
            % {"name": name, "limit": problem.limit // 1_000_000}
        ) from problem
    except TooManyFrames as problem:
        raise BadPaper(
            _("“%(name)s” is a moving picture. Take a still photo of the paper, or scan it to PDF.") % {"name": name}
        ) from problem
    except (NotAPhoto, DamagedPhoto) as problem:
        raise BadPaper(
            _("“%(name)s” is not a PDF, JPEG, PNG or WebP file. Take a photo of the paper or scan it to PDF.")
            % {"name": name}
        ) from problem
    return _IMAGE_TYPES[format_of(image)]


def _check_pdf(paper: UploadedPaper) -> None:
    words = {
        pdfs.Verdict.DAMAGED: _("“%(name)s” is damaged or incomplete. Scan the paper again, or photograph it."),
        pdfs.Verdict.ACTIVE: _("“%(name)s” contains a program. Print it to PDF anew, or photograph the paper."),
        pdfs.Verdict.LOCKED: _("“%(name)s” is locked with a password. Send it without one, or photograph the paper."),
    }
    verdict = pdfs.judge(paper.data)
    if verdict is not pdfs.Verdict.PLAIN:
        raise BadPaper(words[verdict] % {"name": paper.name})


def check_size(name: str, size: int) -> None:
    """Raise BadPaper for more than 10 MB, so that a larger file need not be read."""
    if size > MAX_BYTES:
        raise BadPaper(
            _("“%(name)s” has %(size)s MB; the limit is %(limit)d MB. Choose a smaller file.")
            % {"name": name, "size": number_format(size / MEGABYTE, 1), "limit": MAX_BYTES // MEGABYTE}
        )


def read_papers(files: Sequence[File[bytes]]) -> list[UploadedPaper]:
    """The files of a form in memory; raises BadPaper before reading anything too large, or when there are too many."""
    _check_count(len(files))
    for file in files:
        check_size(shown_name(file), file.size)
    return [UploadedPaper(shown_name(file), file.read()) for file in files]


def shown_name(file: File[bytes]) -> str:
    """The name that its owner gave a file, composed, without what steers the direction of writing or is no sign."""
    name = "".join(sign for sign in nfc(file.name or "") if unicodedata.category(sign) not in _NO_SIGNS)
    return name.replace("/", "_").replace("\\", "_").strip() or _("File")


def check_papers(papers: Sequence[UploadedPaper]) -> list[str]:
    """The content types of several papers; raises BadPaper for the first bad one or when there are too many."""
    _check_count(len(papers))
    return [check_paper(paper) for paper in papers]


def _check_count(count: int) -> None:
    if count > MAX_PAPERS:
        raise BadPaper(_("You sent %(count)d files; the limit is %(limit)d.") % {"count": count, "limit": MAX_PAPERS})


@contextmanager
def stored(papers: Sequence[UploadedPaper], *, folder: str) -> Iterator[list[StoredPaper]]:
    """Checked papers, written to the private storage before the transaction; removed again when the body fails.

    Pictures lose what the camera wrote into them: place, time, device.
    """
    kinds = check_papers(papers)
    papers = [_without_metadata(paper, kind) for paper, kind in zip(papers, kinds, strict=True)]
    types = ["image/jpeg" if kind.startswith("image/") else kind for kind in kinds]
    storage = private_storage()
    kept: list[StoredPaper] = []
    try:
        for paper, content_type in zip(papers, types, strict=True):
            path = f"{folder}/{timezone.now():%Y/%m}/{secrets.token_urlsafe(24)}.{_SUFFIXES[content_type]}"
            saved = storage.save(path, ContentFile(paper.data))
            kept.append(StoredPaper(paper.name[:NAME_LENGTH], saved, content_type, len(paper.data)))
        yield kept
    except BaseException:
        for paper_kept in kept:
            storage.delete(paper_kept.path)
        raise


def _without_metadata(paper: UploadedPaper, content_type: str) -> UploadedPaper:
    """A picture as a plain JPEG; a PDF as it is."""
    if not content_type.startswith("image/"):
        return paper
    target = io.BytesIO()
    image = decode(open_photo(paper.data), least=KEPT_PIXELS, most=KEPT_PIXELS)
    image.save(target, "JPEG", quality=88)
    return UploadedPaper(paper.name, target.getvalue())


def content_type_of(path: str) -> str:
    """The content type of a stored paper, from the suffix that it was stored with."""
    suffix = path.rsplit(".", 1)[-1]
    return next((kind for kind, known in _SUFFIXES.items() if known == suffix), "application/octet-stream")
