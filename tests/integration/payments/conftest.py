"""The Stripe stand-in on a socket, the shop that asks it, and its notices in whatever order a test wants them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.jobs.models import Job, JobState
from apps.jobs.registry import handler_of
from apps.payments.providers import stripe as provider
from fakes.stripe import FakeStripe

SECRET = "whsec_of_the_tests"


@dataclass
class Told:
    """Notices as they came over the socket: body and signature."""

    notices: list[tuple[bytes, str]] = field(default_factory=list)


@pytest.fixture(scope="session")
def told_everywhere() -> Iterator[tuple[str, Told]]:
    told = Told()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            told.notices.append((raw, self.headers["Stripe-Signature"]))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/webhooks/stripe/", told
    server.shutdown()
    server.server_close()


@pytest.fixture
def told(told_everywhere: tuple[str, Told]) -> Told:
    told_everywhere[1].notices.clear()
    return told_everywhere[1]


@pytest.fixture
def stripe(told: Told, told_everywhere: tuple[str, Told], settings: Any) -> Iterator[FakeStripe]:
    with FakeStripe(webhooks=[(told_everywhere[0], SECRET)]) as fake:
        settings.STRIPE_SECRET_KEY = "sk_test_ours"
        settings.STRIPE_WEBHOOK_SECRETS = ["whsec_old", SECRET]
        settings.STRIPE_API_BASE = fake.url
        provider._breaker.worked()
        yield fake
        provider._breaker.worked()
        assert fake.admin("books")["faults"] == []


@dataclass
class Shop:
    """The shop as Stripe reaches it."""

    stripe: FakeStripe
    told: Told
    client: Client

    def hear(self, *, order: Any = None, times: int = 1) -> list[int]:
        """Deliver every notice that has come so far, in this order, so many times; the answers."""
        self.stripe.admin("webhooks/settle")
        notices = [*self.told.notices]
        self.told.notices.clear()
        if order is not None:
            order(notices)
        return [self.post(raw, signature) for raw, signature in notices for _ in range(times)]

    def post(self, raw: bytes, signature: str) -> int:
        """One notice."""
        return self.client.post(
            reverse("webhook_stripe"), raw, content_type="application/json", headers={"Stripe-Signature": signature}
        ).status_code

    def work(self, *kinds: str) -> int:
        """Run ready jobs of these kinds, or of all that move money, until none is left; returns how many."""
        kinds = kinds or ("webhook.follow", "payment.settle", "refund.send")
        done = 0
        while job := Job.objects.filter(kind__in=kinds, state=JobState.READY).order_by("run_at").first():
            handler_of(job.kind)(job.args)
            Job.objects.filter(pk=job.pk).update(state=JobState.DONE)
            done += 1
        return done


@pytest.fixture
def shop(stripe: FakeStripe, told: Told, client: Client) -> Shop:
    return Shop(stripe, told, client)
