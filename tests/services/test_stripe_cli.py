"""Stripe's own command line client drives our stand-in with its own sequences of requests."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import stripe

from fakes.stripe import FakeStripe
from tools.services import Missing
from tools.stripe import stripe_cli

pytestmark = pytest.mark.service

TRIGGERS = [
    "account.updated",
    "balance.available",
    "charge.captured",
    "charge.dispute.closed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.failed",
    "charge.refund.updated",
    "charge.refunded",
    "charge.succeeded",
    "checkout.session.completed",
    "checkout.session.expired",
    "customer.created",
    "customer.deleted",
    "customer.updated",
    "payment_intent.amount_capturable_updated",
    "payment_intent.canceled",
    "payment_intent.created",
    "payment_intent.payment_failed",
    "payment_intent.requires_action",
    "payment_intent.succeeded",
    "payment_method.attached",
    "payment_method.detached",
    "payout.created",
    "payout.updated",
    "price.created",
    "price.updated",
    "product.created",
    "product.deleted",
    "product.updated",
    "transfer.created",
    "transfer.reversed",
    "transfer.updated",
]


@pytest.fixture(scope="module")
def program() -> Path:
    try:
        return stripe_cli()
    except Missing as reason:
        if os.environ.get("CI"):
            pytest.fail(str(reason))
        pytest.skip(str(reason))


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeStripe]:
    with FakeStripe() as running:
        yield running


@pytest.fixture
def client(fake: FakeStripe) -> stripe.StripeClient:
    """On a platform that has money, as an account of Stripe's test mode has."""
    fake.admin("reset")
    client = stripe.StripeClient("sk_test_ours", base_addresses={"api": fake.url}, max_network_retries=0)
    card = {"payment_method": "pm_card_bypassPending", "confirm": True}
    client.v1.payment_intents.create({"amount": 1_000_000, "currency": "usd", **card})  # type: ignore[typeddict-item]
    return client


@pytest.mark.parametrize("event", TRIGGERS)
def test_the_stripe_cli_triggers(
    event: str, program: Path, fake: FakeStripe, client: stripe.StripeClient, tmp_path: Path
) -> None:
    fake.admin("clock", seconds=5)
    begun = fake.world.now()
    command = [str(program), "trigger", event, "--api-base", fake.url, "--api-key", "sk_test_of_the_cli"]
    # It would ask the internet for news of itself: that way is closed, loopback is not.
    closed = {"HTTPS_PROXY": "http://127.0.0.1:9", "STRIPE_CLI_TELEMETRY_OPTOUT": "true"}
    environment = {"HOME": str(tmp_path), **closed}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout[-2000:] if done.returncode else "") == (0, "")
    seen = client.v1.events.list({"type": event, "created": {"gte": begun}})
    if not seen.data:
        # News of a connected account are in its own list.
        accounts = [account["id"] for account in fake.world.store.select("account")] or [""]
        seen = client.v1.events.list({"type": event}, {"stripe_account": accounts[0]})
    assert seen.data[0].type == event
    assert fake.admin("books")["faults"] == []
