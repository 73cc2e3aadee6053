"""Papers that vendors upload: judged by their content, kept in the private storage under random names."""

import io
import secrets
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from PIL import Image

from apps.accounts.private_files import private_storage
from apps.kernel.errors import DomainError

MEGABYTE: Final = 1_000_000
MAX_BYTES: Final = 10 * MEGABYTE
MAX_PAPERS: Final = 6

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
    if not paper.data:
        raise BadPaper(_("“%(name)s” is empty. Choose the file again.") % {"name": name})
    if len(paper.data) > MAX_BYTES:
        size = number_format(len(paper.data) / MEGABYTE, 1)
        raise BadPaper(
            _("“%(name)s” has %(size)s MB; the limit is %(limit)d MB. Choose a smaller file.")
            % {"name": name, "size": size, "limit": MAX_BYTES // MEGABYTE}
        )
    if paper.data.startswith(b"%PDF-"):
        return "application/pdf"
    found = _image_type(paper.data)
    if found is None:
        raise BadPaper(
            _("“%(name)s” is not a PDF, JPEG, PNG or WebP file. Take a photo of the paper or scan it to PDF.")
            % {"name": name}
        )
    return found


def check_papers(papers: Sequence[UploadedPaper]) -> list[str]:
    """The content types of several papers; raises BadPaper for the first bad one or when there are too many."""
    if len(papers) > MAX_PAPERS:
        raise BadPaper(
            _("You sent %(count)d files; the limit is %(limit)d.") % {"count": len(papers), "limit": MAX_PAPERS}
        )
    return [check_paper(paper) for paper in papers]


@contextmanager
def stored(papers: Sequence[UploadedPaper], *, folder: str) -> Iterator[list[StoredPaper]]:
    """Checked papers, written to the private storage before the transaction; removed again when the body fails."""
    types = check_papers(papers)
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


def _image_type(data: bytes) -> str | None:
    """The type of a picture that can be decoded to its end, or nothing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=tuple(_IMAGE_TYPES))
            image.load()
    except (OSError, SyntaxError, ValueError, Warning, Image.DecompressionBombError):
        return None
    return _IMAGE_TYPES.get(image.format or "")


def content_type_of(path: str) -> str:
    """The content type of a stored paper, from the suffix that it was stored with."""
    suffix = path.rsplit(".", 1)[-1]
    return next((kind for kind, known in _SUFFIXES.items() if known == suffix), "application/octet-stream")
