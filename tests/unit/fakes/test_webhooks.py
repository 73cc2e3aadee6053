"""Webhooks of the Stripe fake: what is sent, how it is signed, and how it can go wrong."""

from typing import Any

import pytest
import stripe

from fakes.stripe import FakeStripe
from fakes.stripe.webhooks import ATTEMPTS
from tests.unit.fakes.conftest import SECRET, Inbox
from tests.unit.fakes.shopping import charged, open_session, pay, vendor

PAID = ["payment_intent.created", "charge.succeeded", "charge.updated", "payment_intent.succeeded"]


def states(fake: FakeStripe) -> dict[str, int]:
    found: dict[str, int] = fake.admin("webhooks/settle")
    return found


def test_every_change_is_told_in_order(fake: FakeStripe, client: stripe.StripeClient, inbox: Inbox) -> None:
    session = open_session(client)
    pay(session.url, "4242424242424242")
    assert states(fake) == {"delivered": 5}
    assert inbox.types == [*PAID, "checkout.session.completed"]
    listed = client.v1.events.list({"limit": 10}).data
    assert [event.id for event in reversed(listed)] == [body["id"] for body in inbox.bodies]
    assert client.v1.events.retrieve(listed[0].id).data.object["id"] == session.id


def test_the_fee_is_known_only_after_the_charge_was_announced(
    fake: FakeStripe, client: stripe.StripeClient, inbox: Inbox
) -> None:
    charged(client)
    states(fake)
    shown = {body["type"]: body["data"]["object"].get("balance_transaction") for body in inbox.bodies}
    assert (shown["charge.succeeded"], shown["charge.updated"][:4]) == (None, "txn_")


def test_events_are_filtered_by_type_and_time(fake: FakeStripe, client: stripe.StripeClient) -> None:
    charged(client)
    fake.admin("clock", seconds=60)
    since = fake.world.now()
    client.v1.refunds.create({"payment_intent": charged(client).id})
    kinds: Any = {"types": ["charge.refunded", "refund.created"]}
    assert {event.type for event in client.v1.events.list(kinds)} == set(kinds["types"])
    late = client.v1.events.list({"created": {"gte": since}, "limit": 100})
    assert [event.type for event in reversed(late.data)] == [*PAID, "refund.created", "charge.refunded"]


def test_lists_are_paged(client: stripe.StripeClient) -> None:
    for _ in range(3):
        charged(client)
    pages = client.v1.events.list({"limit": 5})
    assert (len(pages.data), pages.has_more) == (5, True)
    assert len(list(pages.auto_paging_iter())) == 12
    newer = client.v1.events.list({"limit": 2, "ending_before": pages.data[3].id})
    assert [event.id for event in newer.data] == [event.id for event in pages.data[1:3]]


def test_a_refused_event_is_sent_again_until_it_is_taken(
    fake: FakeStripe, client: stripe.StripeClient, inbox: Inbox
) -> None:
    inbox.refuse = 2
    client.v1.payment_intents.create({"amount": 50_000, "currency": "vnd"})
    assert states(fake) == {"delivered": 1}
    (delivery,) = fake.admin("webhooks/deliveries")["deliveries"]
    assert (delivery["attempts"], delivery["answer"]) == (3, "200")


def test_in_the_end_it_is_given_up(fake: FakeStripe, client: stripe.StripeClient, inbox: Inbox) -> None:
    inbox.refuse = 1000
    client.v1.payment_intents.create({"amount": 50_000, "currency": "vnd"})
    assert states(fake) == {"failed": 1}
    assert fake.admin("webhooks/deliveries")["deliveries"][0]["attempts"] == ATTEMPTS
    assert [event.type for event in client.v1.events.list()] == ["payment_intent.created"]


def test_nobody_listening_is_no_obstacle(client: stripe.StripeClient, fake: FakeStripe, inbox: Inbox) -> None:
    fake.world.receivers[:] = [type(fake.world.receivers[0])("http://127.0.0.1:9/", SECRET)]
    assert charged(client).status == "succeeded"
    assert states(fake) == {"failed": 4}


@pytest.mark.parametrize(
    ("fault", "taken"),
    [
        ({"kind": "webhook_duplicate", "copies": 3, "type": "charge.succeeded"}, [PAID[0], *[PAID[1]] * 3, *PAID[2:]]),
        ({"kind": "webhook_reorder", "times": 4}, PAID[::-1]),
        ({"kind": "webhook_reorder", "times": 2}, [PAID[1], PAID[0], *PAID[2:]]),
        ({"kind": "webhook_hold", "type": "charge.*", "times": 2}, [PAID[0], PAID[3]]),
        ({"kind": "webhook_unknown"}, ["fake.made_up_event", *PAID]),
    ],
)
def test_deliveries_go_wrong(
    fake: FakeStripe, client: stripe.StripeClient, inbox: Inbox, fault: dict[str, Any], taken: list[str]
) -> None:
    fake.admin("faults", **fault)
    charged(client)
    states(fake)
    assert inbox.types == taken


def test_what_was_held_back_comes_late(fake: FakeStripe, client: stripe.StripeClient, inbox: Inbox) -> None:
    fake.admin("faults", kind="webhook_hold", type="payment_intent.created")
    charged(client)
    assert states(fake) == {"delivered": 3, "held": 1}
    assert fake.admin("webhooks/release") == {"released": 1}
    states(fake)
    assert inbox.types == [*PAID[1:], PAID[0]]


@pytest.mark.parametrize(
    ("kind", "words"), [("webhook_bad_signature", "No signatures found"), ("webhook_stale", "Timestamp outside")]
)
def test_signatures_go_wrong(
    fake: FakeStripe, client: stripe.StripeClient, inbox: Inbox, kind: str, words: str
) -> None:
    fake.admin("faults", kind=kind)
    client.v1.payment_intents.create({"amount": 50_000, "currency": "vnd"})
    assert states(fake) == {"failed": 1}
    assert {error[: len(words)] for error in inbox.forged} == {words}


def test_version_2_accounts_send_notifications(fake: FakeStripe, client: stripe.StripeClient, inbox: Inbox) -> None:
    account = vendor(fake, client)
    states(fake)
    assert inbox.types == [
        "v2.core.account.created",
        "v2.core.account[requirements].updated",
        "v2.core.account[configuration.recipient].capability_status_updated",
        "account.updated",
    ]
    assert inbox.bodies[3]["account"] == account
    raw = inbox.raw[2]
    signed = stripe.WebhookSignature.generate_signature_header(raw, SECRET)
    note: Any = client.parse_event_notification(raw, signed, SECRET)
    assert note.related_object.id == account
    read = note.fetch_related_object()
    assert (read.id, note.fetch_event().type) == (account, note.type)


def test_an_endpoint_made_through_the_api(fake: FakeStripe, client: stripe.StripeClient, inbox: Inbox) -> None:
    fake.world.receivers.clear()
    wanted: Any = {"url": inbox.url, "enabled_events": ["payment_intent.succeeded"]}
    endpoint = client.v1.webhook_endpoints.create(wanted)
    charged(client)
    assert states(fake) == {"failed": 1}
    assert len(inbox.forged) == ATTEMPTS
    assert (endpoint.secret or "")[:6] == "whsec_"
    assert "secret" not in client.v1.webhook_endpoints.list().data[0]
    client.v1.webhook_endpoints.delete(endpoint.id)
    charged(client)
    assert states(fake) == {"failed": 1}
