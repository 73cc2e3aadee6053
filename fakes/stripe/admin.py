"""`/_fake/...`: what a test or a developer does to the fake and Stripe would never offer."""

import json
from collections.abc import Callable

from werkzeug.wrappers import Request, Response

from fakes.stripe import accounts_v2, books, disputes, passing, payments, payouts, refunds
from fakes.stripe.errors import ApiError, Doc
from fakes.stripe.faults import Fault
from fakes.stripe.webhooks import Courier
from fakes.stripe.world import Call

Action = Callable[[Call, Doc], Doc]


def answer(call: Call, courier: Courier, request: Request) -> Response:
    """Carry one out: `GET` or `POST` with a JSON body; refusals are 400 with Stripe's kind of body."""
    name = request.path.removeprefix("/_fake/")
    try:
        result = carry_out(call, courier, name, json.loads(request.get_data() or b"{}"))
    except ApiError as error:
        return Response(json.dumps({"error": error.body}), status=error.status, mimetype="application/json")
    return Response(json.dumps(result), mimetype="application/json")


def carry_out(call: Call, courier: Courier, name: str, asked: Doc) -> Doc:
    """One action by its name. Raises ApiError."""
    if name == "webhooks/settle":
        # Without the lock: receivers ask the API while they handle an event.
        return courier.settle()
    if name == "webhooks/release":
        return {"released": courier.release()}
    action = ACTIONS.get(name)
    if action is None:
        raise ApiError(f"Unknown: {name}. Known: {', '.join(ACTIONS)}", status=404)
    with call.store.transaction():
        return action(call, asked)


def _books(call: Call, _: Doc) -> Doc:
    return books.trial_balance(call)


def _reset(call: Call, _: Doc) -> Doc:
    call.store.clear()
    call.world.faults.clear()
    return {}


def _faults(call: Call, asked: Doc) -> Doc:
    """Arm one (`kind`, `method`, `path`, `type`, `times`, `seconds`, `copies`) if one is given; all that are armed."""
    if asked:
        call.world.faults.arm(Fault(**asked))
    return {"faults": call.world.faults.listed()}


def _clear_faults(call: Call, _: Doc) -> Doc:
    call.world.faults.clear()
    return {}


def _clock(call: Call, asked: Doc) -> Doc:
    """Move the clock by `seconds`, and let what becomes due happen."""
    moved = int(call.store.setting("clock_moved", "0")) + asked.get("seconds", 0)
    call.store.set("clock_moved", str(moved))
    passing.pass_time(call)
    return {"now": call.now}


def _deliveries(call: Call, _: Doc) -> Doc:
    rows = call.store.rows("select event, type, url, state, attempts, answer from deliveries order by seq")
    names = ("event", "type", "url", "state", "attempts", "answer")
    return {"deliveries": [dict(zip(names, row, strict=True)) for row in rows]}


def _dispute(call: Call, asked: Doc) -> Doc:
    """Open one on `charge` or the charge of `payment_intent`."""
    key = asked.get("charge") or call.load("payment_intent", asked.get("payment_intent", ""))["latest_charge"]
    charge = call.load("charge", key, "charge")
    if not charge["captured"]:
        raise ApiError("Only captured charges are disputed.", param="charge")
    more = {"amount": asked.get("amount"), "inquiry": asked.get("inquiry", False)}
    return disputes.open_dispute(call, charge, reason=asked.get("reason", "fraudulent"), **more)


def _close_dispute(call: Call, asked: Doc) -> Doc:
    return disputes.close(call, call.load("dispute", asked["dispute"], "dispute"), won=asked["won"])


def _fail_refund(call: Call, asked: Doc) -> Doc:
    refund = call.load("refund", asked["refund"], "refund")
    if refund["status"] == "failed":
        raise ApiError("This refund has failed already.", param="refund")
    return refunds.decide(call, refund, "failed")


def _fail_payout(call: Call, asked: Doc) -> Doc:
    call = call.as_account(asked.get("account", ""))
    return payouts.fail(call, call.load("payout", asked["payout"], "payout"), asked.get("code", "account_closed"))


def _onboard(call: Call, asked: Doc) -> Doc:
    accounts_v2.onboarded(call, asked["account"])
    return {}


def _restrict(call: Call, asked: Doc) -> Doc:
    accounts_v2.set_status(call, asked["account"], asked.get("status", "restricted"))
    return {}


def _switch_v2(call: Call, asked: Doc) -> Doc:
    call.store.set(accounts_v2.SWITCH, "on" if asked["enabled"] else "off")
    return {}


def _authenticate(call: Call, asked: Doc) -> Doc:
    intent = call.load("payment_intent", asked["payment_intent"], "payment_intent")
    return payments.authenticate(call, intent, approved=asked["approved"])


ACTIONS: dict[str, Action] = {
    "books": _books,
    "reset": _reset,
    "clock": _clock,
    "faults": _faults,
    "faults/clear": _clear_faults,
    "webhooks/deliveries": _deliveries,
    "disputes/open": _dispute,
    "disputes/close": _close_dispute,
    "refunds/fail": _fail_refund,
    "payouts/fail": _fail_payout,
    "accounts/onboard": _onboard,
    "accounts/restrict": _restrict,
    "accounts/v2": _switch_v2,
    "payment_intents/authenticate": _authenticate,
}
