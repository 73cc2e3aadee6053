"""What the fake answers has every field that the SDK's types say is always there."""

import typing
from typing import Any, ClassVar, get_origin

import pytest
import stripe
from stripe.v2.core import Account as AccountV2
from stripe.v2.core import AccountLink as AccountLinkV2

from fakes.stripe import FakeStripe
from fakes.stripe.books import SETTLES_AFTER
from tests.unit.fakes.shopping import charged, open_session, vendor

LINK: Any = {"refresh_url": "http://127.0.0.1:9/a", "return_url": "http://127.0.0.1:9/b"}


def always_there(kind: type) -> set[str]:
    """Fields of an SDK class that may not be None."""
    hints = {name: hint for name, hint in kind.__annotations__.items() if not name.startswith("_")}
    return {
        name
        for name, hint in hints.items()
        if get_origin(hint) is not ClassVar and type(None) not in typing.get_args(hint) and name != "deleted"
    }


def objects(fake: FakeStripe, client: stripe.StripeClient) -> list[Any]:
    """One of each kind."""
    account = vendor(fake, client)
    intent = charged(client, card="pm_card_createDispute")
    other = charged(client)
    wanted: Any = {"amount": 50_000, "currency": "vnd", "destination": account}
    transfer = client.v1.transfers.create({**wanted, "source_transaction": other.latest_charge.id})
    reversal = client.v1.transfers.reversals.create(transfer.id, {"amount": 10_000})
    fake.admin("clock", seconds=SETTLES_AFTER)
    product = client.v1.products.create({"name": "Chả mực"})
    use: Any = {"type": "account_onboarding", "account_onboarding": LINK}
    return [
        intent,
        intent.latest_charge,
        client.v1.disputes.list().data[0],
        client.v1.refunds.create({"payment_intent": other.id}),
        open_session(client),
        transfer,
        reversal,
        client.v1.payouts.create({"amount": 1_000, "currency": "vnd"}, {"stripe_account": account}),
        client.v1.balance.retrieve(),
        client.v1.balance_transactions.list().data[0],
        client.v1.events.list().data[0],
        client.v1.customers.create({"name": "Lan"}),
        client.v1.payment_methods.retrieve(intent.payment_method),
        product,
        client.v1.prices.create({"currency": "vnd", "unit_amount": 50_000, "product": product.id}),
        client.v1.accounts.retrieve(account),
        client.v1.account_links.create({"account": account, "type": "account_onboarding", **LINK}),
        client.v2.core.accounts.retrieve(account),
        client.v2.core.account_links.create({"account": account, "use_case": use}),
    ]


def test_nothing_that_is_always_there_is_missing(fake: FakeStripe, client: stripe.StripeClient) -> None:
    lacking = {type(one).__name__: always_there(type(one)) - one.to_dict().keys() for one in objects(fake, client)}
    assert {name: fields for name, fields in lacking.items() if fields} == {}


def test_nothing_is_there_that_stripe_does_not_have(fake: FakeStripe, client: stripe.StripeClient) -> None:
    known = {
        type(one).__name__: one.to_dict().keys() - type(one).__annotations__.keys() for one in objects(fake, client)
    }
    assert {name: fields for name, fields in known.items() if fields} == {}


@pytest.mark.parametrize(
    ("kind", "field"), [(stripe.Charge, "amount_captured"), (AccountV2, "created"), (AccountLinkV2, "url")]
)
def test_the_check_sees_fields(kind: type, field: str) -> None:
    assert field in always_there(kind)
