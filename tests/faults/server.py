"""A Redis, RabbitMQ or Elasticsearch of its own that may be killed and comes back under its address."""

import os
import signal
from pathlib import Path
from unittest.mock import patch

from tests.faults.shop import eventually
from tools import services


class Server:
    """RabbitMQ and Elasticsearch have over a kill what they kept, Redis nothing: the worse of what one may choose."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder, self.port = name, folder, services.spare_port()
        self.pid_file = folder / "pid"
        self.start()

    def start(self) -> None:
        """Start, and wait until it answers."""
        with patch.object(services, "SCRATCH", services.own(self.folder)):
            self._started = services.SERVICES[self.name](self.port)
        self.pid_file.write_text(str(self._started["pid"]))

    @property
    def url(self) -> str:
        """Where it listens."""
        return str(self._started["url"])

    def up(self) -> bool:
        """Whether it runs."""
        return services.alive(self._started["pid"])

    def kill(self) -> None:
        """kill -9, with all that belongs to it."""
        for pid in (self._started["pid"], self._started.get("helper")):
            if pid and services.alive(pid):
                os.killpg(pid, signal.SIGKILL)
        eventually(lambda: not self.up(), f"the end of {self.name}")

    def restart(self) -> None:
        """Come back after a kill."""
        self.kill()
        self.start()
