"""Several visitors at once against one server: how many a second, how long they wait, what it costs the server."""

import os
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.bench.browser import Browser

VISITORS = 4
WARM_UP_SECONDS = 1.0
Figures = dict[str, float]
Step = Callable[[Browser], object]


def measure(step: Step, browsers: list[Browser], server: int, seconds: float) -> Figures:
    """Every visitor repeats the step for so many seconds; `cpu_ms` is processor time of the web processes a step."""
    with ThreadPoolExecutor(len(browsers)) as visitors:
        list(visitors.map(lambda browser: _repeat(step, browser, WARM_UP_SECONDS), browsers))
        before, begun = cpu_seconds(server), time.perf_counter()
        taken = [
            one for many in visitors.map(lambda browser: _repeat(step, browser, seconds), browsers) for one in many
        ]
        spent, cpu = time.perf_counter() - begun, cpu_seconds(server) - before
    cuts = statistics.quantiles(taken, n=20, method="inclusive")
    return {
        "rps": round(len(taken) / spent, 1),
        "p50_ms": round(cuts[9], 1),
        "p95_ms": round(cuts[18], 1),
        "cpu_ms": round(cpu * 1000 / len(taken), 1),
    }


def _repeat(step: Step, browser: Browser, seconds: float) -> list[float]:
    """How many milliseconds each step took."""
    taken: list[float] = []
    deadline = time.perf_counter() + seconds
    while time.perf_counter() < deadline or len(taken) < 2:
        begun = time.perf_counter()
        step(browser)
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def _family(pid: int) -> list[tuple[int, list[str]]]:
    """A process and its children with the fields of /proc/PID/stat behind the name."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(") ", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if pid in (int(path.parent.name), int(fields[1])):
            found.append((int(path.parent.name), fields))
    return found


def cpu_seconds(pid: int) -> float:
    """Processor time used so far by a process and its children."""
    ticks = sum(int(fields[11]) + int(fields[12]) for _pid, fields in _family(pid))
    return ticks / os.sysconf("SC_CLK_TCK")


def worker_memory(pid: int) -> Figures:
    """Megabytes of the child of a process that has most memory of its own: in all, its own, and pages of files.

    Pages of files, as those of an index, the kernel takes back when it needs room, and all processes share them.
    """
    children = [_megabytes(child) for child, _fields in _family(pid) if child != pid]
    largest = max(children, key=lambda status: status["RssAnon"])
    return {"mb": largest["VmRSS"], "own_mb": largest["RssAnon"], "file_mb": largest["RssFile"]}


def _megabytes(pid: int) -> Figures:
    """The sizes in /proc/PID/status, which are kibibytes there."""
    lines = (line.split() for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.endswith(" kB"))
    return {name.rstrip(":"): round(int(size) * 1024 / 1_000_000, 1) for name, size, _unit in lines}
