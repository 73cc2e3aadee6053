"""The disk is full, on a volume of a few megabytes: uploads are refused with words, orders go on where they can."""

import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.faults.browser import Browser
from tests.faults.index import STATES, WAITING, at_rest, bump, caught_up, is_right, reading
from tests.faults.rows import ask, count, orders
from tests.faults.shop import Shop, eventually
from tests.faults.test_database import WORDS
from tools.bench.browser import hidden_fields

pytestmark = [pytest.mark.service, pytest.mark.slow]


@pytest.fixture
def volume(folders: Iterator[Path]) -> Iterator[Path]:
    """A file system of 4 MB."""
    folder = next(folders)
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("nobody may mount a small file system here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def _fill(folder: Path) -> Path:
    """Take all room there is."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(os.urandom(4096))
        except OSError:
            return filler


def _photo() -> bytes:
    """A picture that does not get small: noise."""
    target = io.BytesIO()
    Image.frombytes("RGB", (500, 500), os.urandom(750_000)).save(target, "JPEG", quality=95)
    return target.getvalue()


def _upload(browser: Browser, shop: Shop, photo: bytes) -> str:
    page = browser.visit(f"/ban-hang/san-pham/{shop.facts['draft']}/")
    form = hidden_fields(page.text)
    sent = browser.visit(
        f"/ban-hang/san-pham/{shop.facts['draft']}/anh/", form, files={"pictures": ("anh.jpg", photo, "image/jpeg")}
    )
    assert sent.status_code == 302, sent.text
    return browser.visit(f"/ban-hang/san-pham/{shop.facts['draft']}/").text


def test_no_room_for_pictures(volume: Path, sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    shop.extra["MEDIA_ROOT"] = str(volume)
    shop.web()
    vendor = Browser(shop.port)
    vendor.sign_in(shop.facts["owner"], shop.facts["password"])
    filler, photo = _fill(volume), _photo()
    pictures, before = count(shop, "catalogue_productimage"), orders(shop)
    assert "Hiện hệ thống hết chỗ chứa tệp" in _upload(vendor, shop, photo)
    assert count(shop, "catalogue_productimage") == pictures
    assert [path for path in volume.rglob("*") if path.is_file()] == [filler], "half a file was left"
    shopper = Browser(shop.port)
    assert shopper.submit(shopper.filled_in(*shop.facts["products"])).status_code == 302
    assert orders(shop) == before + 1
    filler.unlink()
    assert "Hiện hệ thống hết chỗ chứa tệp" not in _upload(vendor, shop, photo)
    assert count(shop, "catalogue_productimage") == pictures + 1


def test_no_room_for_the_database(volume: Path, sqlite_shop: Shop) -> None:
    """SQLite needs room even to be read (the index of its log): all pages say to come again, and then all is well."""
    shop = sqlite_shop
    shutil.move(shop.folder / "shop.sqlite3", volume / "shop.sqlite3")
    (shop.folder / "shop.sqlite3").symlink_to(volume / "shop.sqlite3")
    shop.database = f"sqlite:///{volume}/shop.sqlite3"
    shop.web()
    browser = Browser(shop.port)
    form = browser.filled_in(*shop.facts["products"])
    before, filler = orders(shop), _fill(volume)
    for _ in range(20):  # the last free pages of the log may hold an order or two
        answer = browser.submit(form)
        if answer.status_code != 302:
            break
        form, before = browser.filled_in(*shop.facts["products"]), orders(shop)
    assert (answer.status_code, WORDS[""] in answer.text) == (503, True), answer.text
    filler.unlink()
    assert browser.submit(form).status_code == 302
    assert orders(shop) == before + 1
    assert ask(shop, "PRAGMA integrity_check") == [("ok",)]


def test_no_room_for_the_index(volume: Path, sqlite_shop: Shop) -> None:
    """Of a batch and of a new index: searches go on with the one that is there, changes wait, nobody has to help."""
    shop = sqlite_shop
    shop.extra["SEARCH_ROOT"] = str(volume)
    products = shop.call("index:fill", 10)
    at_rest(shop)
    shop.web()
    reader, filler = reading(shop, products), _fill(volume)
    shop.worker()
    bump(shop)
    eventually(lambda: NO_ROOM.search(shop.log()), "the log says what is wrong")
    assert ask(shop, WAITING) == ask(shop, "SELECT count(*) FROM partner_stockrecord")
    assert "No space left" in shop.manage("search", "rebuild", check=False).stderr
    assert dict(ask(shop, STATES))["live"] == 1
    filler.unlink()
    caught_up(shop, 60)
    reader.end()
    is_right(shop)
    at_rest(shop)


NO_ROOM = re.compile("search.follow: the index cannot be written: .*No space left")
