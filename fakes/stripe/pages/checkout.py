"""The payment page of a Checkout Session."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from markupsafe import Markup
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from fakes.stripe import money, payments, sessions
from fakes.stripe.cards import by_number, new_method
from fakes.stripe.errors import CardError, Doc
from fakes.stripe.pages import form
from fakes.stripe.pages.layout import Visit, back_link, page, plain

LINE = Markup('<li><span>{name} <small>{quantity}: {count}</small></span> <span class="sum">{total}</span></li>')
CONTENT = Markup("""{problems}
<div class="columns">
  <section class="panel label" aria-labelledby="order">
    <h1>{title}</h1>
    <p class="amount">{amount}</p>
    <h2 id="order">{order}</h2>
    <ul class="lines">{lines}</ul>
    <p class="total"><span>{total}</span> <span class="sum">{amount}</span></p>
    {back}
  </section>
  {form}
</div>""")


@dataclass
class Typed:
    """What was typed into the form, and what is wrong with it (field to words)."""

    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def show(visit: Visit, key: str) -> Response:
    """The form, or why there is none."""
    session = visit.call.store.get("checkout.session", key)
    if session is None:
        return plain(visit, "not_found", status=404)
    visit = visit.in_locale(session["locale"])
    if closed := _closed(visit, session):
        return closed
    typed = Typed({"email": session["customer_email"] or "", **session.get("_typed", {})})
    if session.get("_refused"):
        typed.errors["number"] = visit.say("authentication_failed")
    return _page(visit, session, typed)


def pay(visit: Visit, key: str) -> Response:
    """Try to pay: on to the shop or the bank, or the form again with what is wrong."""
    call = visit.call
    with call.store.transaction():
        session = call.store.get("checkout.session", key)
        if session is None:
            return plain(visit, "not_found", status=404)
        visit = visit.in_locale(session["locale"])
        if closed := _closed(visit, session):
            return closed
        given = {name: visit.request.form.get(name, "").strip() for name in form.FIELDS}
        if filled := visit.request.form.get("fill"):
            return _page(visit, session, Typed(given | form.filled(filled)))
        typed = Typed(given, form.mistakes(given, datetime.fromtimestamp(call.now, UTC)))
        if not typed.errors:
            session["_typed"] = {name: given[name] for name in ("email", "name")}
            session["_refused"] = False
            where = _charge(visit, session, typed)
            if where:
                return redirect(where, 303)
        typed.errors = {name: visit.say(key) for name, key in typed.errors.items()}
        return _page(visit, session, typed, status=422)


def _charge(visit: Visit, session: Doc, typed: Typed) -> str | None:
    """Where to go on, or None with the bank's answer among the errors."""
    call = visit.call.as_account(visit.call.store.owner(session))
    call.store.save(session)
    month, year = form.expiry(typed.values["expiry"])
    try:
        card = by_number(typed.values["number"])
        intent = sessions.intent_for(call, session)
        person = {"email": typed.values["email"], "name": typed.values["name"]}
        payments.take_method(call, intent, new_method(call, card, person, month, year))
        intent = payments.confirm(call, intent, {"return_url": f"{call.base}/c/pay/{session['id']}"})
    except CardError as error:
        why = error.body.get("decline_code") or error.body["code"]
        typed.errors["number"] = why if why in form.REFUSALS else "generic_decline"
        return None
    if intent["status"] == "requires_action":
        return f"{call.base}/3ds/{intent['id']}"
    return finish(visit, session)


def finish(visit: Visit, session: Doc) -> str:
    """Close a session that was paid; the shop's address to go on to."""
    call = visit.call.as_account(visit.call.store.owner(session))
    sessions.complete(call, session, session["_typed"])
    return success_url(session)


def success_url(session: Doc) -> str:
    """The shop's page for paid orders, with the session's id where the shop wants it."""
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def _closed(visit: Visit, session: Doc) -> Response | None:
    """The page of a session that cannot be paid, or None."""
    if session["status"] == "complete":
        return plain(visit, "session_paid", link=back_link(visit, success_url(session)))
    if session["status"] == "expired" or session["expires_at"] <= visit.call.now:
        return plain(visit, "session_expired", link=back_link(visit, session["cancel_url"]), status=410)
    return None


def _page(visit: Visit, session: Doc, typed: Typed, status: int = 200) -> Response:
    amount = money.written(session["amount_total"], session["currency"])
    title = visit.say("pay_shop", shop=visit.shop)
    lines = Markup("").join(
        LINE.format(
            name=line["description"],
            quantity=visit.say("quantity"),
            count=line["quantity"],
            total=money.written(line["amount_total"], line["currency"]),
        )
        for line in session["_lines"]
    )
    content = CONTENT.format(
        title=title,
        amount=amount,
        order=visit.say("order"),
        lines=lines,
        total=visit.say("total"),
        back=back_link(visit, session["cancel_url"]),
        problems=form.problems(visit, typed.errors),
        form=form.card_form(visit, amount, typed.values, typed.errors),
    )
    heading = f"{visit.say('error')}: {title}" if typed.errors else title
    return page(visit, heading, content, status)
