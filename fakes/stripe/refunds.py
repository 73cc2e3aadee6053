"""Refunds: money back to the card, never more than was taken."""

from fakes.stripe import books, money
from fakes.stripe.cards import card_of
from fakes.stripe.errors import ApiError, Doc, unsupported
from fakes.stripe.events import emit
from fakes.stripe.lists import listed, updated
from fakes.stripe.routes import route
from fakes.stripe.store import new_id
from fakes.stripe.world import Call

# How long a refund of the test card for pending refunds stays pending, and of the one for failing ones unnoticed.
DECIDED_AFTER = 60


@route("POST", "/v1/refunds", "RefundCreateParams")
def create(call: Call) -> Doc:
    """Of a charge or of a payment intent's charge: the rest, or the amount. Raises ApiError for more than the rest."""
    params = call.params
    for name in ("reverse_transfer", "refund_application_fee", "origin"):
        if params.get(name):
            raise unsupported(f"{name} of a refund", name)
    charge = _charge(call)
    rest = charge["amount"] - charge["amount_refunded"]
    if rest <= 0:
        raise ApiError(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    if charge["disputed"] and not _refundable(call, charge):
        message = f"Charge {charge['id']} has been charged back; cannot issue a refund."
        raise ApiError(message, code="charge_disputed")
    amount = params.get("amount", rest)
    money.check_positive(amount)
    if amount > rest:
        shown = [money.written(one, charge["currency"]) for one in (amount, rest)]
        message = f"Refund amount ({shown[0]}) is greater than unrefunded amount on charge ({shown[1]})"
        raise ApiError(message, param="amount")
    return _refund(call, charge, amount)


def _charge(call: Call) -> Doc:
    if "charge" in call.params:
        charge = call.load("charge", call.params["charge"], "charge")
    elif "payment_intent" in call.params:
        intent = call.load("payment_intent", call.params["payment_intent"], "payment_intent")
        if not intent["latest_charge"] or intent["status"] != "succeeded":
            message = f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund."
            raise ApiError(message, code="payment_intent_unexpected_state", param="payment_intent")
        charge = call.load("charge", intent["latest_charge"])
    else:
        message = "One of the following params should be provided for this request: payment_intent or charge."
        raise ApiError(message, code="parameter_missing")
    if not charge["captured"]:
        raise ApiError(f"Charge {charge['id']} was not captured.", code="charge_not_refundable", param="charge")
    return charge


def _refundable(call: Call, charge: Doc) -> bool:
    found = call.store.select("dispute", call.account, charge=charge["id"])
    return all(dispute["is_charge_refundable"] or dispute["status"] == "won" for dispute in found)


def _refund(call: Call, charge: Doc, amount: int) -> Doc:
    method = call.store.get("payment_method", charge["payment_method"])
    card = card_of(method) if method else None
    outcome = card.refund if card else "succeeded"
    refund: Doc = {
        "id": new_id("re"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": None,
        "charge": charge["id"],
        "created": call.now,
        "currency": charge["currency"],
        "customer": charge["customer"],
        "customer_account": None,
        "destination_details": {"card": _destination(), "type": "card"},
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "payment_method": charge["payment_method"],
        "reason": call.params.get("reason"),
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "pending" if outcome == "pending" else "succeeded",
        "transfer_reversal": None,
        "_becomes": None if outcome == "succeeded" else "succeeded" if outcome == "pending" else "failed",
        "_decided_at": call.now + DECIDED_AFTER,
    }
    updated(refund, call.params)
    free = books.free_from(call, charge["balance_transaction"])
    entry = books.move(call, "refund", refund, -amount, "customers", available_on=free, description="REFUND FOR CHARGE")
    call.store.add(refund | {"balance_transaction": entry["id"]}, created=call.now, account=call.account)
    refund["balance_transaction"] = entry["id"]
    _count(call, charge, amount)
    emit(call, "refund.created", refund)
    emit(call, "charge.refunded", charge)
    return refund


def _destination() -> Doc:
    reference = {"reference_status": "pending", "reference_type": "acquirer_reference_number"}
    return {"type": "refund", **reference}


def _count(call: Call, charge: Doc, amount: int) -> None:
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    call.store.save(charge)


def decide(call: Call, refund: Doc, status: str) -> Doc:
    """A refund that waited succeeds, or one fails after all: the money is back on the balance."""
    before = refund["status"]
    refund |= {"status": status, "_becomes": None}
    if status == "failed":
        charge = call.load("charge", refund["charge"])
        entry = books.move(call, "refund_failure", refund, refund["amount"], "customers")
        refund |= {"failure_reason": "expired_or_canceled_card", "failure_balance_transaction": entry["id"]}
        _count(call, charge, -refund["amount"])
    call.store.save(refund)
    emit(call, "refund.updated", refund, previous={"status": before})
    emit(call, "charge.refund.updated", refund, previous={"status": before})
    if status == "failed":
        emit(call, "refund.failed", refund)
    return refund


@route("GET", "/v1/refunds", "RefundListParams")
def list_refunds(call: Call) -> Doc:
    """By charge, payment intent and time."""
    return listed(call, "refund", "/v1/refunds", "charge", "payment_intent")


@route("GET", "/v1/refunds/<id>", "RefundRetrieveParams")
def retrieve(call: Call) -> Doc:
    """One refund."""
    return call.named("refund")


@route("POST", "/v1/refunds/<id>", "RefundUpdateParams")
def update(call: Call) -> Doc:
    """Metadata."""
    refund = call.store.save(updated(call.named("refund"), call.params))
    emit(call, "refund.updated", refund)
    emit(call, "charge.refund.updated", refund)
    return refund
