"""Payment intents, charges, refunds and disputes of the Stripe fake."""

from typing import Any

import pytest
import stripe

from fakes.stripe import FakeStripe
from fakes.stripe.books import SETTLES_AFTER, card_fee, dispute_fee
from tests.unit.fakes.shopping import browse, charged, client_of


def sums(client: stripe.StripeClient, account: str | None = None) -> tuple[int, int]:
    options: Any = {"stripe_account": account} if account else {}
    balance = client.v1.balance.retrieve({}, options)
    return balance.available[0].amount, balance.pending[0].amount


def test_a_card_is_charged_and_the_money_is_free_after_two_days(fake: FakeStripe, client: stripe.StripeClient) -> None:
    intent = charged(client, 300_000, metadata={"order": "1"}, transfer_group="order_1")
    charge = intent.latest_charge
    assert (intent.status, intent.amount_received, charge.paid, charge.captured) == ("succeeded", 300_000, True, True)
    assert (charge.transfer_group, charge.metadata.to_dict()) == ("order_1", {"order": "1"})
    entry = client.v1.balance_transactions.retrieve(charge.balance_transaction)
    assert (entry.amount, entry.fee, entry.net, entry.status) == (300_000, 20_200, 279_800, "pending")
    assert sums(client) == (0, 279_800)
    fake.admin("clock", seconds=SETTLES_AFTER)
    assert sums(client) == (279_800, 0)
    assert client.v1.balance_transactions.retrieve(entry.id).status == "available"


@pytest.mark.parametrize(
    ("card", "code", "decline"),
    [
        ("pm_card_chargeDeclined", "card_declined", "generic_decline"),
        ("pm_card_visa_chargeDeclined", "card_declined", "generic_decline"),
        ("pm_card_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"),
        ("pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card"),
    ],
)
def test_a_declined_card_leaves_a_failed_charge(
    client: stripe.StripeClient, card: str, code: str, decline: str
) -> None:
    with pytest.raises(stripe.CardError) as refusal:
        charged(client, card=card)
    error: Any = refusal.value.error
    assert (refusal.value.http_status, error.code, error.decline_code) == (402, code, decline)
    intent = client.v1.payment_intents.retrieve(error.payment_intent.id)
    assert (intent.status, intent.last_payment_error.code) == ("requires_payment_method", code)  # type: ignore[union-attr]
    assert client.v1.charges.retrieve(error.charge).status == "failed"
    assert sums(client) == (0, 0)


def test_after_a_decline_another_card_pays_the_same_intent(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.CardError) as refusal:
        charged(client, card="pm_card_chargeDeclined")
    key = refusal.value.error.payment_intent.id  # type: ignore[union-attr]
    paid = client.v1.payment_intents.confirm(key, {"payment_method": "pm_card_mastercard"})
    assert (paid.status, paid.last_payment_error) == ("succeeded", None)
    assert [charge.status for charge in client.v1.charges.list({"payment_intent": key})] == ["succeeded", "failed"]


@pytest.mark.parametrize(("approved", "status"), [(True, "succeeded"), (False, "requires_payment_method")])
def test_the_holder_answers_on_the_banks_page(client: stripe.StripeClient, approved: bool, status: str) -> None:
    intent = charged(client, card="pm_card_authenticationRequired", return_url="http://127.0.0.1:9/back")
    assert (intent.status, intent.latest_charge) == ("requires_action", None)
    answer = browse(intent.next_action.redirect_to_url.url, {"answer": "approve" if approved else "refuse"})
    assert answer.location.startswith(f"http://127.0.0.1:9/back?payment_intent={intent.id}")
    assert answer.location.endswith("succeeded" if approved else "failed")
    assert client.v1.payment_intents.retrieve(intent.id).status == status


def test_an_authorised_payment_is_captured_in_part(client: stripe.StripeClient) -> None:
    intent = charged(client, capture_method="manual")
    assert (intent.status, intent.amount_capturable, sums(client)) == ("requires_capture", 300_000, (0, 0))
    taken = client.v1.payment_intents.capture(intent.id, {"amount_to_capture": 200_000})
    assert (taken.status, taken.amount_received) == ("succeeded", 200_000)
    assert sums(client) == (0, 200_000 - card_fee(200_000, "vnd"))
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded"):
        client.v1.refunds.create({"payment_intent": intent.id, "amount": 200_001})
    assert client.v1.refunds.create({"payment_intent": intent.id}).amount == 200_000


def test_an_authorisation_lapses_after_a_week(fake: FakeStripe, client: stripe.StripeClient) -> None:
    intent = charged(client, capture_method="manual")
    fake.admin("clock", seconds=7 * 86_400)
    lapsed = client.v1.payment_intents.retrieve(intent.id)
    assert (lapsed.status, lapsed.cancellation_reason) == ("canceled", "automatic")


def test_a_payment_is_given_up_only_before_it_is_paid(client: stripe.StripeClient) -> None:
    waiting = client.v1.payment_intents.create({"amount": 50_000, "currency": "vnd"})
    given_up = client.v1.payment_intents.cancel(waiting.id, {"cancellation_reason": "abandoned"})
    assert (given_up.status, given_up.cancellation_reason) == ("canceled", "abandoned")
    paid = charged(client)
    for act in (client.v1.payment_intents.cancel, client.v1.payment_intents.capture, client.v1.payment_intents.confirm):
        with pytest.raises(stripe.InvalidRequestError) as refusal:
            act(paid.id)
        assert refusal.value.code == "payment_intent_unexpected_state"


@pytest.mark.parametrize(
    ("amount", "code"), [(11_999, "amount_too_small"), (100_000_000, "amount_too_large"), (0, "amount_too_small")]
)
def test_amounts_have_limits(client: stripe.StripeClient, amount: int, code: str) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        charged(client, amount)
    assert refusal.value.code == code


def test_the_limits_themselves_are_fine(client: stripe.StripeClient) -> None:
    assert [charged(client, amount).status for amount in (12_000, 99_999_999)] == ["succeeded", "succeeded"]


def test_refunds_never_exceed_the_charge(client: stripe.StripeClient) -> None:
    intent = charged(client)
    first = client.v1.refunds.create({"payment_intent": intent.id, "amount": 100_000, "metadata": {"line": "1"}})
    assert (first.status, first.charge, first.metadata.to_dict()) == (  # type: ignore[union-attr]
        "succeeded",
        intent.latest_charge.id,
        {"line": "1"},
    )
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded amount"):
        client.v1.refunds.create({"charge": intent.latest_charge.id, "amount": 200_001})
    second = client.v1.refunds.create({"charge": intent.latest_charge.id})
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.refunds.create({"payment_intent": intent.id})
    assert refusal.value.code == "charge_already_refunded"
    assert [one.id for one in client.v1.refunds.list({"payment_intent": intent.id})] == [second.id, first.id]
    charge = client.v1.charges.retrieve(intent.latest_charge.id, {"expand": ["refunds"]})
    assert (charge.refunded, charge.amount_refunded, len(charge.refunds.data)) == (True, 300_000, 2)  # type: ignore[union-attr]
    assert sums(client) == (0, -card_fee(300_000, "vnd"))


def test_a_refund_may_wait_or_fail(fake: FakeStripe, client: stripe.StripeClient) -> None:
    waiting = client.v1.refunds.create({"payment_intent": charged(client, card="pm_card_pendingRefund").id})
    failing = client.v1.refunds.create({"payment_intent": charged(client, card="pm_card_refundFail").id})
    assert (waiting.status, failing.status) == ("pending", "succeeded")
    fake.admin("clock", seconds=60)
    assert client.v1.refunds.retrieve(waiting.id).status == "succeeded"
    failed = client.v1.refunds.retrieve(failing.id)
    assert (failed.status, failed.failure_reason) == ("failed", "expired_or_canceled_card")
    assert client.v1.charges.retrieve(str(failed.charge)).amount_refunded == 0


def test_a_refund_can_be_made_to_fail(fake: FakeStripe, client: stripe.StripeClient) -> None:
    refund = client.v1.refunds.create({"payment_intent": charged(client).id})
    fake.admin("refunds/fail", refund=refund.id)
    assert client.v1.refunds.retrieve(refund.id).status == "failed"


@pytest.mark.parametrize(("evidence", "status"), [("winning_evidence", "won"), ("losing_evidence", "lost")])
def test_a_disputed_charge_loses_its_money_until_it_is_won(
    client: stripe.StripeClient, evidence: str, status: str
) -> None:
    intent = charged(client, card="pm_card_createDispute")
    (dispute,) = client.v1.disputes.list({"payment_intent": intent.id}).data
    assert (dispute.status, dispute.reason, dispute.amount) == ("needs_response", "fraudulent", 300_000)
    fees = card_fee(300_000, "vnd") + dispute_fee("vnd")
    assert sum(sums(client)) == -fees
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.refunds.create({"payment_intent": intent.id})
    assert refusal.value.code == "charge_disputed"
    closed = client.v1.disputes.update(dispute.id, {"evidence": {"uncategorized_text": evidence}})
    assert closed.status == status
    assert sum(sums(client)) == (300_000 if status == "won" else 0) - fees


def test_an_administrator_disputes_and_decides(fake: FakeStripe, client: stripe.StripeClient) -> None:
    intent = charged(client)
    dispute = fake.admin("disputes/open", payment_intent=intent.id, reason="product_not_received", amount=100_000)
    fake.admin("disputes/close", dispute=dispute["id"], won=True)
    read = client.v1.disputes.retrieve(dispute["id"])
    assert (read.status, read.reason, read.amount) == ("won", "product_not_received", 100_000)
    accepted = charged(client, card="pm_card_createDispute")
    (other,) = client.v1.disputes.list({"charge": accepted.latest_charge.id}).data
    assert client.v1.disputes.close(other.id).status == "lost"


def test_only_test_keys_are_taken(fake: FakeStripe) -> None:
    with pytest.raises(stripe.AuthenticationError):
        client_of(fake, "sk_live_somebodys").v1.balance.retrieve()
