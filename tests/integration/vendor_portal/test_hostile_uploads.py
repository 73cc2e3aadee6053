"""Hostile files at every place that takes files: refused in clear words, and nothing of them is kept."""

import io
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache as counts
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from PIL import Image

from apps.provenance.models import Certificate
from apps.shop.catalogue.models import ProductImage
from apps.vendors.models import VendorPaper
from tests.factories import shop
from tests.factories.hostile import HTML, NO_FILE_FOR_US, ODD_BUT_FINE, PLAIN_PDF, SECRET_PLACE, File
from tests.factories.people import make_user
from tests.factories.places import make_commune
from tests.integration.access.table import APPLICATION, CLAIM
from tests.integration.access.world import undone
from tools import sizes

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
made = cache(lambda file: file.make())
EDGE = "0123456789abcdef"


class Place:
    """Somewhere in the portal where files are sent, with the form that would work."""

    def __init__(self, kind: str) -> None:
        self.client, owner = Client(), make_user()
        self.kind, self.field = kind, {"paper": "papers", "scan": "scan"}.get(kind, "pictures")
        listing = None if kind == "paper" else shop.draft(shop.vendor(owner))
        commune = make_commune()
        category = listing.product.categories.get().pk if listing else None
        self.client.force_login(owner)
        names: dict[str, tuple[str, dict[str, Any]]] = {
            "paper": ("apply", {**APPLICATION, "province": commune.province_id, "commune": commune.code}),
            "scan": ("certificate", CLAIM),
            "picture": ("pictures", {}),
            "first picture": ("listing_new", {"title": "Mật ong", "category": category}),
        }
        self.view, self.form = names[kind]
        self.pk = [listing.pk] if listing and self.view != "listing_new" else []

    def send(self, file: File, language: str = "vi") -> HttpResponseBase:
        """Send the form with this file."""
        counts.clear()
        with override(language):
            path = reverse(f"vendor_portal:{self.view}", args=self.pk)
        form = {name: value for name, value in self.form.items() if name != self.field}
        return self.client.generic(
            "POST", path, multipart(form, self.field, file), f"multipart/form-data; boundary={EDGE}"
        )


def multipart(form: dict[str, Any], field: str, file: File) -> bytes:
    """The body as a browser makes it, with the file's name as it is: Django's test client takes away what leads out."""
    parts = [f'form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in form.items()]
    name = file.name.replace("\\", "\\\\")
    parts.append(f'form-data; name="{field}"; filename="{name}"\r\n\r\n'.encode() + made(file) + b"\r\n")
    edge = f"--{EDGE}\r\nContent-Disposition: ".encode()
    return b"".join(edge + part for part in parts) + f"--{EDGE}--\r\n".encode()


def everything() -> tuple[dict[str, int], set[Path]]:
    """How many rows each table has, but for that of sessions, and which files there are."""
    roots = (settings.MEDIA_ROOT, settings.PRIVATE_ROOT)
    files = {path for root in roots for path in Path(root).rglob("*") if path.is_file()}
    tables = set(connection.introspection.table_names()) - {"django_session"}
    models = [model for model in apps.get_models() if model._meta.db_table in tables]
    return {model._meta.label: model._default_manager.count() for model in models}, files


KINDS = ("paper", "scan", "picture", "first picture")


def test_the_table_is_long_enough() -> None:
    assert len(NO_FILE_FOR_US) + len(ODD_BUT_FINE) >= 60
    assert len({file.id for file in [*NO_FILE_FOR_US, *ODD_BUT_FINE]}) == len([*NO_FILE_FOR_US, *ODD_BUT_FINE])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("half", [0, 1])
def test_a_hostile_file_is_refused_and_leaves_nothing(kind: str, half: int) -> None:
    place = Place(kind)
    before = everything()
    faults = []
    for number, file in enumerate([*NO_FILE_FOR_US, *([PLAIN_PDF] if "picture" in kind else [])]):
        if number % 2 != half:
            continue
        language = ("vi", "en")[number // 2 % 2]
        answer = place.send(file, language)
        page = answer.content.decode()
        said = re.search(r'<html lang="(\w+)"', page)
        shown = re.search(r'(?s)class="(?:error|field-error)[^"]*"[^>]*>(.*?)</', page)
        if not (400 <= answer.status_code < 500 and said and said[1] == language and shown and shown[1].strip()):
            faults.append((file.id, answer.status_code, said and said[1], bool(shown)))
        if everything() != before:
            faults.append((file.id, "kept something"))
            before = everything()
    assert faults == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_odd_but_fine_is_taken_and_cleaned(kind: str) -> None:
    faults = []
    for file in ODD_BUT_FINE:
        with undone():
            faults += [(file.id, fault) for fault in _faults(kind, file)]
    assert faults == []


def _faults(kind: str, file: File) -> Iterator[object]:
    answer = Place(kind).send(file)
    if answer.status_code != 302:
        yield answer.status_code
        return
    path, name, data = KEPT_BY[kind]()
    image = Image.open(io.BytesIO(data))
    clean = (image.format, dict(image.getexif()), image.info.get("icc_profile"), image.info.get("comment"))
    if clean != ("JPEG", {}, None, None) or any(word in data for word in (HTML, SECRET_PLACE, b"PK\x03\x04")):
        yield "not cleaned"
    if not re.fullmatch(r"(papers|certificates|products)/[\w/-]+\.jpg", path):
        yield path
    if any(sign in name for sign in "/\\\u202e\u0309"):
        yield name


def _paper() -> tuple[str, str, bytes]:
    paper = VendorPaper.objects.latest("pk")
    return paper.file.name, paper.name, paper.file.read()


def _scan() -> tuple[str, str, bytes]:
    scan = Certificate.objects.latest("pk").scan
    return scan.name, "", scan.read()


def _picture() -> tuple[str, str, bytes]:
    original = ProductImage.objects.latest("pk").original
    return original.name, "", original.read()


KEPT_BY: dict[str, Callable[[], tuple[str, str, bytes]]] = {
    "paper": _paper,
    "scan": _scan,
    "picture": _picture,
    "first picture": _picture,
}

MEASURE = """
import re, sys, time, django
from pathlib import Path
django.setup()
from apps.kernel.errors import DomainError
from apps.listings.imaging import read_upload
from apps.vendors.papers import UploadedPaper, check_paper
slowest, files = 0.0, sorted(Path(sys.argv[1]).iterdir())
def most():
    return int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024
begun = most()
for path in files:
    data = path.read_bytes()
    for read in (read_upload, lambda data: check_paper(UploadedPaper("a", data))):
        start = time.monotonic()
        try:
            read(data)
        except DomainError:
            pass
        slowest = max(slowest, time.monotonic() - start)
print(begun, most() - begun, round(slowest, 2), len(files))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_no_file_takes_much_memory_or_time(tmp_path: Path) -> None:
    for number, file in enumerate([*NO_FILE_FOR_US, *ODD_BUT_FINE]):
        (tmp_path / f"{number:03d}").write_bytes(made(file))
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tmp_path)], capture_output=True, check=True, cwd=sizes.ROOT, text=True
    )
    _begun, taken, slowest, count = done.stdout.split()
    assert int(count) == len(NO_FILE_FOR_US) + len(ODD_BUT_FINE)
    assert int(taken) < 256
    assert float(slowest) < 10


def test_what_is_longer_than_all_files_together_is_not_even_read(client: Client) -> None:
    answer = client.post(
        "/gio-hang/ma-giam/", {"code": "x"}, headers={"Content-Length": str(settings.BODY_MAX_BYTES + 1)}
    )
    assert (answer.status_code, "Gửi quá nhiều" in answer.content.decode()) == (413, True)
