"""Runs the fake in the foreground: python -m fakes.stripe --port 8420 --data FILE --webhook URL --secret whsec_..."""

import argparse
import signal
import threading

from fakes.stripe.server import FakeStripe


def main() -> None:
    """Serve until SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m fakes.stripe", description=__doc__)
    parser.add_argument("--port", type=int, default=8420)
    parser.add_argument("--data", default=":memory:", help="file that keeps the state; without it, memory")
    parser.add_argument(
        "--webhook", action="append", default=[], metavar="URL", help="where events go; may be repeated"
    )
    parser.add_argument("--secret", default="whsec_fake", help="signs the events")
    parser.add_argument("--shop", default="Sản Vật", help="name on the payment page")
    given = parser.parse_args()
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    receivers = [(url, given.secret) for url in given.webhook]
    with FakeStripe(port=given.port, data=given.data, webhooks=receivers, shop=given.shop) as fake:
        print(f"The Stripe fake listens on {fake.url}", flush=True)  # noqa: T201 - the command's output
        stopped.wait()


if __name__ == "__main__":
    main()
