"""Idempotency keys of the Stripe fake, in both versions of the API."""

import threading
import time
from typing import Any

import pytest
import stripe

from fakes.stripe import FakeStripe
from tests.unit.fakes.shopping import charged, client_of

INTENT: Any = {"amount": 300_000, "currency": "vnd", "payment_method": "pm_card_visa", "confirm": True}


def charges(client: stripe.StripeClient) -> int:
    return len(client.v1.charges.list({"limit": 100}).data)


def test_the_same_key_gives_the_same_answer(client: stripe.StripeClient) -> None:
    first = client.v1.payment_intents.create(INTENT, {"idempotency_key": "pi:1"})
    second = client.v1.payment_intents.create(INTENT, {"idempotency_key": "pi:1"})
    assert (second.id, charges(client)) == (first.id, 1)
    assert second.last_response.headers["Idempotent-Replayed"] == "true"  # type: ignore[attr-defined]
    assert "Idempotent-Replayed" not in first.last_response.headers  # type: ignore[attr-defined]
    assert client.v1.payment_intents.create(INTENT, {"idempotency_key": "pi:2"}).id != first.id


def test_a_key_belongs_to_its_parameters(client: stripe.StripeClient) -> None:
    client.v1.payment_intents.create(INTENT, {"idempotency_key": "pi:1"})
    with pytest.raises(stripe.IdempotencyError, match="same parameters"):
        client.v1.payment_intents.create({**INTENT, "amount": 300_001}, {"idempotency_key": "pi:1"})
    assert charges(client) == 1


def test_refusals_are_given_again_too(client: stripe.StripeClient) -> None:
    declined: Any = {**INTENT, "payment_method": "pm_card_chargeDeclined"}
    seen = []
    for _ in range(2):
        with pytest.raises(stripe.CardError) as refusal:
            client.v1.payment_intents.create(declined, {"idempotency_key": "pi:1"})
        seen.append(refusal.value.json_body)
    assert (seen[0], charges(client)) == (seen[1], 1)


def test_a_request_that_never_began_leaves_its_key_free(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="Invalid integer"):
        client.v1.payment_intents.create({**INTENT, "amount": "much"}, {"idempotency_key": "pi:1"})
    assert client.v1.payment_intents.create(INTENT, {"idempotency_key": "pi:1"}).status == "succeeded"


def test_keys_are_forgotten_after_a_day(fake: FakeStripe, client: stripe.StripeClient) -> None:
    first = client.v1.payment_intents.create(INTENT, {"idempotency_key": "pi:1"})
    fake.admin("clock", seconds=86_400)
    assert client.v1.payment_intents.create(INTENT, {"idempotency_key": "pi:1"}).id == first.id
    fake.admin("clock", seconds=1)
    assert client.v1.payment_intents.create(INTENT, {"idempotency_key": "pi:1"}).id != first.id
    assert charges(client) == 2


def test_a_key_in_flight_is_a_conflict(fake: FakeStripe, client: stripe.StripeClient) -> None:
    fake.admin("faults", kind="latency", method="POST", seconds=0.4)
    slow = threading.Thread(target=client.v1.payment_intents.create, args=(INTENT, {"idempotency_key": "pi:1"}))
    slow.start()
    while fake.admin("faults")["faults"]:
        time.sleep(0.005)
    time.sleep(0.05)
    with pytest.raises(stripe.APIError) as refusal:
        client_of(fake).v1.payment_intents.create(INTENT, {"idempotency_key": "pi:1"})
    slow.join()
    error: Any = refusal.value.json_body
    assert (refusal.value.http_status, error["error"]["code"]) == (409, "idempotency_key_in_use")
    assert charges(client) == 1


def test_a_key_that_is_too_long(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.IdempotencyError):
        client.v1.payment_intents.create(INTENT, {"idempotency_key": "k" * 256})


def test_keys_of_two_accounts_do_not_meet(fake: FakeStripe, client: stripe.StripeClient) -> None:
    account: Any = {"stripe_account": client.v1.accounts.create().id, "idempotency_key": "c:1"}
    ours = client.v1.customers.create({"name": "Lan"}, {"idempotency_key": "c:1"})
    assert client.v1.customers.create({"name": "Lan"}, account).id != ours.id


def test_version_2_gives_success_again_and_carries_failure_out(fake: FakeStripe, client: stripe.StripeClient) -> None:
    wanted: Any = {"display_name": "HTX"}
    fake.admin("faults", kind="error", path="/v2/*")
    with pytest.raises(stripe.APIError):
        client.v2.core.accounts.create(wanted, {"idempotency_key": "a:1"})
    made = client.v2.core.accounts.create(wanted, {"idempotency_key": "a:1"})
    assert client.v2.core.accounts.create(wanted, {"idempotency_key": "a:1"}).id == made.id
    assert len(client.v2.core.accounts.list().data) == 1


def test_a_key_survives_a_restart(tmp_path: Any) -> None:
    file = str(tmp_path / "stripe.sqlite3")
    with FakeStripe(data=file) as first:
        before = client_of(first).v1.payment_intents.create(INTENT, {"idempotency_key": "pi:1"})
    with FakeStripe(data=file) as second:
        after = client_of(second).v1.payment_intents.create(INTENT, {"idempotency_key": "pi:1"})
        assert (after.id, charged(client_of(second)).id != after.id) == (before.id, True)
