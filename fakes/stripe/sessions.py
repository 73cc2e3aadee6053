"""Checkout Sessions: a basket, a page where it is paid, and the way back to the shop."""

from typing import Any

from fakes.stripe import money, payment_intents, payments
from fakes.stripe.errors import ApiError, Doc, missing, unsupported
from fakes.stripe.events import emit
from fakes.stripe.lists import INCLUDABLE, listed, page, updated
from fakes.stripe.routes import route
from fakes.stripe.shapes import names
from fakes.stripe.store import new_id
from fakes.stripe.world import Call

SHORTEST, LONGEST = 30 * 60, 24 * 3600
# The seconds that a request may have been on its way.
SLACK = 60
# What of the session's `payment_intent_data` we carry over.
INTENT_DATA = names(
    "capture_method description metadata receipt_email setup_future_usage shipping statement_descriptor"
    " statement_descriptor_suffix transfer_group"
)
UNKNOWN = (
    "automatic_tax",
    "discounts",
    "invoice_creation",
    "optional_items",
    "setup_intent_data",
    "shipping_options",
    "subscription_data",
    "tax_id_collection",
)
COPIED = (
    "billing_address_collection",
    "cancel_url",
    "client_reference_id",
    "customer",
    "customer_email",
    "locale",
    "submit_type",
    "success_url",
)
NULLS = names(
    "adaptive_pricing after_expiration allow_promotion_codes billing_address_collection cancel_url client_reference_id"
    " client_secret collected_information consent consent_collection currency_conversion customer customer_account"
    " customer_details customer_email discounts integration_identifier invoice locale origin_context payment_intent"
    " payment_link payment_method_configuration_details permissions recovered_from saved_payment_method_options"
    " setup_intent shipping_address_collection shipping_cost submit_type subscription success_url wallet_options"
)


@route("POST", "/v1/checkout/sessions", "checkout.SessionCreateParams")
def create(call: Call) -> Doc:
    """Only `mode=payment` on the hosted page. Raises ApiError for what Stripe refuses and for what the fake lacks."""
    params = call.params
    _check(params)
    lines = [_line(call, line, place) for place, line in enumerate(params["line_items"])]
    currencies = {line["currency"] for line in lines}
    if len(currencies) > 1:
        raise ApiError("All line items must have the same currency.", param="line_items")
    total, currency = sum(line["amount_total"] for line in lines), currencies.pop()
    money.check_charge(total, currency, "line_items")
    key = new_id("cs_test", 56)
    session: Doc = {
        **dict.fromkeys(NULLS),
        "id": key,
        "object": "checkout.session",
        "amount_subtotal": total,
        "amount_total": total,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "created": call.now,
        "currency": currency,
        "customer_creation": "if_required",
        "custom_fields": [],
        "custom_text": dict.fromkeys(("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")),
        "expires_at": _expires_at(call),
        "invoice_creation": _no_invoice(),
        "livemode": False,
        "managed_payments": {"enabled": False},
        "metadata": {},
        "mode": "payment",
        "payment_method_collection": "if_required",
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
        "allowed_payment_method_types": params.get("allowed_payment_method_types"),
        "payment_method_types": ["card"],
        "payment_status": "unpaid",
        "phone_number_collection": {"enabled": False},
        "shipping_options": [],
        "status": "open",
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": params.get("ui_mode", "hosted_page"),
        "url": f"{call.base}/c/pay/{key}",
        "_lines": lines,
        "_intent_data": params.get("payment_intent_data", {}),
    }
    return call.store.add(updated(session, params, *COPIED), created=call.now, account=call.account)


def _check(params: Doc) -> None:
    for name in UNKNOWN:
        if name in params:
            raise unsupported(f"{name} of a Checkout Session", name)
    for name in params.get("payment_intent_data", {}):
        if name not in INTENT_DATA:
            raise unsupported(f"payment_intent_data[{name}]", f"payment_intent_data[{name}]")
    _check_mode(params)
    for name in ("line_items", "success_url"):
        if not params.get(name):
            raise ApiError(f"Missing required param: {name}.", code="parameter_missing", param=name)
    for name in ("success_url", "cancel_url"):
        if not params.get(name, "http://x").startswith(("http://", "https://")):
            raise ApiError("Not a valid URL", code="url_invalid", param=name)


def _check_mode(params: Doc) -> None:
    if params.get("mode") != "payment":
        if "mode" not in params:
            raise ApiError("Missing required param: mode.", code="parameter_missing", param="mode")
        raise unsupported(f"mode={params['mode']} of a Checkout Session", "mode")
    if params.get("ui_mode", "hosted_page") != "hosted_page":
        raise unsupported(f"ui_mode={params['ui_mode']}", "ui_mode")
    if set(params.get("allowed_payment_method_types", ["card"])) != {"card"}:
        raise unsupported("payment methods other than card", "allowed_payment_method_types")


def _line(call: Call, line: Doc, place: int) -> Doc:
    path = f"line_items[{place}]"
    price = _price(call, line, path)
    quantity = line.get("quantity", 1)
    if quantity < 1:
        raise ApiError("This value must be greater than or equal to 1.", param=f"{path}[quantity]")
    total = price["unit_amount"] * quantity
    return {
        "id": new_id("li"),
        "object": "item",
        "adjustable_quantity": None,
        "amount_discount": 0,
        "amount_subtotal": total,
        "amount_tax": 0,
        "amount_total": total,
        "currency": price["currency"],
        "description": price["_name"],
        "metadata": line.get("metadata", {}),
        "price": {key: value for key, value in price.items() if key != "_name"},
        "quantity": quantity,
    }


def _price(call: Call, line: Doc, path: str) -> Doc:
    """The price that a line names, or one made for it from `price_data`."""
    if "price" in line:
        price = call.load("price", line["price"], f"{path}[price]")
        product = call.load("product", price["product"])
        return price | {"_name": product["name"]}
    data: Any = line.get("price_data")
    if not data:
        raise ApiError(f"Missing required param: {path}[price].", code="parameter_missing", param=f"{path}[price]")
    if "recurring" in data:
        raise unsupported("recurring prices", f"{path}[price_data][recurring]")
    if "unit_amount" not in data:
        raise ApiError("Missing required param: unit_amount.", code="parameter_missing", param=f"{path}[price_data]")
    if data["unit_amount"] < 0:
        raise ApiError("This value must be greater than or equal to 0.", param=f"{path}[price_data][unit_amount]")
    product, name = data.get("product"), data.get("product_data", {}).get("name")
    if product:
        name = call.load("product", product, f"{path}[price_data][product]")["name"]
    if not name:
        raise ApiError("Missing required param: product_data.", code="parameter_missing", param=f"{path}[price_data]")
    return new_price(call, data["currency"].lower(), data["unit_amount"], product or new_id("prod")) | {"_name": name}


def new_price(call: Call, currency: str, amount: int, product: str) -> Doc:
    """A one-time price per piece."""
    return {
        "id": new_id("price"),
        "object": "price",
        "active": True,
        "billing_scheme": "per_unit",
        "created": call.now,
        "currency": currency,
        "custom_unit_amount": None,
        "livemode": False,
        "lookup_key": None,
        "metadata": {},
        "nickname": None,
        "product": product,
        "recurring": None,
        "tax_behavior": "unspecified",
        "tiers_mode": None,
        "transform_quantity": None,
        "type": "one_time",
        "unit_amount": amount,
        "unit_amount_decimal": str(amount),
    }


def _expires_at(call: Call) -> int:
    wanted = call.params.get("expires_at")
    if wanted is None:
        return call.now + LONGEST
    if wanted < call.now + SHORTEST - SLACK:
        message = "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation."
        raise ApiError(message, param="expires_at")
    if wanted > call.now + LONGEST + SLACK:
        message = "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation."
        raise ApiError(message, param="expires_at")
    return int(wanted)


def _no_invoice() -> Doc:
    names = ("account_tax_ids", "custom_fields", "description", "footer", "issuer", "rendering_options")
    return {"enabled": False, "invoice_data": dict.fromkeys(names) | {"metadata": {}}}


def intent_for(call: Call, session: Doc) -> Doc:
    """The payment intent of a session: made when somebody first tries to pay, as Stripe does."""
    if session["payment_intent"]:
        return call.load("payment_intent", session["payment_intent"])
    wanted = {name: value for name, value in session["_intent_data"].items() if name in INTENT_DATA}
    wanted |= {"amount": session["amount_total"], "currency": session["currency"]}
    wanted["allowed_payment_method_types"] = ["card"]
    if session["customer"]:
        wanted["customer"] = session["customer"]
    intent = payment_intents.new_intent(call, wanted)
    call.store.save(session | {"payment_intent": intent["id"]})
    session["payment_intent"] = intent["id"]
    return intent


def complete(call: Call, session: Doc, details: Doc) -> Doc:
    """The page was left with success: paid, or authorised when the shop captures later."""
    intent = call.load("payment_intent", session["payment_intent"])
    address = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))
    person = {"address": address, "phone": None, "tax_exempt": "none", "tax_ids": [], **details}
    session |= {
        "status": "complete",
        "payment_status": "paid" if intent["status"] == "succeeded" else "unpaid",
        "customer_details": person | {"business_name": None, "individual_name": None},
        "url": None,
    }
    emit(call, "checkout.session.completed", call.store.save(session))
    return session


def end(call: Call, session: Doc) -> Doc:
    """Nobody can pay it any more."""
    session |= {"status": "expired", "url": None}
    if session["payment_intent"]:
        intent = call.load("payment_intent", session["payment_intent"])
        payments.cancel(call, intent, "expired")
    emit(call, "checkout.session.expired", call.store.save(session))
    return session


@route("GET", "/v1/checkout/sessions", "checkout.SessionListParams")
def list_sessions(call: Call) -> Doc:
    """By payment intent, state, customer and time."""
    return listed(call, "checkout.session", "/v1/checkout/sessions", "payment_intent", "status", "customer")


@route("GET", "/v1/checkout/sessions/<id>", "checkout.SessionRetrieveParams")
def retrieve(call: Call) -> Doc:
    """One session."""
    return call.load("checkout.session", call.args["id"], "session")


@route("POST", "/v1/checkout/sessions/<id>", "checkout.SessionUpdateParams")
def update(call: Call) -> Doc:
    """Metadata."""
    return call.store.save(updated(call.load("checkout.session", call.args["id"], "session"), call.params))


@route("POST", "/v1/checkout/sessions/<id>/expire", "checkout.SessionExpireParams")
def expire(call: Call) -> Doc:
    """Close an open session. Raises ApiError when it is not open."""
    session = call.load("checkout.session", call.args["id"], "session")
    if session["status"] != "open":
        message = f'Only Checkout Sessions with a status in ["open"] can be expired. This one is {session["status"]}.'
        raise ApiError(message, param="session")
    return end(call, session)


@route("GET", "/v1/checkout/sessions/<id>/line_items", "checkout.SessionListLineItemsParams")
def line_items(call: Call) -> Doc:
    """What is bought."""
    session = call.load("checkout.session", call.args["id"], "session")
    return page(session["_lines"], f"/v1/checkout/sessions/{session['id']}/line_items", call.params)


def _included_lines(call: Call, answer: Doc) -> Doc:
    session = call.store.get("checkout.session", answer["id"])
    if session is None:
        raise missing("checkout.session", answer["id"])
    return page(session["_lines"], f"/v1/checkout/sessions/{answer['id']}/line_items")


INCLUDABLE["checkout.session", "line_items"] = _included_lines
