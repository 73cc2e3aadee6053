"""Files, database, files: whatever the rows of the copy point to is in the backup, uploaded or deleted meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import connection

from apps.backup import files, manifest, services
from apps.backup.errors import BackupError
from apps.backup.manifest import Table

pytestmark = pytest.mark.django_db


class BusyShop:
    """A database whose copy is taken just when one picture was uploaded; another one is deleted right after."""

    FILE = "database.copy"
    rows = ("early.jpg", "late.jpg")

    def __init__(self, media: Path) -> None:
        self.media = media
        (media / "early.jpg").write_bytes(b"early")

    @contextmanager
    def snapshot(self, target: Path) -> Iterator["BusyShop"]:
        (self.media / "late.jpg").write_bytes(b"late")
        target.write_bytes(b"rows")
        (self.media / "early.jpg").unlink()
        yield self

    def tables(self, database: "BusyShop") -> dict[str, Table]:
        return {"catalogue_productimage": Table(2, "")}

    def column(self, database: "BusyShop", table: str, name: str) -> list[str]:
        return [f"{self.media.name}/{row}" for row in self.rows]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BusyShop:
    media = Path(storages["default"].location) / tmp_path.name  # type: ignore[attr-defined]
    media.mkdir(parents=True)
    busy = BusyShop(media)
    monkeypatch.setitem(services._DATABASES, connection.vendor, busy)  # type: ignore[arg-type]
    return busy


def test_nothing_that_a_row_points_to_is_missing(shop: BusyShop, tmp_path: Path) -> None:
    made = manifest.read(services.make(tmp_path))
    kept = {path for path in made.files["default"] if path.startswith(shop.media.name)}
    assert kept == {f"{shop.media.name}/early.jpg", f"{shop.media.name}/late.jpg"}
    assert made.missing == []


@pytest.mark.parametrize(("left_out", "missing"), [(0, "early.jpg"), (1, "late.jpg")])
def test_without_one_of_the_rounds_a_file_is_missing_and_named(
    shop: BusyShop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left_out: int, missing: str
) -> None:
    real, rounds = files.copy, iter(range(2))
    monkeypatch.setattr(files, "copy", lambda target: None if next(rounds) == left_out else real(target))
    assert manifest.read(services.make(tmp_path)).missing == [f"default/{shop.media.name}/{missing}"]


def test_a_path_that_leads_out_of_its_folder_is_refused(shop: BusyShop, tmp_path: Path) -> None:
    made = services.make(tmp_path)
    found = manifest.read(made)
    out = {"default": {"../../etc/passwd": manifest.File(1, "")}}
    manifest.Manifest(**{**{name: getattr(found, name) for name in found.__slots__}, "files": out}).write(made)
    with pytest.raises(BackupError, match="outside its folder"):
        manifest.read(made)
