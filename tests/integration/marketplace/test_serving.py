"""`python -m tools.serve` as `make run` starts it: on another port, with a worker that comes back, until SIGTERM."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest

from tools import sizes

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are read from /proc")


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _eventually(found: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + 180
    while not found():
        assert time.monotonic() < until, what
        time.sleep(0.2)


def _answers(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.slow
def test_it_serves_on_its_port_and_ends_when_told(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    given = {
        "DEMO": "false",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DATABASE_URL": f"sqlite:///{tmp_path}/shop.sqlite3",
    }
    rest = {name: value for name, value in os.environ.items() if name not in ("SITE_URL", "DJANGO_SETTINGS_MODULE")}
    log = (tmp_path / "log").open("w")
    shop = subprocess.Popen(
        [sys.executable, "-m", "tools.serve"], cwd=sizes.ROOT, env=rest | given, stdout=log, stderr=log
    )
    text = (tmp_path / "log").read_text
    try:
        _eventually(lambda: "worker ready" in text(), "no worker")
        _eventually(lambda: len(_children(shop.pid)) == 2, "no two children")
        _eventually(lambda: _answers(port), "no answer")
        robots = urlopen(f"http://127.0.0.1:{port}/robots.txt", timeout=20).read().decode()
        assert f"Sitemap: http://127.0.0.1:{port}/sitemap.xml" in robots
        web, worker = _children(shop.pid)
        os.kill(worker, signal.SIGKILL)
        _eventually(lambda: text().count("worker ready") == 2, "the worker did not come back")
        assert _children(shop.pid)[0] == web
    finally:
        shop.send_signal(signal.SIGTERM)
        assert shop.wait(30) == 0
    assert not Path(f"/proc/{web}").exists()
