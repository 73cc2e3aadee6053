"""Charges: one attempt to take money from a card."""

from fakes.stripe import books
from fakes.stripe.cards import Card
from fakes.stripe.errors import Doc
from fakes.stripe.events import emit
from fakes.stripe.lists import INCLUDABLE, listed, page, updated
from fakes.stripe.routes import route
from fakes.stripe.shapes import names, nulls
from fakes.stripe.store import new_id
from fakes.stripe.world import Call

COPIED = names(
    "amount currency customer description metadata on_behalf_of receipt_email shipping statement_descriptor"
    " statement_descriptor_suffix transfer_data transfer_group"
)

# A charge about which nothing is known yet.
EMPTY: Doc = {
    **nulls(
        "application application_fee application_fee_amount balance_transaction calculated_statement_descriptor"
        " customer description failure_balance_transaction failure_code failure_message on_behalf_of outcome"
        " payment_intent payment_method payment_method_details receipt_email receipt_number receipt_url review shipping"
        " source_transfer statement_descriptor statement_descriptor_suffix transfer_data transfer_group"
    ),
    "object": "charge",
    "amount_captured": 0,
    "amount_refunded": 0,
    "billing_details": nulls("address email name phone tax_id"),
    "captured": False,
    "disputed": False,
    "fraud_details": {},
    "livemode": False,
    "metadata": {},
    "paid": False,
    "refunded": False,
    "status": "pending",
}


def new_charge(call: Call, intent: Doc, method: Doc, *, captured: bool, failure: Doc | None = None) -> Doc:
    """A charge of a payment intent: taken, only authorised, or (with `failure`: code and message) declined."""
    key = new_id("ch")
    charge: Doc = {
        **EMPTY,
        "id": key,
        "billing_details": method["billing_details"],
        "calculated_statement_descriptor": "SAN VAT",
        "created": call.now,
        "failure_code": failure["code"] if failure else None,
        "failure_message": failure["message"] if failure else None,
        "outcome": _outcome(failure),
        "paid": failure is None,
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": _method_details(intent, method),
        "receipt_url": None if failure else f"{call.base}/receipts/{key}",
        "status": "failed" if failure else "succeeded",
        **{name: intent[name] for name in COPIED},
    }
    call.store.add(charge, created=call.now, account=call.account)
    if captured and not failure:
        charge |= {"captured": True, "amount_captured": charge["amount"]}
    return charge


def _outcome(failure: Doc | None) -> Doc:
    silent: Doc = nulls("advice_code network_advice_code network_decline_code reason")
    if failure is None:
        words = {"network_status": "approved_by_network", "seller_message": "Payment complete.", "type": "authorized"}
        return silent | words | {"risk_level": "normal", "risk_score": 21}
    words = {"network_status": "declined_by_network", "type": "issuer_declined", "reason": failure["decline_code"]}
    return silent | words | {"seller_message": "The bank did not return any further details with this decline."}


def _method_details(intent: Doc, method: Doc) -> Doc:
    card = method["card"]
    same = (
        "brand",
        "checks",
        "country",
        "exp_month",
        "exp_year",
        "fingerprint",
        "funding",
        "last4",
        "regulated_status",
    )
    details = {name: card[name] for name in same}
    nothing: Doc = nulls("authorization_code installments mandate network_transaction_id wallet")
    secure = {"authentication_flow": "challenge", "result": "authenticated", "version": "2.2.0"}
    more = {"amount_authorized": intent["amount"], "network": card["brand"], "network_token": {"used": False}}
    return {
        "card": details | nothing | more | {"three_d_secure": secure if intent.get("_authenticated") else None},
        "type": "card",
    }


def settle(call: Call, charge: Doc, card: Card, amount: int) -> Doc:
    """Book the money of a charge; it can be spent when it has settled."""
    free = call.now if card.settles_at_once else call.now + books.SETTLES_AFTER
    fee = books.card_fee(amount, charge["currency"])
    words = charge["description"]
    entry = books.move(call, "charge", {**charge}, amount, "customers", fee=fee, available_on=free, description=words)
    charge["balance_transaction"] = entry["id"]
    return call.store.save(charge)


@route("GET", "/v1/charges", "ChargeListParams")
def list_charges(call: Call) -> Doc:
    """By payment intent, transfer group, customer and time."""
    return listed(call, "charge", "/v1/charges", "payment_intent", "transfer_group", "customer")


@route("GET", "/v1/charges/<id>", "ChargeRetrieveParams")
def retrieve(call: Call) -> Doc:
    """One charge."""
    return call.named("charge")


@route("POST", "/v1/charges/<id>", "ChargeUpdateParams")
def update(call: Call) -> Doc:
    """Description, shipping, transfer group, metadata."""
    names = ("description", "receipt_email", "shipping", "transfer_group", "customer")
    charge = call.store.save(updated(call.named("charge"), call.params, *names))
    emit(call, "charge.updated", charge)
    return charge


def _refunds(call: Call, charge: Doc) -> Doc:
    found = call.store.select("refund", call.account, charge=charge["id"])
    return page(found, f"/v1/charges/{charge['id']}/refunds")


INCLUDABLE["charge", "refunds"] = _refunds
