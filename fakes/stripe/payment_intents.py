"""Payment intents: from wish to money, in the states that Stripe gives them."""

from fakes.stripe import money, payments
from fakes.stripe.cards import method_from, method_named
from fakes.stripe.errors import ApiError, Doc, unsupported
from fakes.stripe.events import emit
from fakes.stripe.lists import listed, updated
from fakes.stripe.routes import route
from fakes.stripe.shapes import names, nulls
from fakes.stripe.store import new_id
from fakes.stripe.world import Call

# What Stripe can do with one payment for several accounts at once; we charge first and transfer later.
UNKNOWN = ("transfer_data", "on_behalf_of", "application_fee_amount", "mandate_data", "confirmation_token")
UPDATED = names(
    "amount currency customer description receipt_email setup_future_usage shipping statement_descriptor"
    " statement_descriptor_suffix transfer_group capture_method"
)
UNPAID = ("requires_payment_method", "requires_confirmation", "requires_action")


def new_intent(call: Call, params: Doc) -> Doc:
    """Make, keep and announce a payment intent without confirming it. Raises ApiError for a wrong amount."""
    for name in UNKNOWN:
        if name in params:
            raise unsupported(f"{name} of a payment intent", name)
    currency = params["currency"].lower()
    money.check_charge(params["amount"], currency)
    key = new_id("pi")
    kinds = params.get("allowed_payment_method_types")
    intent: Doc = {
        "id": key,
        "object": "payment_intent",
        "allowed_payment_method_types": kinds,
        "amount": params["amount"],
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "automatic_payment_methods": None if kinds else {"allow_redirects": "always", "enabled": True},
        "capture_method": params.get("capture_method", "automatic_async"),
        "client_secret": f"{key}_secret_{new_id('x')[2:]}",
        "confirmation_method": params.get("confirmation_method", "automatic"),
        "created": call.now,
        "currency": currency,
        "livemode": False,
        "managed_payments": {"enabled": False},
        "metadata": {},
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
        "payment_method_types": kinds or ["card"],
        "status": "requires_payment_method",
        **nulls(
            "application application_fee_amount canceled_at cancellation_reason customer customer_account description"
            " excluded_payment_method_types last_payment_error latest_charge next_action on_behalf_of payment_method"
            " payment_method_configuration_details processing receipt_email review setup_future_usage shipping source"
            " statement_descriptor statement_descriptor_suffix transfer_data transfer_group"
        ),
    }
    updated(intent, {name: value for name, value in params.items() if name not in ("amount", "currency")}, *UPDATED)
    call.store.add(intent, created=call.now, account=call.account)
    emit(call, "payment_intent.created", intent)
    return intent


@route("POST", "/v1/payment_intents", "PaymentIntentCreateParams")
def create(call: Call) -> Doc:
    """With `confirm` the card is charged at once."""
    intent = new_intent(call, call.params)
    if method := _method(call):
        payments.take_method(call, intent, method)
    return payments.confirm(call, intent, call.params) if call.params.get("confirm") else intent


def _method(call: Call) -> Doc | None:
    if "payment_method_data" in call.params:
        return method_from(call, call.params["payment_method_data"])
    return method_named(call, call.params["payment_method"]) if call.params.get("payment_method") else None


@route("GET", "/v1/payment_intents", "PaymentIntentListParams")
def list_intents(call: Call) -> Doc:
    """By customer and time."""
    return listed(call, "payment_intent", "/v1/payment_intents", "customer")


@route("GET", "/v1/payment_intents/<id>", "PaymentIntentRetrieveParams")
def retrieve(call: Call) -> Doc:
    """One payment intent."""
    return call.named("payment_intent")


@route("POST", "/v1/payment_intents/<id>", "PaymentIntentUpdateParams")
def update(call: Call) -> Doc:
    """What is not fixed by the state that it is in."""
    intent = call.named("payment_intent")
    if intent["status"] not in UNPAID and {"amount", "currency", "payment_method"} & call.params.keys():
        raise payments.wrong_state(intent, "update", "amount")
    updated(intent, call.params, *UPDATED)
    money.check_charge(intent["amount"], intent["currency"])
    if method := _method(call):
        payments.take_method(call, intent, method)
    return call.store.save(intent)


@route("POST", "/v1/payment_intents/<id>/confirm", "PaymentIntentConfirmParams")
def confirm(call: Call) -> Doc:
    """Charge the card. Raises CardError when it is declined."""
    intent = call.named("payment_intent")
    if intent["status"] not in UNPAID:
        raise payments.wrong_state(intent, "confirm")
    if method := _method(call):
        payments.take_method(call, intent, method)
    return payments.confirm(call, intent, call.params)


@route("POST", "/v1/payment_intents/<id>/capture", "PaymentIntentCaptureParams")
def capture(call: Call) -> Doc:
    """Take what was authorised, or less."""
    intent = call.named("payment_intent")
    if intent["status"] != "requires_capture":
        raise payments.wrong_state(intent, "capture")
    amount = int({"amount_to_capture": intent["amount_capturable"], **call.params}["amount_to_capture"])
    money.check_positive(amount, "amount_to_capture")
    if amount > intent["amount_capturable"]:
        message = f"The amount to capture is more than the authorised {intent['amount_capturable']}."
        raise ApiError(message, code="amount_too_large", param="amount_to_capture")
    return payments.capture(call, intent, amount)


@route("POST", "/v1/payment_intents/<id>/cancel", "PaymentIntentCancelParams")
def cancel(call: Call) -> Doc:
    """Give up, unless it was paid."""
    intent = call.named("payment_intent")
    if intent["status"] not in (*UNPAID, "requires_capture"):
        raise payments.wrong_state(intent, "cancel")
    return payments.cancel(call, intent, call.params.get("cancellation_reason"))
