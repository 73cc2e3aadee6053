"""Stripe's test cards and what each of them does, and payment methods made from them.

Numbers and names are those of https://docs.stripe.com/testing.
"""

from dataclasses import dataclass

from fakes.stripe.errors import ApiError, CardError, Doc, missing, unsupported
from fakes.stripe.events import emit
from fakes.stripe.lists import listed, updated
from fakes.stripe.routes import route
from fakes.stripe.store import new_id
from fakes.stripe.world import Call


@dataclass(frozen=True, slots=True)
class Card:
    """A test card. `decline`: (code, decline code); `dispute`: reason; `refund`: how a refund to it goes."""

    number: str
    names: tuple[str, ...]
    brand: str = "visa"
    decline: tuple[str, str] | None = None
    asks: bool = False
    dispute: str | None = None
    inquiry: bool = False
    settles_at_once: bool = False
    refund: str = "succeeded"


def _declined(number: str, name: str, code: str, why: str) -> Card:
    return Card(number, (name, f"visa_{name}"), decline=(code, why))


CARDS = (
    Card("4242424242424242", ("visa", "us")),
    Card("5555555555554444", ("mastercard",), brand="mastercard"),
    Card("378282246310005", ("amex",), brand="amex"),
    Card("4000007040000004", ("vn",)),
    Card("4000000000000077", ("bypassPending",), settles_at_once=True),
    _declined("4000000000000002", "chargeDeclined", "card_declined", "generic_decline"),
    _declined("4000000000009995", "chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"),
    _declined("4000000000009987", "chargeDeclinedLostCard", "card_declined", "lost_card"),
    _declined("4000000000000069", "chargeDeclinedExpiredCard", "expired_card", "expired_card"),
    _declined("4000000000000127", "chargeDeclinedIncorrectCvc", "incorrect_cvc", "incorrect_cvc"),
    _declined("4000000000000119", "chargeDeclinedProcessingError", "processing_error", "processing_error"),
    _declined("4000000000000341", "chargeCustomerFail", "card_declined", "generic_decline"),
    Card("4000002500003155", ("authenticationRequiredOnSetup",), asks=True),
    Card("4000002760003184", ("authenticationRequired",), asks=True),
    Card("4000000000003220", ("threeDSecure2Required",), asks=True),
    Card("4000000000000259", ("createDispute",), dispute="fraudulent"),
    Card("4000000000002685", ("createDisputeProductNotReceived",), dispute="product_not_received"),
    Card("4000000000001976", ("createDisputeInquiry",), dispute="fraudulent", inquiry=True),
    Card("4000000000007726", ("pendingRefund",), refund="pending"),
    Card("4000000000005126", ("refundFail",), refund="failed"),
)
BY_NUMBER = {card.number: card for card in CARDS}
BY_NAME = {name: card for card in CARDS for name in card.names}
MESSAGES = {
    "card_declined": "Your card was declined.",
    "insufficient_funds": "Your card has insufficient funds.",
    "expired_card": "Your card has expired.",
    "incorrect_cvc": "Your card's security code is incorrect.",
    "processing_error": "An error occurred while processing your card. Try again in a little bit.",
}


def by_name(name: str) -> Card | None:
    """The card behind `pm_card_visa` or `tok_visa`."""
    for prefix in ("pm_card_", "tok_"):
        if name.startswith(prefix):
            return BY_NAME.get(name.removeprefix(prefix))
    return None


def decline_message(code: str, why: str) -> str:
    """Stripe's sentence about a declined card."""
    return MESSAGES.get(why) or MESSAGES[code]


def by_number(number: str) -> Card:
    """The card with this number. Raises CardError: a number that is wrong, or a card that is no test card."""
    digits = "".join(number.split())
    if digits in BY_NUMBER:
        return BY_NUMBER[digits]
    if not digits.isdecimal() or not 12 <= len(digits) <= 19 or not _luhn(digits):
        raise CardError("Your card number is incorrect.", code="incorrect_number", param="number")
    message = "Your card was declined. Your request was in test mode, but used a non test card."
    raise CardError(message, code="card_declined", decline_code="test_mode_live_card")


def _luhn(digits: str) -> bool:
    doubled = [int(d) * 2 if place % 2 else int(d) for place, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def card_of(method: Doc) -> Card:
    """The test card behind a payment method."""
    return BY_NUMBER[method["_number"]]


def new_method(call: Call, card: Card, billing: Doc | None = None, month: int = 12, year: int = 2034) -> Doc:
    """Make and keep a payment method."""
    address = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))
    details = {"address": address, "email": None, "name": None, "phone": None, "tax_id": None}
    method: Doc = {
        "id": new_id("pm"),
        "object": "payment_method",
        "allow_redisplay": "unspecified",
        "billing_details": details | (billing or {}),
        "card": _details(card, month, year),
        "created": call.now,
        "customer": None,
        "customer_account": None,
        "livemode": False,
        "metadata": {},
        "type": "card",
        "_number": card.number,
    }
    return call.store.add(method, created=call.now, account=call.account)


def _details(card: Card, month: int, year: int) -> Doc:
    return {
        "brand": card.brand,
        "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
        "country": "VN" if "vn" in card.names else "US",
        "display_brand": card.brand,
        "exp_month": month,
        "exp_year": year,
        "fingerprint": f"fake{card.number[-12:]}",
        "funding": "credit",
        "generated_from": None,
        "last4": card.number[-4:],
        "networks": {"available": [card.brand], "preferred": None},
        "regulated_status": "unregulated",
        "three_d_secure_usage": {"supported": True},
        "wallet": None,
    }


def method_named(call: Call, key: str, param: str = "payment_method") -> Doc:
    """A payment method by its id, or a new one of a test card's name. Raises ApiError when there is none."""
    card = by_name(key)
    if card is not None:
        return new_method(call, card)
    found = call.store.get("payment_method", key, call.account)
    if found is None:
        raise missing("PaymentMethod", key, param)
    return found


def method_from(call: Call, params: Doc) -> Doc:
    """A payment method from `type` and `card` (a token, or number and expiry)."""
    if params["type"] != "card":
        raise unsupported(f"payment methods of type {params['type']}", "type")
    given = params.get("card")
    if not given:
        raise ApiError("Missing required param: card.", code="parameter_missing", param="card")
    billing = params.get("billing_details") or {}
    if "token" in given:
        card = by_name(given["token"])
        if card is None:
            raise missing("token", given["token"], "card[token]")
        return new_method(call, card, billing)
    for name in ("number", "exp_month", "exp_year"):
        if name not in given:
            raise ApiError(f"Missing required param: card[{name}].", code="parameter_missing", param=f"card[{name}]")
    return new_method(call, by_number(given["number"]), billing, given["exp_month"], given["exp_year"])


@route("POST", "/v1/payment_methods", "PaymentMethodCreateParams")
def create(call: Call) -> Doc:
    """A card, from a token of a test card or from its number."""
    if "type" not in call.params:
        raise ApiError("Missing required param: type.", code="parameter_missing", param="type")
    return method_from(call, call.params)


@route("GET", "/v1/payment_methods", "PaymentMethodListParams")
def list_methods(call: Call) -> Doc:
    """Of a customer."""
    return listed(call, "payment_method", "/v1/payment_methods", "customer", "type")


@route("GET", "/v1/payment_methods/<id>", "PaymentMethodRetrieveParams")
def retrieve(call: Call) -> Doc:
    """One payment method."""
    return method_named(call, call.args["id"], "id")


@route("POST", "/v1/payment_methods/<id>", "PaymentMethodUpdateParams")
def update(call: Call) -> Doc:
    """Billing details and metadata."""
    method = call.store.save(updated(method_named(call, call.args["id"], "id"), call.params, "billing_details"))
    emit(call, "payment_method.updated", method)
    return method


@route("POST", "/v1/payment_methods/<id>/attach", "PaymentMethodAttachParams")
def attach(call: Call) -> Doc:
    """Give it to a customer."""
    call.load("customer", call.params.get("customer", ""), "customer")
    method = method_named(call, call.args["id"], "id") | {"customer": call.params["customer"]}
    emit(call, "payment_method.attached", call.store.save(method))
    return method


@route("POST", "/v1/payment_methods/<id>/detach", "PaymentMethodDetachParams")
def detach(call: Call) -> Doc:
    """Take it from its customer."""
    method = method_named(call, call.args["id"], "id")
    before = method["customer"]
    emit(call, "payment_method.detached", call.store.save(method | {"customer": None}), previous={"customer": before})
    return method | {"customer": None}
