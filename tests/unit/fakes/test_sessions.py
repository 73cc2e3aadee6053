"""Checkout Sessions of the Stripe fake, from the API and on the hosted pages."""

import re
from typing import Any

import pytest
import stripe

from fakes.stripe import FakeStripe
from tests.unit.fakes.shopping import CANCEL, TYPED, browse, client_of, line, open_session, pay


def test_a_session_is_paid_on_its_page(client: stripe.StripeClient) -> None:
    data = {"transfer_group": "order_1", "metadata": {"order": "1"}, "description": "Order 1"}
    session = open_session(client, client_reference_id="1", payment_intent_data=data, metadata={"try": "1"})
    assert (session.status, session.payment_status, session.payment_intent) == ("open", "unpaid", None)
    answer = pay(session.url, "4242 4242 4242 4242")
    assert (answer.status, answer.location) == (303, f"http://127.0.0.1:9/paid?session={session.id}")
    paid = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge", "line_items"]})
    intent: Any = paid.payment_intent
    assert (paid.status, paid.payment_status, paid.amount_total) == ("complete", "paid", 300_000)
    assert (paid.client_reference_id, paid.url, paid.customer_details.email) == ("1", None, TYPED["email"])  # type: ignore[union-attr]
    assert (intent.transfer_group, intent.metadata.to_dict(), intent.description) == (
        "order_1",
        {"order": "1"},
        "Order 1",
    )
    assert (intent.latest_charge.amount, intent.latest_charge.billing_details.name) == (300_000, "Lan")
    assert [(item.description, item.quantity) for item in paid.line_items.data] == [("Chả mực Hạ Long", 2)]  # type: ignore[union-attr]
    (found,) = client.v1.checkout.sessions.list({"payment_intent": intent.id}).data
    assert found.id == session.id
    again = browse(session.url if session.url else "")
    assert (again.status, "đã được thanh toán" in again.text, answer.location in again.text) == (200, True, True)


def test_a_decline_keeps_what_was_typed_but_not_the_card(client: stripe.StripeClient) -> None:
    session = open_session(client, locale="vi")
    answer = pay(session.url, "4000000000000002", email="hoa@example.com")
    assert answer.status == 422
    assert "Thẻ bị từ chối. Thử một thẻ khác." in answer.text
    assert 'value="hoa@example.com"' in answer.text
    assert 'value="Lan"' in answer.text
    assert re.search(r'<input id="(number|cvc)"[^>]*value="[^"]', answer.text) is None
    assert pay(session.url, "4242424242424242").status == 303
    (intent,) = client.v1.payment_intents.list().data
    assert [charge.status for charge in client.v1.charges.list({"payment_intent": intent.id})] == [
        "succeeded",
        "failed",
    ]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"number": "4000000000009995"}, "The card has insufficient funds. Try another card."),
        ({"number": "4242424242424241"}, "The card number is wrong. Check every digit."),
        ({"number": "4111111111111111"}, "This is no test card. Choose one from the list below."),
        ({"number": "42"}, "Enter the card number, 12 to 19 digits."),
        ({"expiry": "13/34"}, "Enter the month and year of expiry, such as 12/34."),
        ({"expiry": "01/20"}, "This card has expired. Choose another one."),
        ({"cvc": "1"}, "Enter the CVC, 3 or 4 digits."),
        ({"email": "lan"}, "Enter an e-mail address, such as name@example.com."),
        ({"name": " "}, "Enter the name on the card."),
    ],
)
def test_the_page_says_what_is_wrong(client: stripe.StripeClient, typed: dict[str, str], words: str) -> None:
    session = open_session(client, locale="en")
    answer = browse(session.url, {**TYPED, "number": "4242424242424242", **typed})
    # In the summary, and beside the field.
    assert (answer.status, answer.text.count(words)) == (422, 2)
    assert client.v1.checkout.sessions.retrieve(session.id).status == "open"


def test_3d_secure_is_refused_then_approved(client: stripe.StripeClient) -> None:
    session = open_session(client, locale="en")
    bank = pay(session.url, "4000002500003155")
    assert "Do you agree to pay 300.000\N{NO-BREAK SPACE}₫ to Sản Vật?" in browse(bank.location).text
    back = browse(bank.location, {"answer": "refuse"})
    form = browse(client_url(session, back.location))
    assert "Your bank could not authenticate you." in form.text
    assert 'value="lan@example.com"' in form.text
    bank = pay(session.url, "4000002500003155")
    assert browse(bank.location, {"answer": "approve"}).location == f"http://127.0.0.1:9/paid?session={session.id}"
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"
    assert browse(bank.location).status == 404


def client_url(session: Any, path: str) -> str:
    return str(session.url.partition("/c/pay/")[0] + path)


def test_a_paid_and_disputed_card(client: stripe.StripeClient) -> None:
    session = open_session(client)
    assert pay(session.url, "4000000000000259").status == 303
    intent = client.v1.checkout.sessions.retrieve(session.id).payment_intent
    assert len(client.v1.disputes.list({"payment_intent": str(intent)}).data) == 1


def test_a_test_card_fills_the_form(client: stripe.StripeClient) -> None:
    session = open_session(client)
    answer = browse(session.url, {**TYPED, "fill": "4000000000009995", "number": ""})
    assert (answer.status, 'value="4000 0000 0000 9995"' in answer.text) == (200, True)


def test_captured_later(client: stripe.StripeClient) -> None:
    session = open_session(client, payment_intent_data={"capture_method": "manual"})
    pay(session.url, "4242424242424242")
    waiting = client.v1.checkout.sessions.retrieve(session.id)
    assert (waiting.status, waiting.payment_status) == ("complete", "unpaid")
    client.v1.payment_intents.capture(str(waiting.payment_intent))
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"


def test_a_session_is_expired_by_the_shop(client: stripe.StripeClient) -> None:
    session = open_session(client)
    assert client.v1.checkout.sessions.expire(session.id).status == "expired"
    page = browse(session.url)
    assert (page.status, "đã hết hạn" in page.text, CANCEL in page.text) == (410, True, True)
    assert pay(session.url, "4242424242424242").status == 410
    with pytest.raises(stripe.InvalidRequestError, match="Only Checkout Sessions"):
        client.v1.checkout.sessions.expire(session.id)


def test_a_session_expires_by_itself(fake: FakeStripe, client: stripe.StripeClient) -> None:
    session = open_session(client, expires_at=fake.world.now() + 1800)
    pay(session.url, "4000000000000002")
    fake.admin("clock", seconds=1801)
    read = client.v1.checkout.sessions.retrieve(session.id)
    assert (read.status, read.url) == ("expired", None)
    assert client.v1.payment_intents.retrieve(str(read.payment_intent)).status == "canceled"
    assert [event.type for event in client.v1.events.list({"type": "checkout.session.*"})] == [
        "checkout.session.expired"
    ]


@pytest.mark.parametrize(
    ("params", "param"),
    [
        ({"expires_at": 60}, "expires_at"),
        ({"expires_at": 90_000}, "expires_at"),
        ({"line_items": []}, "line_items"),
        ({"line_items": [line(amount=5_000, quantity=2)]}, "line_items"),
        ({"line_items": [line(amount=50_000_000)]}, "line_items"),
        ({"line_items": [line(quantity=0)]}, "line_items[0][quantity]"),
        ({"mode": "subscription"}, "mode"),
        ({"success_url": "/paid"}, "success_url"),
        ({"payment_intent_data": {"on_behalf_of": "acct_1"}}, "payment_intent_data[on_behalf_of]"),
    ],
)
def test_sessions_that_stripe_or_the_fake_refuse(
    fake: FakeStripe, client: stripe.StripeClient, params: dict[str, Any], param: str
) -> None:
    if "expires_at" in params:
        params = {"expires_at": fake.world.now() + params["expires_at"]}
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        open_session(client, **params)
    assert refusal.value.param == param


@pytest.mark.parametrize(
    ("locale", "browser", "mark"),
    [
        ("vi", "en", "Chế độ thử"),
        ("en", "vi", "Test mode"),
        ("fr", "vi", "Test mode"),
        ("auto", "en-GB,en;q=0.9", "Test mode"),
        ("auto", "ja", "Chế độ thử"),
    ],
)
def test_the_language_is_the_sessions_or_the_browsers(
    client: stripe.StripeClient, locale: str, browser: str, mark: str
) -> None:
    page = browse(open_session(client, locale=locale).url, **{"Accept-Language": browser})
    assert f"<strong>{mark}</strong>" in page.text


def test_names_of_goods_are_only_text(client: stripe.StripeClient) -> None:
    page = browse(open_session(client, line_items=[line(name="<script>alert(1)</script>")]).url)
    assert ("<script" in page.text, "&lt;script&gt;alert(1)" in page.text) == (False, True)


def test_no_such_page(fake: FakeStripe) -> None:
    assert [browse(f"{fake.url}{path}").status for path in ("/", "/c/pay/cs_1", "/3ds/pi_1")] == [404, 404, 404]
    assert browse(f"{fake.url}/setup/link_1").status == 410


def test_sessions_survive_a_restart(tmp_path: Any) -> None:
    file = str(tmp_path / "stripe.sqlite3")
    with FakeStripe(data=file) as first:
        port = int(first.url.rpartition(":")[2])
        session = open_session(client_of(first))
    with FakeStripe(data=file, port=port) as second:
        assert pay(session.url, "4242424242424242").status == 303
        assert client_of(second).v1.checkout.sessions.retrieve(session.id).status == "complete"
