"""A file that could not be written whole is not there at all."""

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from marketplace.files import DiskFull, WholeFileStorage


class Cut(ContentFile):  # type: ignore[type-arg]
    """Half of it can be read, then the disk is full."""

    def __init__(self, error: int) -> None:
        super().__init__(b"half")
        self.error = error

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield b"half"
        raise OSError(self.error, "cut")


def test_a_whole_file_is_there_under_its_name(tmp_path: Path) -> None:
    storage = WholeFileStorage(location=tmp_path)
    assert storage.save("a/b.jpg", ContentFile(b"whole")) == "a/b.jpg"
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["b.jpg"]
    assert (tmp_path / "a" / "b.jpg").read_bytes() == b"whole"


@pytest.mark.parametrize(("error", "kind"), [(errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull), (errno.EIO, OSError)])
def test_half_a_file_is_not(tmp_path: Path, error: int, kind: type[Exception]) -> None:
    storage = WholeFileStorage(location=tmp_path)
    with pytest.raises(kind):
        storage.save("a/b.jpg", Cut(error))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert not storage.exists("a/b.jpg")
