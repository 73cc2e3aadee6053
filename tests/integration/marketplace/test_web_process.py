"""Gunicorn as production starts it: JSON logs without secrets, numbers of all processes, an end that loses nothing."""

import http.client
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests import migrated
from tests.integration.marketplace.web_urls import SECRETS
from tools import sizes
from tools.services import accepts, spare_port

pytestmark = pytest.mark.slow
RESET_KEY = "MQ-c0ffee-0123456789abcdef"


class Web:
    """A running gunicorn and what it has said."""

    def __init__(self, folder: Path) -> None:
        self.port, self.log = spare_port(), folder / "log"
        given = {
            "DJANGO_SETTINGS_MODULE": "tests.integration.marketplace.web_settings",
            "SECRET_KEY": "k" * 50,
            "ORDER_NUMBER_KEY": "k" * 16,
            "SITE_URL": "https://shop.example",
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_URL": f"sqlite:///{folder}/shop.sqlite3",
            "SECURE_SSL_REDIRECT": "false",
            "WEB_CONCURRENCY": "2",
            "TMPDIR": str(folder),
        }
        with self.log.open("wb") as log:
            command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--max-requests", "5"]
            self.process = subprocess.Popen(command, cwd=sizes.ROOT, env=os.environ | given, stdout=log, stderr=log)
        until = time.monotonic() + 60
        while time.monotonic() < until and not self._answers():
            time.sleep(0.2)

    def _answers(self) -> bool:
        try:
            return accepts(self.port) and self.get("/healthz")[0] == 200
        except OSError:
            return False

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, dict[str, str], str]:
        """Status, headers and text of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
        """As `ask`."""
        return self.ask("GET", path, **headers)

    def lines(self) -> list[dict[str, Any]]:
        """The log, each line of which must be JSON."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Web]:
    """A gunicorn with a database of its own; it is ended afterwards."""
    shutil.copy(migrated.sqlite_file(), tmp_path / "shop.sqlite3")
    web = Web(tmp_path)
    yield web
    web.process.kill()
    web.process.wait()


def test_the_log_is_json_and_keeps_no_secret(shop: Web) -> None:
    status, headers, page = shop.get("/broken", Cookie=f"sessionid={SECRETS[3]}", Authorization=f"Bearer {SECRETS[4]}")
    shop.get(f"/tai-khoan/password/reset/key/{RESET_KEY}/")
    shop.get("/khong-co/?q=chi.hoa@example.test")
    shop.ask("POST", "/tai-khoan/login/", f"login={SECRETS[0]}&password={SECRETS[2]}")
    reference = headers["x-request-id"]
    assert status == 500
    assert f"{reference}." in page

    text = shop.log.read_text()
    assert [word for word in (*SECRETS, RESET_KEY) if word in text] == []
    about = [line for line in shop.lines() if line.get("request_id") == reference]
    assert [line["message"] for line in about] == [
        f"error page {reference} for GET /broken",
        "Internal Server Error: /broken",
        "GET broken 500",
    ]
    assert "RuntimeError: [hidden] [hidden] password=[hidden]" in about[1]["exc_info"]
    requests = [(line["view"], line["status"]) for line in shop.lines() if line["logger"] == "marketplace.request"]
    assert requests == [
        ("broken", 500),
        ("account_reset_password_from_key", 200),
        ("none", 404),
        ("account_login", 403),
    ]


def test_the_numbers_are_those_of_all_processes_also_of_those_that_have_gone(shop: Web) -> None:
    before = _count(shop)
    for _ in range(40):  # each process ends after five
        while True:
            try:
                assert shop.get("/robots.txt")[0] == 200
            except OSError:
                continue  # its process was just ending
            break
    assert _count(shop) - before >= 40
    folders = list(shop.log.parent.glob("shop-metrics-*"))
    assert len(folders) == 1
    assert len(list(folders[0].glob("counter_*.db"))) <= 3
    shop.process.send_signal(signal.SIGTERM)
    assert shop.process.wait(30) == 0
    assert list(shop.log.parent.glob("shop-metrics-*")) == []


def _count(shop: Web) -> float:
    text = shop.get("/metrics")[2]
    found = re.search(r'^shop_requests_total\{method="GET",status="200",view="robots"\} (\S+)$', text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_a_request_in_hand_is_answered_before_the_end(shop: Web) -> None:
    answers: list[tuple[int, dict[str, str], str]] = []
    reader = threading.Thread(target=lambda: answers.append(shop.get("/slow")))
    reader.start()
    time.sleep(1)
    shop.process.send_signal(signal.SIGTERM)
    assert shop.process.wait(30) == 0
    reader.join(10)
    assert [(status, text) for status, _, text in answers] == [(200, "ended")]


def test_what_was_searched_for_is_written_before_the_end(shop: Web) -> None:
    phone = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
    assert [shop.get("/tim-kiem/?q=mat+ong", User_Agent=phone)[0] for _ in range(4)] == [200] * 4
    shop.process.send_signal(signal.SIGTERM)
    assert shop.process.wait(30) == 0
    # Each process counts one search for strangers of the same half second.
    with closing(sqlite3.connect(shop.log.parent / "shop.sqlite3")) as database:
        found = list(database.execute("SELECT folded, times >= 1 FROM search_asked"))
    assert found == [("mat ong", 1)]
