"""A PostgreSQL server of its own that may be killed: durable as in production, unlike the one other tests share."""

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tools import services


def programs() -> Path | None:
    """Where the server's programs are, if they are installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return found[-1] if found else None


@dataclass
class Cluster:
    """One server with its data below `folder`, which the user of the service must be able to enter."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        services.own(self.folder)
        command = [str(_programs() / "initdb"), "-D", str(self.folder / "data"), "-U", "shop", "-A", "trust"]
        command += ["-E", "UTF8", "--locale=C.UTF-8"]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, **services.as_user())

    def url(self, name: str, port: int | None = None) -> str:
        """The address of a database, perhaps through another port."""
        return f"postgres://shop@127.0.0.1:{port or self.port}/{name}"

    def start(self) -> float:
        """Start and wait until it answers; returns after how many seconds."""
        begun = time.monotonic()
        options = [f"port={self.port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={self.folder}"]
        flags = [word for option in options for word in ("-c", option)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(_programs() / "postgres"), "-D", str(self.folder / "data"), *flags],
                cwd=self.folder, stdout=log, stderr=log, start_new_session=True, **services.as_user(),
            )  # fmt: skip
        (self.folder / "pid").write_text(str(self.process.pid))
        while not self.up():
            assert time.monotonic() - begun < 60, (self.folder / "log").read_text()
            time.sleep(0.05)
        return time.monotonic() - begun

    def up(self) -> bool:
        """Whether it takes connections."""
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self, number: int = signal.SIGINT) -> None:
        """SIGINT ends every session and writes a checkpoint; SIGKILL of all its processes is a crash."""
        if self.process is None:
            return
        if number == signal.SIGKILL:
            os.killpg(self.process.pid, number)
        else:
            self.process.send_signal(number)
        self.process.wait()
        self.process = None

    def execute(self, statement: str, name: str = "postgres") -> list[tuple[object, ...]]:
        """One statement outside a transaction; its rows, if it has any."""
        with psycopg.connect(self.url(name), autocommit=True) as link:
            found = link.execute(statement)
            return found.fetchall() if found.description else []


def _programs() -> Path:
    found = programs()
    assert found, "PostgreSQL is not installed"
    return found
