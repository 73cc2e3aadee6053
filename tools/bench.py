"""Times the main pages of the demo shop, as an anonymous reader gets them from one server process.

    python -m tools.bench [SECONDS]     seconds per page, 3 unless told

Writes var/bench/pages.json and prints the same as a table: `rows` goods linked from the page, `sql` queries of a warm
request, `rps` pages a second, `p50_ms` and `p95_ms` as readers see them, `cpu_ms` processor time of the server a page.
"""

import http.client
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import django

from tools.serve import gunicorn_arguments
from tools.services import spare_port

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "var" / "bench" / "pages.json"
HOST = "127.0.0.1"
READERS = 4
KINDS = {"category": "danh-muc", "province": "tinh", "vendor": "nha-ban", "product": "san-pham"}
FIXED = {"home": "/", "home_en": "/en/", "search": "/tim-kiem/?q=m%E1%BA%AFm", "search_all": "/tim-kiem/"}
Row = dict[str, str | int | float]


def pages() -> dict[str, str]:
    """Name and path of what is timed: fixed pages, and the first page of each kind in the sitemap."""
    from django.test import Client

    client = Client(SERVER_NAME=HOST)
    index = client.get("/sitemap.xml").content.decode()
    sections = [urlsplit(address).path for address in re.findall(r"<loc>([^<]+)</loc>", index)]
    found = [
        urlsplit(address).path
        for section in sections
        for address in re.findall(r"<loc>([^<]+)</loc>", client.get(section).content.decode())
    ]
    first = {
        name: next((path for path in found if re.fullmatch(rf"/{word}/[^/]+/", path)), None)
        for name, word in KINDS.items()
    }
    return FIXED | {name: path for name, path in first.items() if path}


def inside(path: str) -> Row:
    """Rows and queries of a warm request, counted in this process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME=HOST)
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")
    goods = set(re.findall(r'href="(?:/en)?(/san-pham/[^"#?]+)"', answer.content.decode()))
    return {"rows": len(goods), "sql": len(queries)}


def read_for(seconds: float, port: int, path: str) -> list[float]:
    """One reader's waiting times in milliseconds, over one kept connection."""
    link = http.client.HTTPConnection(HOST, port, timeout=30)
    taken: list[float] = []
    deadline = time.perf_counter() + seconds
    while time.perf_counter() < deadline:
        begun = time.perf_counter()
        link.request("GET", path)
        answer = link.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
        taken.append((time.perf_counter() - begun) * 1000)
    link.close()
    return taken


def cpu_seconds(pid: int) -> float:
    """Processor time used so far by a process and the children it has now; 0 where /proc is missing."""
    total = 0.0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(") ", 1)[1].split()
        except FileNotFoundError:
            continue
        if pid in (int(path.parent.name), int(fields[1])):
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def outside(path: str, server: int, port: int, seconds: float) -> Row:
    """What readers see of a page over HTTP."""
    read_for(0.3, port, path)
    before, begun = cpu_seconds(server), time.perf_counter()
    with ThreadPoolExecutor(READERS) as readers:
        jobs = [readers.submit(read_for, seconds, port, path) for _ in range(READERS)]
        taken = [one for job in jobs for one in job.result()]
    spent, cpu = time.perf_counter() - begun, cpu_seconds(server) - before
    steps = statistics.quantiles(taken, n=20, method="inclusive")
    return {
        "rps": round(len(taken) / spent, 1),
        "p50_ms": round(steps[9], 1),
        "p95_ms": round(steps[18], 1),
        "cpu_ms": round(cpu * 1000 / len(taken), 1),
    }


def wait_until_up(port: int) -> None:
    """Until the server listens; gives up after 20 s."""
    for _ in range(100):
        try:
            socket.create_connection((HOST, port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the server did not start")


def table(rows: list[Row]) -> str:
    """The results as text."""
    names = list(rows[0])
    lines = [[str(row[name]) for name in names] for row in rows]
    widths = [max(len(line[i]) for line in [names, *lines]) for i in range(len(names))]
    return "\n".join(
        "  ".join(word.rjust(width) for word, width in zip(line, widths, strict=True)) for line in [names, *lines]
    )


def main(arguments: list[str]) -> int:
    """Time every page and write the results."""
    seconds = float(arguments[0]) if arguments else 3.0
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.embedded")
    django.setup()
    found = pages()
    port = spare_port()
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", *gunicorn_arguments(f"{HOST}:{port}")], cwd=ROOT)
    try:
        wait_until_up(port)
        rows: list[Row] = [
            {"name": name, **inside(path), **outside(path, server.pid, port, seconds)} for name, path in found.items()
        ]
    finally:
        server.terminate()
        server.wait()
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    print(f"one server process, {READERS} readers at once, {seconds:g} s per page\n{table(rows)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
