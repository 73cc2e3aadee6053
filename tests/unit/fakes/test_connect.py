"""Connected accounts, transfers, reversals and payouts of the Stripe fake."""

from typing import Any

import pytest
import stripe

from fakes.stripe import FakeStripe
from fakes.stripe.books import SETTLES_AFTER
from tests.unit.fakes.shopping import browse, charged, vendor

BACK, AGAIN = "http://127.0.0.1:9/back", "http://127.0.0.1:9/again"
RECIPIENT: Any = {
    "contact_email": "htx@example.com",
    "display_name": "HTX",
    "dashboard": "express",
    "identity": {"country": "vn"},
    "configuration": {"recipient": {"capabilities": {"stripe_balance": {"stripe_transfers": {"requested": True}}}}},
    "defaults": {"responsibilities": {"losses_collector": "application", "fees_collector": "application"}},
    "include": ["configuration.recipient", "requirements"],
}


def balance(client: stripe.StripeClient, account: str) -> tuple[int, int]:
    read = client.v1.balance.retrieve({}, {"stripe_account": account})
    return read.available[0].amount, read.pending[0].amount


def status(account: Any) -> str:
    return str(account.configuration.recipient.capabilities.stripe_balance.stripe_transfers.status)


@pytest.mark.parametrize(("answer", "expected"), [("done", "active"), ("later", "restricted")])
def test_a_vendor_is_onboarded_on_the_hosted_page(client: stripe.StripeClient, answer: str, expected: str) -> None:
    account = client.v2.core.accounts.create(RECIPIENT)
    assert (status(account), account.applied_configurations) == ("restricted", ["recipient"])
    use: Any = {"type": "account_onboarding", "account_onboarding": {"refresh_url": AGAIN, "return_url": BACK}}
    link = client.v2.core.account_links.create({"account": account.id, "use_case": use})
    assert account.id in browse(link.url).text
    assert browse(link.url, {"answer": answer}).location == BACK
    assert (browse(link.url).status, browse(link.url, {"answer": answer}).status) == (410, 410)
    read = client.v2.core.accounts.retrieve(account.id, {"include": ["configuration.recipient"]})
    assert status(read) == expected
    assert client.v2.core.accounts.retrieve(account.id).configuration is None


def test_an_onboarding_link_lives_five_minutes(fake: FakeStripe, client: stripe.StripeClient) -> None:
    account = client.v1.accounts.create({"type": "express", "capabilities": {"transfers": {"requested": True}}})
    params: Any = {"account": account.id, "type": "account_onboarding", "refresh_url": AGAIN, "return_url": BACK}
    old = client.v1.account_links.create(params)
    fake.admin("clock", seconds=300)
    page = browse(old.url)
    assert (page.status, AGAIN in page.text) == (410, True)
    browse(client.v1.account_links.create(params).url, {"answer": "done"})
    read = client.v1.accounts.retrieve(account.id)
    assert (read.capabilities.transfers, read.payouts_enabled) == ("active", True)  # type: ignore[union-attr]


def test_no_transfer_before_onboarding_or_under_restriction(fake: FakeStripe, client: stripe.StripeClient) -> None:
    account = client.v2.core.accounts.create(RECIPIENT).id
    wanted: Any = {"amount": 1000, "currency": "vnd", "destination": account}
    wanted["source_transaction"] = charged(client).latest_charge.id
    for change in (None, "restricted"):
        if change:
            fake.admin("accounts/onboard", account=account)
            client.v1.transfers.create(wanted)
            fake.admin("accounts/restrict", account=account, status=change)
        with pytest.raises(stripe.InvalidRequestError) as refusal:
            client.v1.transfers.create(wanted)
        assert refusal.value.code == "insufficient_capabilities_for_transfer"


def test_a_transfer_of_a_charges_own_money_settles_with_the_charge(
    fake: FakeStripe, client: stripe.StripeClient
) -> None:
    account = vendor(fake, client)
    charge = charged(client, transfer_group="order_1").latest_charge.id
    wanted: Any = {"amount": 200_000, "currency": "vnd", "destination": account, "source_transaction": charge}
    transfer = client.v1.transfers.create({**wanted, "metadata": {"vendor_order": "1-1"}})
    assert (transfer.transfer_group, transfer.amount_reversed, transfer.reversed) == ("order_1", 0, False)
    assert balance(client, account) == (0, 200_000)
    fake.admin("clock", seconds=SETTLES_AFTER)
    assert balance(client, account) == (200_000, 0)
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.transfers.create({**wanted, "amount": 100_001})
    assert refusal.value.code == "balance_insufficient"
    client.v1.transfers.create({**wanted, "amount": 50_000})
    found = client.v1.transfers.list({"transfer_group": "order_1"}).data
    assert [one.amount for one in found] == [50_000, 200_000]
    assert client.v1.transfers.retrieve(transfer.id).metadata.to_dict() == {"vendor_order": "1-1"}


def test_a_transfer_without_a_charge_needs_available_money(fake: FakeStripe, client: stripe.StripeClient) -> None:
    account = vendor(fake, client)
    charged(client)
    wanted: Any = {"amount": 100_000, "currency": "vnd", "destination": account}
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.transfers.create(wanted)
    assert refusal.value.code == "balance_insufficient"
    fake.admin("clock", seconds=SETTLES_AFTER)
    assert client.v1.transfers.create(wanted).amount == 100_000


def test_reversals_end_at_the_transfer_and_at_the_balance(fake: FakeStripe, client: stripe.StripeClient) -> None:
    account = vendor(fake, client)
    charge = charged(client).latest_charge.id
    wanted: Any = {"amount": 200_000, "currency": "vnd", "destination": account, "source_transaction": charge}
    transfer = client.v1.transfers.create(wanted)
    reversal = client.v1.transfers.reversals.create(transfer.id, {"amount": 50_000, "metadata": {"refund": "1"}})
    assert client.v1.transfers.reversals.retrieve(transfer.id, reversal.id).amount == 50_000
    with pytest.raises(stripe.InvalidRequestError, match="greater than what is left"):
        client.v1.transfers.reversals.create(transfer.id, {"amount": 150_001})
    fake.admin("clock", seconds=SETTLES_AFTER)
    client.v1.payouts.create({"amount": 100_000, "currency": "vnd"}, {"stripe_account": account})
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.transfers.reversals.create(transfer.id, {"amount": 50_001})
    assert refusal.value.code == "balance_insufficient"
    client.v1.transfers.reversals.create(transfer.id, {"amount": 50_000})
    read = client.v1.transfers.retrieve(transfer.id)
    assert (read.amount_reversed, read.reversed, len(read.reversals.data)) == (100_000, False, 2)
    assert balance(client, account) == (0, 0)


def test_a_transfer_is_reversed_whole_once(fake: FakeStripe, client: stripe.StripeClient) -> None:
    charge = charged(client).latest_charge.id
    wanted: Any = {"amount": 200_000, "currency": "vnd", "destination": vendor(fake, client)}
    transfer = client.v1.transfers.create({**wanted, "source_transaction": charge})
    assert client.v1.transfers.reversals.create(transfer.id).amount == 200_000
    assert client.v1.transfers.retrieve(transfer.id).reversed is True
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.transfers.reversals.create(transfer.id)
    assert refusal.value.code == "transfer_already_reversed"


def test_a_payout_arrives_or_comes_back(fake: FakeStripe, client: stripe.StripeClient) -> None:
    account = vendor(fake, client)
    wanted: Any = {"amount": 200_000, "currency": "vnd", "destination": account}
    client.v1.transfers.create({**wanted, "source_transaction": charged(client).latest_charge.id})
    own: Any = {"stripe_account": account}
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.payouts.create({"amount": 1000, "currency": "vnd"}, own)
    assert refusal.value.code == "balance_insufficient"
    fake.admin("clock", seconds=SETTLES_AFTER)
    first, second, third = (client.v1.payouts.create({"amount": 50_000, "currency": "vnd"}, own) for _ in range(3))
    assert client.v1.payouts.cancel(third.id, {}, own).status == "canceled"
    fake.admin("payouts/fail", account=account, payout=second.id, code="no_account")
    fake.admin("clock", seconds=86_400)
    assert client.v1.payouts.retrieve(first.id, {}, own).status == "paid"
    failed = client.v1.payouts.retrieve(second.id, {}, own)
    assert (failed.status, failed.failure_code) == ("failed", "no_account")
    assert balance(client, account) == (150_000, 0)
    with pytest.raises(stripe.InvalidRequestError, match="No such payout"):
        client.v1.payouts.retrieve(first.id)


def test_an_unknown_account_is_refused(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.PermissionError):
        client.v1.balance.retrieve({}, {"stripe_account": "acct_nobody"})
