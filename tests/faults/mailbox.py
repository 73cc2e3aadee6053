"""A mail server on loopback that keeps what it gets, and can die between taking a mail and saying so."""

from collections.abc import Callable
from typing import Any

from aiosmtpd.controller import Controller

from tools.services import spare_port


class Mailbox:
    """The addresses of the mails taken so far; `on_taken` runs before the sender is told."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.on_taken: Callable[[], None] = lambda: None
        self.controller = Controller(self, hostname="127.0.0.1", port=spare_port())
        self.controller.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.controller.port)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        """Keep a mail."""
        self.taken += envelope.rcpt_tos
        self.on_taken()
        return "250 OK"

    def close(self) -> None:
        """End."""
        self.controller.stop()
