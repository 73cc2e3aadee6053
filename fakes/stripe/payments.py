"""What happens when a payment intent is confirmed, authenticated, captured, declined or given up."""

from fakes.stripe import charges, disputes
from fakes.stripe.cards import card_of, decline_message
from fakes.stripe.errors import ApiError, CardError, Doc
from fakes.stripe.events import emit
from fakes.stripe.store import public
from fakes.stripe.world import Call

# An authorisation of a card is given back after a week.
AUTHORISED_FOR = 7 * 86_400
REFUSED = "We are unable to authenticate your payment method. Please choose a different payment method and try again."


def wrong_state(intent: Doc, verb: str, param: str | None = None) -> ApiError:
    """The refusal of something that a payment intent cannot do in its state."""
    message = (
        f"You cannot {verb} this PaymentIntent because it has a status of {intent['status']}."
        " See https://docs.stripe.com/payments/paymentintents/lifecycle."
    )
    code, shown = "payment_intent_unexpected_state", public(intent)
    return ApiError(message, code=code, param=param, payment_intent=shown)


def take_method(call: Call, intent: Doc, method: Doc) -> None:
    """Remember how it will be paid."""
    intent |= {"payment_method": method["id"], "status": "requires_confirmation"}
    call.store.save(intent)


def confirm(call: Call, intent: Doc, params: Doc | None = None) -> Doc:
    """Charge the card of the intent, or ask its holder first. Raises CardError when it is declined."""
    params = params or {}
    if not intent["payment_method"]:
        message = "You cannot confirm this PaymentIntent because it's missing a payment method."
        code, shown = "payment_intent_unexpected_state", public(intent)
        raise ApiError(message, code=code, param="payment_method", payment_intent=shown)
    method = call.load("payment_method", intent["payment_method"])
    card = card_of(method)
    intent |= {"last_payment_error": None, "next_action": None}
    if card.asks and not intent.get("_authenticated"):
        return _ask(call, intent, params.get("return_url"))
    if card.decline:
        raise _decline(call, intent, method, *card.decline)
    return _charge(call, intent, method)


def _ask(call: Call, intent: Doc, return_url: str | None) -> Doc:
    """3-D Secure: the holder must approve on a page of the bank."""
    redirect = {"return_url": return_url, "url": f"{call.base}/3ds/{intent['id']}"}
    intent |= {"status": "requires_action", "next_action": {"redirect_to_url": redirect, "type": "redirect_to_url"}}
    call.store.save(intent)
    emit(call, "payment_intent.requires_action", intent)
    return intent


def _decline(call: Call, intent: Doc, method: Doc, code: str, why: str) -> CardError:
    message = decline_message(code, why)
    failure = {"code": code, "decline_code": why, "message": message, "type": "card_error"}
    charge = call.store.save(charges.new_charge(call, intent, method, captured=False, failure=failure))
    error = failure | {"charge": charge["id"], "payment_method": public(method)}
    emit(call, "charge.failed", charge)
    _failed(call, intent, error, charge)
    more = {name: error[name] for name in ("decline_code", "charge", "payment_method")}
    return CardError(message, code=code, payment_intent=public(intent), **more)


def _failed(call: Call, intent: Doc, error: Doc, charge: Doc | None) -> None:
    intent |= {"last_payment_error": error, "payment_method": None, "next_action": None}
    intent |= {"status": "requires_payment_method", "_authenticated": False}
    intent["latest_charge"] = charge["id"] if charge else intent["latest_charge"]
    call.store.save(intent)
    emit(call, "payment_intent.payment_failed", intent)


def authenticate(call: Call, intent: Doc, *, approved: bool) -> Doc:
    """The answer of the card's holder at the bank: charge, or back to choosing how to pay."""
    if intent["status"] != "requires_action":
        return intent
    if not approved:
        error = {"code": "payment_intent_authentication_failure", "message": REFUSED, "type": "invalid_request_error"}
        _failed(call, intent, error, None)
        return intent
    intent["_authenticated"] = True
    return confirm(call, intent)


def _charge(call: Call, intent: Doc, method: Doc) -> Doc:
    manual = intent["capture_method"] == "manual"
    charge = charges.new_charge(call, intent, method, captured=not manual)
    intent |= {"latest_charge": charge["id"]}
    if manual:
        intent |= {"status": "requires_capture", "amount_capturable": intent["amount"]}
        call.store.save(charge)
        emit(call, "charge.succeeded", charge)
        emit(call, "payment_intent.amount_capturable_updated", call.store.save(intent))
        return intent
    card = card_of(method)
    # Captured in the background (`automatic_async`), the charge is announced before its fee is known.
    late = intent["capture_method"] == "automatic_async"
    if late:
        emit(call, "charge.succeeded", charge)
    charges.settle(call, charge, card, intent["amount"])
    emit(call, "charge.updated" if late else "charge.succeeded", charge)
    _succeeded(call, intent, intent["amount"])
    if card.settles_at_once:
        emit(call, "balance.available", {"object": "balance", "livemode": False})
    if card.dispute:
        disputes.open_dispute(call, charge, reason=card.dispute, inquiry=card.inquiry)
    return intent


def _succeeded(call: Call, intent: Doc, amount: int) -> None:
    intent |= {"status": "succeeded", "amount_received": amount, "amount_capturable": 0}
    emit(call, "payment_intent.succeeded", call.store.save(intent))
    for session in call.store.select("checkout.session", call.account, payment_intent=intent["id"]):
        call.store.save(session | {"payment_status": "paid"})


def capture(call: Call, intent: Doc, amount: int) -> Doc:
    """Take the authorised money; what is not taken goes back to the card."""
    charge = call.load("charge", intent["latest_charge"])
    charge |= {"captured": True, "amount_captured": amount, "amount_refunded": charge["amount"] - amount}
    card = card_of(call.load("payment_method", charge["payment_method"]))
    charges.settle(call, charge, card, amount)
    emit(call, "charge.captured", charge)
    _succeeded(call, intent, amount)
    return intent


def cancel(call: Call, intent: Doc, reason: str | None) -> Doc:
    """Give up a payment that was not taken."""
    if intent["status"] == "requires_capture":
        charge = call.load("charge", intent["latest_charge"])
        charge |= {"refunded": True, "amount_refunded": charge["amount"]}
        emit(call, "charge.refunded", call.store.save(charge))
    intent |= {"status": "canceled", "canceled_at": call.now, "cancellation_reason": reason, "next_action": None}
    intent["amount_capturable"] = 0
    emit(call, "payment_intent.canceled", call.store.save(intent))
    return intent
