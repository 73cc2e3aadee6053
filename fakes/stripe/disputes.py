"""Disputes: the cardholder's bank takes the money back until somebody wins."""

from fakes.stripe import books
from fakes.stripe.errors import ApiError, Doc
from fakes.stripe.events import emit
from fakes.stripe.lists import listed, updated
from fakes.stripe.routes import route
from fakes.stripe.shapes import names
from fakes.stripe.store import new_id
from fakes.stripe.world import Call

# Evidence that decides a dispute in Stripe's test mode.
WINNING, LOSING = "winning_evidence", "losing_evidence"
ANSWER_WITHIN = 7 * 86_400
OPEN = ("needs_response", "under_review", "warning_needs_response", "warning_under_review")
EVIDENCE = names(
    "access_activity_log billing_address cancellation_policy cancellation_policy_disclosure cancellation_rebuttal"
    " customer_communication customer_email_address customer_name customer_purchase_ip customer_signature"
    " duplicate_charge_documentation duplicate_charge_explanation duplicate_charge_id product_description receipt"
    " refund_policy refund_policy_disclosure refund_refusal_explanation service_date service_documentation"
    " shipping_address shipping_carrier shipping_date shipping_documentation shipping_tracking_number"
    " uncategorized_file uncategorized_text"
)


def open_dispute(call: Call, charge: Doc, *, reason: str, amount: int | None = None, inquiry: bool = False) -> Doc:
    """The bank asks (an inquiry: only asks) for the money of a charge.

    Raises ApiError when it already did, or for more than was not refunded.
    """
    if charge["disputed"]:
        raise ApiError(f"Charge {charge['id']} is already disputed.", code="charge_already_disputed")
    left = charge["amount"] - charge["amount_refunded"]
    disputed = left if amount is None else amount
    if not 0 < disputed <= left:
        raise ApiError(f"Charge {charge['id']} has {left} left to dispute.", param="amount")
    dispute = call.store.add(_new(call, charge, disputed, reason, inquiry), created=call.now, account=call.account)
    call.store.save(charge | {"disputed": True})
    charge["disputed"] = True
    if not inquiry:
        fee = books.dispute_fee(dispute["currency"])
        words = f"Chargeback withdrawal for {charge['id']}"
        entry = books.move(call, "adjustment", dispute, -disputed, "customers", fee=fee, description=words)
        dispute["balance_transactions"] = [entry]
        call.store.save(dispute)
    emit(call, "charge.dispute.created", dispute)
    if not inquiry:
        emit(call, "charge.dispute.funds_withdrawn", dispute)
    return dispute


def _new(call: Call, charge: Doc, amount: int, reason: str, inquiry: bool) -> Doc:
    card = {"brand": "visa", "case_type": "inquiry" if inquiry else "chargeback", "network_reason_code": "10.4"}
    return {
        "id": new_id("du"),
        "object": "dispute",
        "amount": amount,
        "balance_transactions": [],
        "charge": charge["id"],
        "created": call.now,
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": dict.fromkeys(EVIDENCE) | {"enhanced_evidence": {}},
        "evidence_details": {
            "due_by": call.now + ANSWER_WITHIN,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
            "submission_method": None,
        },
        "is_charge_refundable": inquiry,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "payment_method_details": {"card": card | {"network": "visa"}, "type": "card"},
        "reason": reason,
        "status": "warning_needs_response" if inquiry else "needs_response",
    }


def close(call: Call, dispute: Doc, *, won: bool) -> Doc:
    """The bank has decided. Won: the money comes back, the fee does not. Raises ApiError when it was closed before."""
    if dispute["status"] not in OPEN:
        raise ApiError("This dispute is already closed.", code="dispute_already_closed")
    inquiry = dispute["status"].startswith("warning")
    before = dispute["status"]
    dispute["status"] = "warning_closed" if inquiry else "won" if won else "lost"
    if won and not inquiry:
        words = f"Chargeback reversal for {dispute['charge']}"
        entry = books.move(call, "adjustment", dispute, dispute["amount"], "customers", description=words)
        dispute["balance_transactions"].append(entry)
        emit(call, "charge.dispute.funds_reinstated", call.store.save(dispute))
    call.store.save(dispute)
    emit(call, "charge.dispute.closed", dispute, previous={"status": before})
    return dispute


@route("GET", "/v1/disputes", "DisputeListParams")
def list_disputes(call: Call) -> Doc:
    """By charge, payment intent and time."""
    return listed(call, "dispute", "/v1/disputes", "charge", "payment_intent")


@route("GET", "/v1/disputes/<id>", "DisputeRetrieveParams")
def retrieve(call: Call) -> Doc:
    """One dispute."""
    return call.named("dispute")


@route("POST", "/v1/disputes/<id>", "DisputeUpdateParams")
def update(call: Call) -> Doc:
    """Evidence and metadata; the texts `winning_evidence` and `losing_evidence` decide at once."""
    dispute = updated(call.named("dispute"), call.params)
    evidence = call.params.get("evidence") or {}
    if evidence:
        dispute["evidence"] |= evidence
        dispute["evidence_details"]["has_evidence"] = True
    if evidence and call.params.get("submit", True):
        dispute["evidence_details"]["submission_count"] += 1
        warning = dispute["status"].startswith("warning")
        dispute["status"] = "warning_under_review" if warning else "under_review"
    emit(call, "charge.dispute.updated", call.store.save(dispute))
    verdict = evidence.get("uncategorized_text")
    return close(call, dispute, won=verdict == WINNING) if verdict in (WINNING, LOSING) else dispute


@route("POST", "/v1/disputes/<id>/close", "DisputeCloseParams")
def give_up(call: Call) -> Doc:
    """The seller accepts the loss."""
    return close(call, call.named("dispute"), won=False)
