"""The Stripe fake refuses what Stripe would refuse, by the types of the official SDK."""

from typing import Any

import pytest
import stripe

from fakes.stripe.errors import ApiError
from fakes.stripe.forms import nested
from fakes.stripe.routes import ROUTES
from fakes.stripe.validation import fields, named, validated
from tests.unit.fakes.shopping import SUCCESS, line

SESSION = {"mode": "payment", "success_url": SUCCESS}


@pytest.mark.parametrize(
    ("params", "param", "words"),
    [
        ({"foo": "1"}, "foo", "Received unknown parameter: foo"),
        ({"line_items": [{**line(), "foo": 1}]}, "line_items[0][foo]", "Received unknown parameter"),
        (
            {"line_items": [{"price_data": {"unit_amount": 1}}]},
            "line_items[0][price_data][currency]",
            "Missing required",
        ),
        ({"line_items": [{**line(), "quantity": "two"}]}, "line_items[0][quantity]", "Invalid integer: two"),
        ({"expires_at": "1.5"}, "expires_at", "Invalid integer: 1.5"),
        ({"allow_promotion_codes": "yes"}, "allow_promotion_codes", "Invalid boolean: yes"),
        ({"success_url": {"a": "b"}}, "success_url", "Invalid string"),
        ({"metadata": "x"}, "metadata", "must be a hash"),
        ({"mode": "gift"}, "mode", "must be one of payment, setup, or subscription"),
        ({"line_items": "x"}, "line_items", "Invalid array"),
        ({"payment_method_types": ["card"]}, "payment_method_types", "Received unknown parameter"),
    ],
)
def test_wrong_parameters(client: stripe.StripeClient, params: dict[str, Any], param: str, words: str) -> None:
    with pytest.raises(stripe.InvalidRequestError, match=words) as refusal:
        client.v1.checkout.sessions.create({**SESSION, **params})  # type: ignore[typeddict-item]
    assert (refusal.value.http_status, refusal.value.param) == (400, param)


def test_missing_parameters(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="Missing required param: currency.") as refusal:
        client.v1.payment_intents.create({"amount": 300_000})  # type: ignore[typeddict-item]
    assert refusal.value.code == "parameter_missing"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"foo": 1}, "unknown parameter: foo"),
        ({"display_name": 5}, "Invalid string"),
        ({"configuration": {"recipient": {"capabilities": {"stripe_balance": {"stripe_transfers": {}}}}}}, "Missing"),
        ({"dashboard": "huge"}, "must be one of express, full, or none"),
    ],
)
def test_version_2_bodies(client: stripe.StripeClient, body: Any, words: str) -> None:
    with pytest.raises(stripe.InvalidRequestError, match=words):
        client.v2.core.accounts.create(body)


def test_unknown_addresses_and_objects(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="Unrecognized request URL"):
        client.v1.subscriptions.list()
    with pytest.raises(stripe.InvalidRequestError, match="No such payment_intent") as refusal:
        client.v1.payment_intents.retrieve("pi_nobodys")
    assert (refusal.value.code, refusal.value.http_status) == ("resource_missing", 404)
    with pytest.raises(stripe.InvalidRequestError, match="cannot be expanded"):
        client.v1.payment_intents.create({"amount": 50_000, "currency": "vnd", "expand": ["nothing"]})


def test_forms_are_read_as_stripe_reads_them() -> None:
    pairs = [("a[b][c]", "1"), ("items[0][price]", "p"), ("items[1][price]", "q"), ("expand[]", "x"), ("expand[]", "y")]
    assert nested(pairs) == {
        "a": {"b": {"c": "1"}},
        "items": {"0": {"price": "p"}, "1": {"price": "q"}},
        "expand": {"0": "x", "1": "y"},
    }


def test_every_route_has_parameters_of_the_sdk() -> None:
    without = [one.path for one in ROUTES if one.params is None]
    assert without == ["/v1/payment_pages/<id>", "/v1/payment_pages/<id>/confirm"]
    assert [one.params for one in ROUTES if one.params and not isinstance(fields(named(one.params)), dict)] == []


def test_an_empty_text_is_refused_where_nothing_can_be_emptied() -> None:
    with pytest.raises(ApiError, match="must be a hash"):
        validated(named("TransferCreateParams"), {"currency": "vnd", "destination": "acct_1", "metadata": ""})
