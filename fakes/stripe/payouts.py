"""Payouts: from a balance to the bank account of its owner."""

from fakes.stripe import books, money
from fakes.stripe.errors import ApiError, Doc
from fakes.stripe.events import emit
from fakes.stripe.lists import listed, updated
from fakes.stripe.routes import route
from fakes.stripe.store import new_id
from fakes.stripe.world import Call

ARRIVES_AFTER = 86_400
FAILURES = {
    "account_closed": "The bank account has been closed.",
    "could_not_process": "The bank could not process this payout.",
    "invalid_account_number": "The routing number seems correct, but the account number is invalid.",
    "no_account": "No bank account could be located with the details on file.",
}


@route("POST", "/v1/payouts", "PayoutCreateParams")
def create(call: Call) -> Doc:
    """Of what is available to the calling account. Raises ApiError when that is less."""
    params = call.params
    currency = params["currency"].lower()
    money.check_positive(params["amount"])
    if books.available(call, currency) < params["amount"]:
        message = "You have insufficient funds in your Stripe account for this transfer."
        raise ApiError(message, code="balance_insufficient", param="amount")
    payout: Doc = {
        "id": new_id("po"),
        "object": "payout",
        "amount": params["amount"],
        "application_fee": None,
        "application_fee_amount": None,
        "arrival_date": call.now + ARRIVES_AFTER,
        "automatic": False,
        "balance_transaction": None,
        "created": call.now,
        "currency": currency,
        "description": None,
        "destination": params.get("destination") or f"ba_{call.account[5:] or 'platform'}",
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "livemode": False,
        "metadata": {},
        "method": params.get("method", "standard"),
        "original_payout": None,
        "payout_method": None,
        "reconciliation_status": "not_applicable",
        "reversed_by": None,
        "source_type": "card",
        "statement_descriptor": None,
        "status": "pending",
        "trace_id": {"status": "pending", "value": None},
        "type": "bank_account",
    }
    updated(payout, params, "description", "statement_descriptor")
    entry = books.move(call, "payout", payout, -payout["amount"], f"bank:{call.account}")
    payout["balance_transaction"] = entry["id"]
    call.store.add(payout, created=call.now, account=call.account)
    emit(call, "payout.created", payout)
    return payout


def arrive(call: Call, payout: Doc) -> Doc:
    """The bank has it."""
    payout |= {"status": "paid", "trace_id": {"status": "supported", "value": payout["id"][3:]}}
    emit(call, "payout.paid", call.store.save(payout))
    return payout


def fail(call: Call, payout: Doc, code: str) -> Doc:
    """The bank sent it back, sometimes days after it was "paid". Raises ApiError when it came back before."""
    if payout["status"] in ("failed", "canceled"):
        raise ApiError(f"Payout {payout['id']} has a status of {payout['status']}.")
    if code not in FAILURES:
        raise ApiError(f"Unknown failure code: {code}. Known: {', '.join(FAILURES)}", param="failure_code")
    entry = _back(call, payout, "payout_failure")
    payout |= {"status": "failed", "failure_code": code, "failure_message": FAILURES[code]}
    payout["failure_balance_transaction"] = entry["id"]
    emit(call, "payout.failed", call.store.save(payout))
    return payout


def _back(call: Call, payout: Doc, kind: str) -> Doc:
    return books.move(call, kind, payout, payout["amount"], f"bank:{call.account}")


@route("GET", "/v1/payouts", "PayoutListParams")
def list_payouts(call: Call) -> Doc:
    """By status, destination and time."""
    return listed(call, "payout", "/v1/payouts", "status", "destination")


@route("GET", "/v1/payouts/<id>", "PayoutRetrieveParams")
def retrieve(call: Call) -> Doc:
    """One payout."""
    return call.named("payout")


@route("POST", "/v1/payouts/<id>", "PayoutUpdateParams")
def update(call: Call) -> Doc:
    """Metadata."""
    payout = call.store.save(updated(call.named("payout"), call.params))
    emit(call, "payout.updated", payout)
    return payout


@route("POST", "/v1/payouts/<id>/cancel", "PayoutCancelParams")
def cancel(call: Call) -> Doc:
    """Before the bank has it."""
    payout = call.named("payout")
    if payout["status"] != "pending":
        raise ApiError(f"Payouts can only be canceled while they are pending. {payout['id']} is {payout['status']}.")
    _back(call, payout, "payout_cancel")
    emit(call, "payout.canceled", call.store.save(payout | {"status": "canceled"}))
    return payout | {"status": "canceled"}
