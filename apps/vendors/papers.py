"""Papers that vendors upload: judged by their content, kept in the private storage under random names."""

import io
import secrets
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
from apps.vendors.photos import DamagedPhoto, NotAPhoto, TooManyPixels, check_whole, decode, format_of, open_photo

MEGABYTE: Final = 1_000_000
MAX_BYTES: Final = 10 * MEGABYTE
MAX_PAPERS: Final = 6
# Sides of a scan that becomes public, in pixels: small print stays legible.
PUBLIC_PIXELS: Final = 3000

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
        return "application/pdf"
    try:
        image = open_photo(paper.data)
        check_whole(image)
    except TooManyPixels as problem:
        raise BadPaper(
            _("“%(name)s” has more than %(limit)d megapixels. Choose a smaller picture, or scan it to PDF.")
            % {"name": name, "limit": problem.limit // 1_000_000}
        ) from problem
    except (NotAPhoto, DamagedPhoto) as problem:
        raise BadPaper(
            _("“%(name)s” is not a PDF, JPEG, PNG or WebP file. Take a photo of the paper or scan it to PDF.")
            % {"name": name}
        ) from problem
    return _IMAGE_TYPES[format_of(image)]


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
        check_size(file.name or "", file.size)
    return [UploadedPaper(file.name or "", file.read()) for file in files]


def check_papers(papers: Sequence[UploadedPaper]) -> list[str]:
    """The content types of several papers; raises BadPaper for the first bad one or when there are too many."""
    _check_count(len(papers))
    return [check_paper(paper) for paper in papers]


def _check_count(count: int) -> None:
    if count > MAX_PAPERS:
        raise BadPaper(_("You sent %(count)d files; the limit is %(limit)d.") % {"count": count, "limit": MAX_PAPERS})


@contextmanager
def stored(papers: Sequence[UploadedPaper], *, folder: str, public: bool = False) -> Iterator[list[StoredPaper]]:
    """Checked papers, written to the private storage before the transaction; removed again when the body fails.

    Pictures that everybody may see later (`public`) lose what the camera wrote into them: place, time, device.
    """
    types = check_papers(papers)
    if public:
        papers = [_without_metadata(paper, kind) for paper, kind in zip(papers, types, strict=True)]
        types = ["image/jpeg" if kind.startswith("image/") else kind for kind in types]
    storage = private_storage()
    kept: list[StoredPaper] = []
    try:
        for paper, content_type in zip(papers, types, strict=True):
            path = f"{folder}/{timezone.now():%Y/%m}/{secrets.token_urlsafe(24)}.{_SUFFIXES[content_type]}"
            saved = storage.save(path, ContentFile(paper.data))
            kept.append(StoredPaper(paper.name[:160], saved, content_type, len(paper.data)))
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
    image = decode(open_photo(paper.data), least=PUBLIC_PIXELS, most=PUBLIC_PIXELS)
    image.save(target, "JPEG", quality=88)
    return UploadedPaper(paper.name, target.getvalue())


def content_type_of(path: str) -> str:
    """The content type of a stored paper, from the suffix that it was stored with."""
    suffix = path.rsplit(".", 1)[-1]
    return next((kind for kind, known in _SUFFIXES.items() if known == suffix), "application/octet-stream")
