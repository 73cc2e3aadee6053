"""The page of the cardholder's bank: 3-D Secure, answered by two buttons."""

from urllib.parse import urlencode

from markupsafe import Markup
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from fakes.stripe import money, payments
from fakes.stripe.errors import CardError, Doc
from fakes.stripe.pages import checkout
from fakes.stripe.pages.layout import Visit, page, plain

CONTENT = Markup("""
<form method="post" class="panel narrow">
  <h1>{title}</h1>
  <p class="question">{question}</p>
  <p>{help}</p>
  <div class="choices">
    <button type="submit" name="answer" value="approve" class="primary">{approve}</button>
    <button type="submit" name="answer" value="refuse">{refuse}</button>
  </div>
</form>""")


def _found(visit: Visit, key: str) -> tuple[Visit, Doc | None, Doc | None]:
    """The visit in its language, the payment intent that waits for an answer, and its session."""
    intent = visit.call.store.get("payment_intent", key)
    session = next(iter(visit.call.store.select("checkout.session", payment_intent=key)), None)
    visit = visit.in_locale(session["locale"] if session else None)
    waiting = intent if intent and intent["status"] == "requires_action" else None
    return visit, waiting, session


def show(visit: Visit, key: str) -> Response:
    """The bank's question."""
    visit, intent, _ = _found(visit, key)
    if intent is None:
        return plain(visit, "not_found", status=404)
    amount = money.written(intent["amount"], intent["currency"])
    words = {name: visit.say(name) for name in ("approve", "refuse")}
    question = visit.say("bank_question", amount=amount, shop=visit.shop)
    title = visit.say("bank_title")
    return page(visit, title, CONTENT.format(title=title, question=question, help=visit.say("bank_help"), **words))


def decide(visit: Visit, key: str) -> Response:
    """The cardholder's answer; back to the shop or to the form."""
    with visit.call.store.transaction():
        visit, intent, session = _found(visit, key)
        if intent is None:
            return plain(visit, "not_found", status=404)
        call = visit.call.as_account(visit.call.store.owner(intent))
        target = (intent["next_action"] or {}).get("redirect_to_url", {}).get("return_url")
        try:
            intent = payments.authenticate(call, intent, approved=visit.request.form.get("answer") == "approve")
        except CardError:
            # The bank knows its customer, but there is no money: the intent says so.
            intent = call.load("payment_intent", key)
        paid = intent["status"] in ("succeeded", "requires_capture")
        if session is None:
            return redirect(_with_outcome(target, intent, paid=paid), 303) if target else plain(visit, "not_found")
        if paid:
            return redirect(checkout.finish(visit, session), 303)
        call.store.save(session | {"_refused": True})
        return redirect(f"/c/pay/{session['id']}", 303)


def _with_outcome(url: str, intent: Doc, *, paid: bool) -> str:
    outcome = {
        "payment_intent": intent["id"],
        "payment_intent_client_secret": intent["client_secret"],
        "redirect_status": "succeeded" if paid else "failed",
    }
    return f"{url}{'&' if '?' in url else '?'}{urlencode(outcome)}"
