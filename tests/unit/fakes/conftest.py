"""The Stripe fake, the official client that talks to it over a socket, and a receiver of its webhooks."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
import stripe

from fakes.stripe import FakeStripe
from tests.unit.fakes.shopping import client_of

SECRET = "whsec_of_the_tests"


@dataclass
class Inbox:
    """What arrived with a good signature; `refuse` answers that many deliveries with 500 first."""

    url: str = ""
    refuse: int = 0
    bodies: list[dict[str, Any]] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    forged: list[str] = field(default_factory=list)

    @property
    def types(self) -> list[str]:
        return [body["type"] for body in self.bodies]

    def take(self, raw: bytes, signature: str) -> int:
        if self.refuse:
            self.refuse -= 1
            return 500
        try:
            stripe.WebhookSignature.verify_header(raw, signature, SECRET, 300)
        except stripe.SignatureVerificationError as error:
            self.forged.append(str(error))
            return 400
        self.raw.append(raw.decode())
        self.bodies.append(json.loads(raw))
        return 200


@pytest.fixture(scope="module")
def receiver() -> Iterator[tuple[ThreadingHTTPServer, dict[str, Inbox]]]:
    boxes: dict[str, Inbox] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(boxes["now"].take(raw, self.headers["Stripe-Signature"]))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server, boxes
    server.shutdown()
    server.server_close()


@pytest.fixture
def inbox(receiver: tuple[ThreadingHTTPServer, dict[str, Inbox]]) -> Inbox:
    server, boxes = receiver
    boxes["now"] = Inbox(url=f"http://127.0.0.1:{server.server_port}/webhooks/stripe/")
    return boxes["now"]


@pytest.fixture
def fake(inbox: Inbox) -> Iterator[FakeStripe]:
    with FakeStripe(webhooks=[(inbox.url, SECRET)]) as running:
        yield running
        assert running.admin("books")["faults"] == []


@pytest.fixture
def client(fake: FakeStripe) -> stripe.StripeClient:
    return client_of(fake)
