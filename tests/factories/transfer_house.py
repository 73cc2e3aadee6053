"""A house that pays vendors out over HTTP, and the provider that speaks to it: transfers by key, each paid once."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.error import URLError
from urllib.request import Request, urlopen

from django.db import connection

from apps.ledger.books import AccountKind
from apps.payments.providers.port import ProviderAway
from apps.payouts.models import Payout
from apps.payouts.providers import PROVIDERS
from apps.payouts.providers.port import Answer, Standing


@dataclass
class House:
    """What the server knows: transfers by key, how it answers next, and how often it was asked to pay."""

    address: str = ""
    standing: str = "done"
    # Takes the order, pays, and closes the line without a word.
    silent: bool = False
    paid: dict[str, int] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)


class Transfers:
    """See `PayoutProvider`."""

    code = "house"
    by_hand = False
    account = AccountKind.STRIPE

    def __init__(self, address: str) -> None:
        self._address = address

    def send(self, payout: Payout) -> Answer:
        """See `PayoutProvider`."""
        return self._call("POST", payout, json.dumps({"amount": payout.amount}).encode())

    def ask(self, payout: Payout) -> Answer:
        """See `PayoutProvider`."""
        return self._call("GET", payout)

    def _call(self, method: str, payout: Payout, body: bytes | None = None) -> Answer:
        if connection.in_atomic_block and len(connection.savepoint_ids) > 0:
            raise AssertionError("a transaction is open around a call")
        try:
            with urlopen(Request(f"{self._address}/{payout.key}", body, method=method), timeout=5) as answer:
                told = json.loads(answer.read())
        except (URLError, OSError) as problem:
            raise ProviderAway from problem
        return Answer(Standing(told["standing"]), told["reference"], told["reason"])


@contextmanager
def transfer_house() -> Iterator[House]:
    """A running house, known to the shop as the provider `house`."""
    house = House()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(house))
    house.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    PROVIDERS["house"] = Transfers(house.address)
    try:
        yield house
    finally:
        del PROVIDERS["house"]
        server.shutdown()
        server.server_close()


def _handler(house: House) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            key = self.path[1:]
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            house.asked[key] += 1
            if house.standing != "refused":
                house.paid.setdefault(key, body["amount"])
            if house.silent:
                self.close_connection = True
                return
            self._tell(house.standing, key)

        def do_GET(self) -> None:
            key = self.path[1:]
            self._tell(house.standing if key in house.paid else "unknown", key)

        def _tell(self, standing: str, key: str) -> None:
            reason = "No such account" if standing == "refused" else ""
            told = json.dumps({"standing": standing, "reference": f"tr_{key[:8]}", "reason": reason}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *args: object) -> None:
            """Nothing."""

    return Handler
