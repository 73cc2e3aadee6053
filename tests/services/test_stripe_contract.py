"""What a shop sends is accepted by Stripe's own checker, stripe-mock, and by our stand-in; both answer in one shape.

stripe-mock knows version 1 of the API only: the requests of version 2 are proven against the SDK's types, in the tests
of the stand-in.
"""

import json
import os
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import stripe

from fakes.stripe import FakeStripe

pytestmark = [
    pytest.mark.service,
    pytest.mark.skipif(not os.environ.get("STRIPE_MOCK_URL"), reason="no STRIPE_MOCK_URL"),
]
LINE: Any = {
    "price_data": {"currency": "vnd", "unit_amount": 150_000, "product_data": {"name": "Chả mực Hạ Long"}},
    "quantity": 2,
}
LINK: Any = {"refresh_url": "https://shop.example/again", "return_url": "https://shop.example/back"}
CARD: Any = {"payment_method": "pm_card_visa", "confirm": True}


def client_of(url: str) -> stripe.StripeClient:
    bases: Any = dict.fromkeys(("api", "connect", "files", "meter_events"), url)
    return stripe.StripeClient("sk_test_ours", base_addresses=bases, max_network_retries=0)


def session(client: stripe.StripeClient) -> Any:
    return client.v1.checkout.sessions.create(
        {
            "mode": "payment",
            "line_items": [LINE],
            "success_url": "https://shop.example/paid?s={CHECKOUT_SESSION_ID}",
            "cancel_url": "https://shop.example/basket",
            "client_reference_id": "100031",
            "customer_email": "lan@example.com",
            "locale": "vi",
            "metadata": {"payment": "1"},
            "payment_intent_data": {"transfer_group": "order_100031", "metadata": {"payment": "1"}},
        },
        {"idempotency_key": "pi:1:1"},
    )


def intent(client: stripe.StripeClient) -> Any:
    wanted: Any = {"amount": 300_000, "currency": "vnd", "expand": ["latest_charge"], "capture_method": "automatic"}
    return client.v1.payment_intents.create({**wanted, **CARD, "allowed_payment_method_types": ["card"]})


def charge(client: stripe.StripeClient) -> str:
    """A charge that can be refunded and passed on; stripe-mock takes any id."""
    found = intent(client).latest_charge
    return found.id if found else "ch_1"


def refund(client: stripe.StripeClient) -> Any:
    wanted: Any = {"charge": charge(client), "amount": 100_000, "reason": "requested_by_customer"}
    return client.v1.refunds.create({**wanted, "metadata": {"refund": "1"}}, {"idempotency_key": "refund:1"})


def account(client: stripe.StripeClient) -> Any:
    """A plain one, which may receive transfers at once in the stand-in."""
    return client.v1.accounts.create({"capabilities": {"transfers": {"requested": True}}, "metadata": {"vendor": "1"}})


def express(client: stripe.StripeClient) -> Any:
    wanted: Any = {"type": "express", "country": "VN", "email": "htx@example.com", "metadata": {"vendor": "1"}}
    wanted |= {"capabilities": {"transfers": {"requested": True}}, "tos_acceptance": {"service_agreement": "recipient"}}
    return client.v1.accounts.create(wanted, {"idempotency_key": "account:1:v1"})


def transfer(client: stripe.StripeClient) -> Any:
    wanted: Any = {"amount": 100_000, "currency": "vnd", "destination": account(client).id}
    wanted |= {"source_transaction": charge(client), "transfer_group": "order_100031", "metadata": {"payout": "1"}}
    return client.v1.transfers.create(wanted, {"idempotency_key": "transfer:1"})


def payout_by_transfer(client: stripe.StripeClient) -> Any:
    """A payout: out of the balance, not of one charge."""
    wanted: Any = {"amount": 1_000, "currency": "vnd", "destination": account(client).id}
    wanted |= {"transfer_group": "CT000001", "metadata": {"payout": "1"}}
    return client.v1.transfers.create(wanted, {"idempotency_key": "payout:1:1"})


def found_transfers(client: stripe.StripeClient) -> Any:
    group = payout_by_transfer(client).transfer_group
    return client.v1.transfers.list({"transfer_group": group, "limit": 100}).data[0]


def found_reversals(client: stripe.StripeClient) -> Any:
    taken = reversal(client).transfer
    return client.v1.transfers.reversals.list(taken, {"limit": 100}).data[0]


def reversal(client: stripe.StripeClient) -> Any:
    return client.v1.transfers.reversals.create(transfer(client).id, {"amount": 50_000, "metadata": {"refund": "1"}})


def expired(client: stripe.StripeClient) -> Any:
    return client.v1.checkout.sessions.expire(session(client).id)


def dispute(client: stripe.StripeClient) -> Any:
    intent(client)
    client.v1.payment_intents.create(
        {"amount": 300_000, "currency": "vnd", **CARD, "payment_method": "pm_card_createDispute"}
    )
    found = client.v1.disputes.list({"limit": 1}).data[0]
    return client.v1.disputes.retrieve(found.id)


def entry(client: stripe.StripeClient) -> Any:
    intent(client)
    return client.v1.balance_transactions.list({"type": "charge", "limit": 100, "created": {"gte": 1}}).data[0]


def account_link(client: stripe.StripeClient) -> Any:
    return client.v1.account_links.create({"account": express(client).id, "type": "account_onboarding", **LINK})


def event(client: stripe.StripeClient) -> Any:
    intent(client)
    kinds: Any = {"types": ["payment_intent.succeeded", "charge.refunded"], "created": {"gte": 1}, "limit": 100}
    client.v1.events.list(kinds)
    return client.v1.events.list({"limit": 1}).data[0]


def found_sessions(client: stripe.StripeClient) -> Any:
    session(client)
    return client.v1.checkout.sessions.list({"limit": 1}).data[0]


def captured(client: stripe.StripeClient) -> Any:
    wanted: Any = {"amount": 300_000, "currency": "vnd", "capture_method": "manual", **CARD}
    made = client.v1.payment_intents.create(wanted)
    return client.v1.payment_intents.capture(made.id, {"amount_to_capture": 200_000})


def read_session(client: stripe.StripeClient) -> Any:
    return client.v1.checkout.sessions.retrieve(session(client).id, {"expand": ["payment_intent"]})


def cancelled(client: stripe.StripeClient) -> Any:
    made = client.v1.payment_intents.create({"amount": 50_000, "currency": "vnd"})
    return client.v1.payment_intents.cancel(made.id)


REQUESTS: dict[str, Callable[[stripe.StripeClient], Any]] = {
    "session": session,
    "read-session": read_session,
    "expired-session": expired,
    "sessions": found_sessions,
    "intent": intent,
    "captured": captured,
    "cancelled": cancelled,
    "charge": lambda client: client.v1.charges.retrieve(charge(client), {"expand": ["refunds"]}),
    "refund": refund,
    "read-refund": lambda client: client.v1.refunds.retrieve(refund(client).id),
    "transfer": transfer,
    "reversal": reversal,
    "payout-by-transfer": payout_by_transfer,
    "transfers": found_transfers,
    "read-transfer": lambda client: client.v1.transfers.retrieve(transfer(client).id),
    "reversals": found_reversals,
    "express": express,
    "account": lambda client: client.v1.accounts.retrieve(account(client).id),
    "account-link": account_link,
    "dispute": dispute,
    "balance-transactions": entry,
    "events": event,
    "balance": lambda client: client.v1.balance.retrieve(),
    "payout": lambda client: client.v1.payouts.create({"amount": 1_000, "currency": "vnd"}),
}


@pytest.fixture
def fake() -> Iterator[FakeStripe]:
    with FakeStripe() as running:
        # Something to pay out, as an account of Stripe's test mode has.
        client_of(running.url).v1.payment_intents.create(
            {"amount": 1_000_000, "currency": "vnd", **CARD, "payment_method": "pm_card_bypassPending"}
        )
        yield running


@pytest.mark.parametrize("send", REQUESTS.values(), ids=REQUESTS)
def test_stripe_mock_and_the_stand_in_take_it(send: Callable[[stripe.StripeClient], Any], fake: FakeStripe) -> None:
    theirs = send(client_of(os.environ["STRIPE_MOCK_URL"])).to_dict()
    ours = send(client_of(fake.url)).to_dict()
    assert ours["object"] == theirs["object"]
    # Every field of Stripe's example is there.
    assert theirs.keys() - ours.keys() == set()


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("payment_intents", "amount=abc&currency=vnd"),
        ("payment_intents", "amount=50000"),
        ("checkout/sessions", "mode=payment&unknown=1"),
        ("refunds", "amount=1.5"),
        ("transfers", "amount=1&currency=vnd"),
        ("checkout/sessions", "mode=payment&line_items[0][quantity]=two"),
    ],
)
def test_stripe_mock_and_the_stand_in_refuse_it(path: str, form: str, fake: FakeStripe) -> None:
    kinds = []
    for base in (os.environ["STRIPE_MOCK_URL"], fake.url):
        headers = {"Authorization": "Bearer sk_test_ours", "Content-Type": "application/x-www-form-urlencoded"}
        request = urllib.request.Request(f"{base}/v1/{path}", form.encode(), headers)
        with pytest.raises(urllib.error.HTTPError) as refusal:
            urllib.request.urlopen(request)
        kinds.append((refusal.value.code, json.loads(refusal.value.read())["error"]["type"]))
    assert kinds == [(400, "invalid_request_error")] * 2
