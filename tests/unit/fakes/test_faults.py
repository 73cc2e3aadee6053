"""Faults that the Stripe fake makes on demand."""

from typing import Any

import pytest
import stripe

from fakes.stripe import FakeStripe
from fakes.stripe.errors import ApiError
from tests.unit.fakes.shopping import browse, client_of

INTENT: Any = {"amount": 300_000, "currency": "vnd", "payment_method": "pm_card_visa", "confirm": True}


def patient(fake: FakeStripe) -> stripe.StripeClient:
    """A client that tries again as the SDK does by default."""
    bases: Any = {"api": fake.url}
    return stripe.StripeClient("sk_test_ours", base_addresses=bases, max_network_retries=2)


def charges(client: stripe.StripeClient) -> int:
    return len(client.v1.charges.list().data)


@pytest.mark.parametrize(("kind", "done"), [("drop_before", 0), ("drop_after", 1)])
def test_a_cut_connection_hides_whether_it_happened(
    fake: FakeStripe, client: stripe.StripeClient, kind: str, done: int
) -> None:
    fake.admin("faults", kind=kind, method="POST", path="/v1/payment_intents")
    with pytest.raises(stripe.APIConnectionError):
        client.v1.payment_intents.create(INTENT, {"idempotency_key": "pi:1"})
    assert charges(client) == done
    assert client.v1.payment_intents.create(INTENT, {"idempotency_key": "pi:1"}).status == "succeeded"
    assert charges(client) == 1


@pytest.mark.parametrize(
    ("kind", "status", "error"),
    [
        ("conflict", 409, stripe.APIError),
        ("rate_limit", 429, stripe.RateLimitError),
        ("error", 500, stripe.APIError),
        ("bad_gateway", 502, stripe.APIError),
    ],
)
def test_errors_change_nothing(
    fake: FakeStripe, client: stripe.StripeClient, kind: str, status: int, error: type[stripe.StripeError]
) -> None:
    fake.admin("faults", kind=kind, method="POST")
    with pytest.raises(error) as refusal:
        client.v1.payment_intents.create(INTENT)
    assert (refusal.value.http_status, charges(client)) == (status, 0)
    assert client.v1.payment_intents.create(INTENT).status == "succeeded"


def test_an_internal_error_is_kept_under_its_key(fake: FakeStripe, client: stripe.StripeClient) -> None:
    fake.admin("faults", kind="error")
    for _ in range(2):
        with pytest.raises(stripe.APIError) as refusal:
            client.v1.payment_intents.create(INTENT, {"idempotency_key": "pi:1"})
        assert refusal.value.http_status == 500
    assert (fake.admin("faults")["faults"], charges(client)) == ([], 0)


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "conflict"])
def test_the_sdk_gets_through_by_itself(fake: FakeStripe, kind: str) -> None:
    fake.admin("faults", kind=kind, method="POST", times=2)
    assert patient(fake).v1.payment_intents.create(INTENT).status == "succeeded"
    assert charges(patient(fake)) == 1


def test_a_fault_meets_only_what_it_is_meant_for(fake: FakeStripe, client: stripe.StripeClient) -> None:
    fake.admin("faults", kind="rate_limit", method="POST", path="/v1/transfers*", times=2)
    assert client.v1.payment_intents.create(INTENT).status == "succeeded"
    assert fake.admin("faults")["faults"][0]["times"] == 2
    fake.admin("faults/clear")
    assert fake.admin("faults")["faults"] == []


def test_latency(fake: FakeStripe, client: stripe.StripeClient) -> None:
    quick = stripe.StripeClient(
        "sk_test_ours",
        base_addresses={"api": fake.url},
        max_network_retries=0,
        http_client=stripe.RequestsClient(timeout=0.1),
    )
    fake.admin("faults", kind="latency", seconds=0.3)
    with pytest.raises(stripe.APIConnectionError):
        quick.v1.payment_intents.create(INTENT)
    assert client_of(fake).v1.payment_intents.create(INTENT).status == "succeeded"


def test_unknown_faults_and_actions_are_refused(fake: FakeStripe) -> None:
    for name, asked in (("faults", {"kind": "earthquake"}), ("earthquake", {})):
        with pytest.raises(ApiError, match="Unknown"):
            fake.admin(name, **asked)


def test_the_admin_speaks_http_too(fake: FakeStripe, client: stripe.StripeClient) -> None:
    client.v1.payment_intents.create(INTENT)
    books = browse(f"{fake.url}/_fake/books")
    assert (books.status, '"sums_to_zero": true' in books.text) == (200, True)
    assert (browse(f"{fake.url}/_fake/reset", {}).status, charges(client)) == (200, 0)
    assert browse(f"{fake.url}/_fake/nothing").status == 404
