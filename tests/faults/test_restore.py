"""The restore drill: a backup made while others write brings back exactly what it has counted."""

import json
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from apps.backup import services
from apps.backup.errors import BackupError
from tests.faults.browser import Browser
from tests.faults.shop import Shop, eventually

pytestmark = [pytest.mark.service, pytest.mark.slow]


def _backup(shop: Shop) -> Path:
    shop.manage("backup", "--to", str(shop.folder / "backups"))
    (made,) = (shop.folder / "backups").iterdir()
    return made


def _wipe(shop: Shop) -> None:
    """The machine is gone: no database, no files."""
    for name in ("media", "private"):
        shutil.rmtree(shop.folder / name)
    if shop.cluster is None:
        for path in shop.folder.glob("shop.sqlite3*"):
            path.unlink()
        return
    shop.cluster.execute(f"DROP DATABASE {shop.folder.name} WITH (FORCE)")
    shop.cluster.execute(f"CREATE DATABASE {shop.folder.name}")


def _manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    return found


def test_a_backup_under_writes_brings_everything_back(shop: Shop) -> None:
    shop.web()
    stop, placed = threading.Event(), []

    def shoppers() -> None:
        while not stop.is_set():
            browser = Browser(shop.port)
            placed.append(browser.submit(browser.filled_in(*shop.facts["products"])).status_code)

    writers = [threading.Thread(target=shoppers) for _ in range(2)]
    for writer in writers:
        writer.start()
    eventually(lambda: len(placed) >= 2, "the first orders")
    before = len(placed)
    folder = _backup(shop)
    during = len(placed) - before
    stop.set()
    for writer in writers:
        writer.join()
    shop.stop()
    assert set(placed) == {302}
    assert during > 0, "nobody wrote during the backup"
    _wipe(shop)

    said = shop.manage("restore", str(folder)).stdout
    assert said.startswith("Restored, and equal to the backup")
    again = _backup_again(shop)
    first = _manifest(folder)
    assert again["tables"] == first["tables"]
    assert again["files"] == first["files"]
    assert first["missing"] == []
    assert len(first["files"]["default"]) > 0
    assert len(first["files"]["private"]) > 0
    orders = first["tables"]["order_order"]["rows"]
    assert len(shop.facts["numbers"]) < orders <= len(shop.facts["numbers"]) + len(placed)
    assert first["tables"]["payments_payment"]["rows"] == orders
    shop.web()
    page = Browser(shop.port).visit("/")
    assert (page.status_code, "Chả mực" in page.text) == (200, True)


def _backup_again(shop: Shop) -> dict[str, Any]:
    shop.manage("backup", "--to", str(shop.folder / "second"))
    (made,) = (shop.folder / "second").iterdir()
    return _manifest(made)


def test_what_is_there_is_lost_only_when_told(shop: Shop) -> None:
    later = shop.folder / "media" / "later.jpg"
    folder = _backup(shop)
    later.write_bytes(b"newer than the backup")
    refused = shop.manage("restore", str(folder), check=False)
    assert (refused.returncode, "This shop is not empty" in refused.stderr) == (1, True)
    assert later.exists()
    assert "equal to the backup" in shop.manage("restore", str(folder), "--yes").stdout
    assert not later.exists()
    _damage(folder, "truncated database")
    refused = shop.manage("restore", str(folder), "--yes", check=False)
    assert (refused.returncode, "The backup is damaged" in refused.stderr) == (1, True)
    assert _backup_again(shop)["tables"] == _manifest(folder)["tables"]


def _damage(folder: Path, what: str) -> None:
    (database,) = folder.glob("database.*")
    picture = next(path for path in (folder / "files" / "default").rglob("*") if path.is_file())
    manifest = folder / "manifest.json"
    if what == "truncated database":
        database.write_bytes(database.read_bytes()[:-100])
    elif what == "one bit of a picture":
        data = bytearray(picture.read_bytes())
        data[len(data) // 2] ^= 1
        picture.write_bytes(data)
    elif what == "picture gone":
        picture.unlink()
    elif what == "half a manifest":
        manifest.write_text(manifest.read_text()[:500])
    elif what == "edited manifest":
        manifest.write_text(manifest.read_text().replace('"rows": 3', '"rows": 4', 1))
    elif what == "no manifest":
        manifest.unlink()
    else:
        manifest.write_text('{"name": "something else"}')


DAMAGES = {
    "truncated database": "has changed",
    "one bit of a picture": "has changed",
    "picture gone": "is missing",
    "half a manifest": "cannot be read",
    "edited manifest": "its checksum does not fit",
    "no manifest": "is no backup",
    "foreign": "is no manifest of this shop's backups",
}


@pytest.mark.parametrize("name", ["on_sqlite", "on_postgres"])
def test_damaged_and_foreign_backups_are_refused(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    shop: Shop = request.getfixturevalue(name)
    shop.manage("backup", "--to", str(tmp_path))
    (whole,) = tmp_path.iterdir()
    services.check(whole)
    for number, (what, words) in enumerate(DAMAGES.items()):
        folder = tmp_path / f"damaged{number}"
        shutil.copytree(whole, folder)
        _damage(folder, what)
        with pytest.raises(BackupError, match=words):
            services.check(folder)


def test_a_backup_of_another_database_version_or_key_is_refused(sqlite_shop: Shop, postgres_shop: Shop) -> None:
    folder = _backup(sqlite_shop)
    refused = postgres_shop.manage("restore", str(folder), "--yes", check=False)
    assert "The backup is of sqlite, this shop's database is postgresql." in refused.stderr
    sqlite_shop.extra["ORDER_NUMBER_KEY"] = "another key, long enough to be one"
    refused = sqlite_shop.manage("restore", str(folder), "--yes", check=False)
    assert "ORDER_NUMBER_KEY is not that of the backup" in refused.stderr
    assert "equal" in sqlite_shop.manage("restore", str(folder), "--yes", "--lost-key").stdout
    with closing(sqlite3.connect(sqlite_shop.folder / "shop.sqlite3")) as database, database:
        database.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('jobs', '0999_later', '2030-1-1')")
    sqlite_shop.manage("backup", "--to", str(sqlite_shop.folder / "later"))
    (newer,) = (sqlite_shop.folder / "later").iterdir()
    refused = sqlite_shop.manage("restore", str(newer), "--yes", "--lost-key", check=False)
    assert "made by another version of the shop; unknown here: jobs.0999_later" in refused.stderr


def test_a_backup_that_cannot_be_finished_leaves_nothing_that_looks_like_one(sqlite_shop: Shop) -> None:
    target = sqlite_shop.folder / "file"
    target.write_text("not a folder")
    refused = sqlite_shop.manage("backup", "--to", str(target), check=False)
    assert (refused.returncode, "could not be written" in refused.stderr) == (1, True)
    assert target.read_text() == "not a folder"
