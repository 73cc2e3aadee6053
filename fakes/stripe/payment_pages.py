"""What Stripe's own payment page asks the API, because the Stripe CLI pretends to be that page."""

from fakes.stripe import payments, sessions
from fakes.stripe.cards import method_named
from fakes.stripe.errors import ApiError, Doc
from fakes.stripe.routes import route
from fakes.stripe.store import public
from fakes.stripe.world import Call


@route("GET", "/v1/payment_pages/<id>")
def retrieve(call: Call) -> Doc:
    """The page of a session."""
    session = call.load("checkout.session", call.args["id"], "session")
    return {**public(session), "object": "payment_page", "session_id": session["id"]}


@route("POST", "/v1/payment_pages/<id>/confirm")
def confirm(call: Call) -> Doc:
    """Pay with a payment method. Raises ApiError when the amount is not the expected one."""
    session = call.load("checkout.session", call.args["id"], "session")
    if int(call.params["expected_amount"]) != session["amount_total"] or session["status"] != "open":
        raise ApiError("The session is not open for this amount.", param="expected_amount")
    method = method_named(call, call.params["payment_method"])
    intent = sessions.intent_for(call, session)
    payments.take_method(call, intent, method)
    payments.confirm(call, intent)
    billing = method["billing_details"]
    sessions.complete(call, session, {"email": billing["email"], "name": billing["name"]})
    return retrieve(call)
