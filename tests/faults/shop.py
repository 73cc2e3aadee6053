"""A shop of its own, as an operator would run it: database, folders, environment and real processes."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.cluster import Cluster
from tests.faults.launcher import Launcher
from tools.serve import gunicorn_arguments
from tools.services import spare_port

ROOT = Path(__file__).resolve().parents[2]
GONE_SECONDS = 5
_OURS = (
    "DATABASE_URL",
    "REDIS_URL",
    "EMAIL_URL",
    "SITE_URL",
    "DJANGO_SETTINGS_MODULE",
    "MEDIA_ROOT",
    "PRIVATE_ROOT",
    "SEARCH_ROOT",
)


def eventually(found: Callable[[], Any], what: str, seconds: float = 30) -> float:
    """Wait until something is true; returns after how many seconds it was."""
    begun = time.monotonic()
    while not found():
        assert time.monotonic() - begun < seconds, f"{what}: not within {seconds} s"
        time.sleep(0.05)
    return time.monotonic() - begun


@dataclass
class Shop:
    """One installation; `database` is its address, `extra` what else stands in its environment."""

    folder: Path
    database: str
    cluster: Cluster | None = None
    extra: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    port: int = field(default_factory=spare_port)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _launcher: Launcher | None = None

    @classmethod
    def new(cls, folder: Path, cluster: Cluster | None) -> "Shop":
        """An empty one: in a file, or in a new database of the server."""
        folder.mkdir()
        if cluster is None:
            return cls(folder, f"sqlite:///{folder}/shop.sqlite3")
        cluster.execute(f"CREATE DATABASE {folder.name}")
        return cls(folder, cluster.url(folder.name), cluster)

    def copy(self, folder: Path) -> "Shop":
        """Another shop with the same rows and files."""
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("log"))
        if self.cluster is None:
            return Shop(folder, f"sqlite:///{folder}/shop.sqlite3", facts=self.facts)
        self.cluster.execute(f"CREATE DATABASE {folder.name} TEMPLATE {self.folder.name}")
        # A copied sequence believes its next numbers to be in the log, and a crash would hand them out twice; the first
        # number after a checkpoint is logged again.
        self.cluster.execute("CHECKPOINT")
        return Shop(folder, self.cluster.url(folder.name), self.cluster, facts=self.facts)

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the caller's shop, and no demo; PostgreSQL means the production profile."""
        profile = "production" if self.database.startswith("postgres") else "embedded"
        rest = {name: value for name, value in os.environ.items() if name not in _OURS}
        return rest | {
            "DJANGO_SETTINGS_MODULE": f"marketplace.settings.{profile}",
            "DATABASE_URL": self.database,
            "DEMO": "false",
            "SECRET_KEY": "a key of a shop that lives for one test and protects nothing at all",
            "ORDER_NUMBER_KEY": "a key of a shop that lives for one test",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "ALLOWED_HOSTS": "127.0.0.1",
            "BEHIND_TLS_PROXY": "true",
            # A crowd with one phone and one address.
            "GUEST_ORDERS_PER_ADDRESS": "0",
            "ORDERS_PER_PHONE": "0",
            "EMAIL_URL": f"filemail:///{self.folder}/mail",
            "MEDIA_ROOT": str(self.folder / "media"),
            "PRIVATE_ROOT": str(self.folder / "private"),
            "SEARCH_ROOT": str(self.folder / "search"),
            **self.extra,
        }

    def manage(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """`manage.py ...`, to its end."""
        done = self._run("manage.py", *arguments)
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def call(self, function: str, *arguments: Any) -> Any:
        """The result of `module:function` of this folder, run in a process of this shop."""
        done = self._run("-m", "tests.faults.call", f"tests.faults.{function}", json.dumps(arguments))
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def armed(self, at: int, *program: str, **environment: str) -> int:
        """Run a program that dies at a step, 0 for none; the status with which it ended."""
        done = self._run("-m", "tests.faults.armed", str(at), *program, **environment)
        with (self.folder / "log").open("a") as log:
            log.write(done.stdout + done.stderr)
        return done.returncode

    def _run(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        if self._launcher is None or self._launcher.environment != self.environment:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.launcher"],
                cwd=ROOT, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
            )  # fmt: skip
            self.processes.append(process)
            self._launcher = Launcher(process, self.environment)
        return self._launcher.run(*command, **environment)

    def start(self, *command: str, **environment: str) -> subprocess.Popen[bytes]:
        """A process of this shop in a session of its own; what it prints is kept in the folder."""
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment | environment, stdout=log, stderr=log, start_new_session=True
            )
        self.processes.append(process)
        return process

    def web(self, app: str = "marketplace.wsgi", *more: str, **environment: str) -> subprocess.Popen[bytes]:
        """The web server as `make run` starts it, listening."""
        command = gunicorn_arguments(f"127.0.0.1:{self.port}")
        server = self.start(
            sys.executable, "-m", "gunicorn", app, *command[1:], *more,
            **environment,
        )  # fmt: skip
        eventually(lambda: answers(self.port), "the web server", 60)
        return server

    def worker(self, **environment: str) -> subprocess.Popen[bytes]:
        """The embedded worker."""
        return self.start(sys.executable, "manage.py", "worker", **environment)

    def log(self) -> str:
        """What its processes have printed so far."""
        path = self.folder / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    def stop(self) -> None:
        """End everything that still runs."""
        for process in self.processes:
            kill(process)
        self.processes.clear()
        self._launcher = None


def kill(process: subprocess.Popen[bytes]) -> None:
    """kill -9 of a process and all that it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    # Its children die a moment later, and until then hold their files.
    eventually(lambda: not _is_there(process.pid), "the processes are gone", GONE_SECONDS)


def _is_there(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def answers(port: int) -> bool:
    """Whether somebody listens."""
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0
