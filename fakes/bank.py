"""A bank for tests and the demo: a page on which a transfer is made, and a signed notice of it to the shop.

python -m fakes.bank --port 8430 --notify http://127.0.0.1:8000/webhooks/bank/ --secret ...
"""

import argparse
import hmac
import json
import secrets
import signal
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIEnvironment

from markupsafe import Markup, escape
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

HOST = "127.0.0.1"
PAGE = (Path(__file__).parent / "bank.html").read_text(encoding="utf-8")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"


def sign(body: bytes, secret: str, at: int) -> str:
    """The value of `X-Bank-Signature` for a body that is sent at this moment (Unix seconds)."""
    code = hmac.new(secret.encode(), f"{at}.".encode() + body, "sha256").hexdigest()
    return f"t={at},v1={code}"


class Handler(WSGIRequestHandler):
    """Silent: tests and the demo have their own output."""

    disable_nagle_algorithm = True

    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing."""


class FakeBank:
    """The bank on a port of this machine. `with FakeBank(notify=url, secret=secret) as bank: ... bank.url ...`"""

    def __init__(self, *, notify: str, secret: str, port: int = 0) -> None:
        self.notify, self.secret = notify, secret
        self._server = make_server(HOST, port, self._respond, threaded=True, request_handler=Handler)
        self._server.daemon_threads = True  # type: ignore[attr-defined]  # of the threaded kind
        self.url = f"http://{HOST}:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> "FakeBank":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join(timeout=5)
        self._server.server_close()

    def transfer(self, amount: int, content: str, *, reference: str = "") -> int:
        """Move money and tell the shop; the status that it answers, 0 when it cannot be reached."""
        notice = {
            "reference": reference or f"FT{secrets.token_hex(6).upper()}",
            "amount": amount,
            "content": content,
            "happened_at": datetime.now(UTC).isoformat(),
        }
        body = json.dumps(notice).encode()
        headers = {
            "Content-Type": "application/json",
            "X-Bank-Signature": sign(body, self.secret, int(time.time())),
        }
        request = urllib.request.Request(self.notify, body, headers)  # noqa: S310 (the address is given by the starter)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 (as above)
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def _respond(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        given = request.form if request.method == "POST" else request.args
        amount, content, back = (given.get(name, "") for name in ("amount", "content", "back"))
        words = Markup("")
        if request.method == "POST":
            words = self._made(amount, content)
        fields = {"amount": escape(amount), "content": escape(content), "back": escape(self._ours(back))}
        page = PAGE
        for name, value in {**fields, "words": words}.items():
            page = page.replace(f"[[{name}]]", value)
        return Response(page, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": POLICY})

    def _made(self, amount: str, content: str) -> Markup:
        digits = "".join(filter(str.isdecimal, amount))[:13]
        if not int(digits or 0):
            return Markup('<p class="bad" role="status">Ghi số tiền. <span lang="en">Write an amount.</span></p>')
        status = self.transfer(int(digits), content)
        if status == 200:
            return Markup('<p class="ok" role="status">Đã chuyển. <span lang="en">The shop knows of it.</span></p>')
        said = Markup('<p class="bad" role="status">Cửa hàng trả lời {}. <span lang="en">Not taken.</span></p>')
        return said.format(status)

    def _ours(self, back: str) -> str:
        """The way back leads to the shop that is told, and nowhere else."""
        shop = urlsplit(self.notify)
        home = f"{shop.scheme}://{shop.netloc}/"
        return back if back.startswith(home) else home


def main() -> None:
    """Serve until SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m fakes.bank", description=__doc__)
    parser.add_argument("--port", type=int, default=8430)
    parser.add_argument("--notify", default="http://127.0.0.1:8000/webhooks/bank/", help="where notices go")
    parser.add_argument("--secret", required=True, help="signs the notices; one of BANK_NOTICE_SECRETS")
    given = parser.parse_args()
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with FakeBank(notify=given.notify, secret=given.secret, port=given.port) as bank:
        print(f"The test bank listens on {bank.url}", flush=True)  # noqa: T201 (the command's output)
        stopped.wait()


if __name__ == "__main__":
    main()
