"""The HTTP server: on loopback only, threaded, with one thread more that delivers webhooks."""

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from fakes.stripe import accounts, accounts_v2, admin, customers, pages, passing, payment_pages, transfers
from fakes.stripe.api import Api
from fakes.stripe.errors import Doc
from fakes.stripe.store import Store
from fakes.stripe.webhooks import Courier, run
from fakes.stripe.world import Call, Receiver, World

HOST = "127.0.0.1"
# Their import puts them into the table of routes.
RESOURCES = (accounts, accounts_v2, customers, payment_pages, transfers)


class Handler(WSGIRequestHandler):
    """Silent, and without the pause that small answers would suffer on a kept connection."""

    disable_nagle_algorithm = True

    def log(self, type: str, message: str, *args: Any) -> None:
        """Nothing: tests and the demo have their own output."""


class FakeStripe:
    """Stripe on a port of this machine. `with FakeStripe(webhooks=[(url, secret)]) as stripe: ... stripe.url ...`"""

    def __init__(
        self,
        *,
        port: int = 0,
        data: str = ":memory:",
        webhooks: Iterable[tuple[str, str]] = (),
        shop: str = "Sản Vật",
        clock: Callable[[], float] = time.time,
    ) -> None:
        receivers = [Receiver(url, secret) for url, secret in webhooks]
        self.world = World(Store(data), receivers, clock)
        self.shop = shop
        self.courier = Courier(self.world)
        self._api = Api(self.world)
        self._server = make_server(HOST, port, self._respond, threaded=True, request_handler=Handler)
        self._server.daemon_threads = True  # type: ignore[attr-defined]
        self.url = f"http://{HOST}:{self._server.server_port}"
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> "FakeStripe":
        """Serve in the background."""
        serve = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        deliver = threading.Thread(target=run, args=(self.courier, self._stop, self._tick), daemon=True)
        self._threads = [serve, deliver]
        for thread in self._threads:
            thread.start()
        return self

    def stop(self) -> None:
        """Stop serving and delivering."""
        self._stop.set()
        self._server.shutdown()
        for thread in self._threads:
            thread.join(timeout=5)
        self._server.server_close()
        self.world.store.close()

    def __enter__(self) -> "FakeStripe":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def admin(self, name: str, **asked: Any) -> Doc:
        """What `POST /_fake/<name>` answers, without the way over the socket. Raises ApiError."""
        return admin.carry_out(Call(self.world, self.url), self.courier, name, asked)

    def _tick(self) -> None:
        with self.world.store.transaction():
            passing.pass_time(Call(self.world, self.url))

    def _respond(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        return self._route(request)(environ, start_response)

    def _route(self, request: Request) -> Response:
        if request.path.startswith(("/v1/", "/v2/")):
            return self._api.answer(request)
        call = Call(self.world, request.host_url.rstrip("/"))
        if request.path.startswith("/_fake/"):
            return admin.answer(call, self.courier, request)
        return pages.answer(call, self.shop, request)
