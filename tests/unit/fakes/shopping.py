"""What a shop asks of Stripe and a shopper does on its pages, for the tests of the fake."""

import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from email.message import Message
from typing import Any

import stripe

from fakes.stripe import FakeStripe

SUCCESS = "http://127.0.0.1:9/paid?session={CHECKOUT_SESSION_ID}"
CANCEL = "http://127.0.0.1:9/basket"
TYPED = {"email": "lan@example.com", "expiry": "12/34", "cvc": "123", "name": "Lan"}


def client_of(fake: FakeStripe, key: str = "sk_test_ours") -> stripe.StripeClient:
    bases: Any = dict.fromkeys(("api", "connect", "files", "meter_events"), fake.url)
    return stripe.StripeClient(key, base_addresses=bases, max_network_retries=0)


def line(name: str = "Chả mực Hạ Long", amount: int = 150_000, quantity: int = 2) -> Any:
    return {
        "price_data": {"currency": "vnd", "unit_amount": amount, "product_data": {"name": name}},
        "quantity": quantity,
    }


def open_session(client: stripe.StripeClient, **more: Any) -> Any:
    params = {"mode": "payment", "line_items": [line()], "success_url": SUCCESS, "cancel_url": CANCEL, **more}
    return client.v1.checkout.sessions.create(params)  # type: ignore[arg-type]


def charged(client: stripe.StripeClient, amount: int = 300_000, card: str = "pm_card_visa", **more: Any) -> Any:
    """A paid payment intent with its charge."""
    params = {"amount": amount, "currency": "vnd", "payment_method": card, "confirm": True, **more}
    return client.v1.payment_intents.create({**params, "expand": ["latest_charge"]})  # type: ignore[typeddict-item]


def vendor(fake: FakeStripe, client: stripe.StripeClient) -> str:
    """A connected account that may receive transfers."""
    capabilities = {"stripe_balance": {"stripe_transfers": {"requested": True}}}
    recipient: Any = {"display_name": "HTX", "configuration": {"recipient": {"capabilities": capabilities}}}
    account = client.v2.core.accounts.create(recipient)
    fake.admin("accounts/onboard", account=account.id)
    return account.id


@dataclass
class Answer:
    """What a page answered."""

    status: int
    headers: Message
    text: str

    @property
    def location(self) -> str:
        return str(self.headers["Location"])


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def browse(url: str, form: dict[str, str] | None = None, **headers: str) -> Answer:
    """GET, or POST when there is a form; redirects are not followed."""
    body = urllib.parse.urlencode(form).encode() if form is not None else None
    request = urllib.request.Request(url, body, headers)
    try:
        response = urllib.request.build_opener(_Stay).open(request)
    except urllib.error.HTTPError as error:
        response = error
    return Answer(response.status, response.headers, response.read().decode())


def pay(url: str, number: str, **typed: str) -> Answer:
    return browse(url, {**TYPED, "number": number, **typed})
