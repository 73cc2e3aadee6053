"""The card form: its fields, what can be wrong with them, and the list of test cards."""

import re
from datetime import datetime

from markupsafe import Markup

from fakes.stripe.pages.layout import Visit

# Name to (autocomplete, inputmode, has a hint).
FIELDS = {
    "email": ("email", "email", False),
    "number": ("cc-number", "numeric", False),
    "expiry": ("cc-exp", "numeric", True),
    "cvc": ("cc-csc", "numeric", True),
    "name": ("cc-name", "text", False),
}
HALF = ("expiry", "cvc")
SHOWN = (
    ("4242424242424242", "card_pays"),
    ("4000000000000002", "card_declines"),
    ("4000000000009995", "card_poor"),
    ("4000002500003155", "card_asks"),
    ("4000000000000259", "card_disputes"),
)
REFUSALS = (
    "incorrect_number",
    "test_mode_live_card",
    "generic_decline",
    "insufficient_funds",
    "expired_card",
    "incorrect_cvc",
)
EXPIRY = re.compile(r"(0?[1-9]|1[0-2])\s*/?\s*(?:20)?(\d\d)")

FIELD = Markup("""<div class="field {kind}">
  <label for="{name}">{label}</label>
  <input id="{name}" name="{name}" value="{value}" type="{type}" inputmode="{mode}" autocomplete="{autocomplete}"{more}>
  {note}
</div>""")
CARD = Markup("""<li><button type="submit" name="fill" value="{number}" formnovalidate>
  <span class="number">{shown}</span> <span>{what}</span></button></li>""")
FORM = Markup("""
<form method="post" action="{here}" class="panel" novalidate aria-labelledby="card">
  <h2 id="card">{title}</h2>
  <div class="fields">{fields}</div>
  <button type="submit" class="primary">{pay}</button>
  <section class="cards" aria-labelledby="cards">
    <h2 id="cards">{cards}</h2>
    <p>{cards_help}</p>
    <ul>{list}</ul>
  </section>
</form>""")
PROBLEMS = Markup('<div class="problems" role="alert"><h2>{title}</h2><ul>{items}</ul></div>')
PROBLEM = Markup('<li><a href="#{name}">{text}</a></li>')


def expiry(text: str) -> tuple[int, int]:
    """Month and year of `12/34`. Raises ValueError for anything else."""
    found = EXPIRY.fullmatch(text)
    if not found:
        raise ValueError(text)
    return int(found[1]), 2000 + int(found[2])


def filled(number: str) -> dict[str, str]:
    """What choosing a test card types: an invented date and code fit all of them."""
    return {"number": spaced(number), "expiry": "12/34", "cvc": "123"}


def spaced(number: str) -> str:
    """`4242 4242 4242 4242`."""
    return " ".join(number[place : place + 4] for place in range(0, len(number), 4))


def mistakes(given: dict[str, str], now: datetime) -> dict[str, str]:
    """Field to the key of the words that say what is wrong with it."""
    wrong: dict[str, str] = {}
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", given["email"]):
        wrong["email"] = "need_email"
    if not re.fullmatch(r"\d{12,19}", re.sub(r"[\s-]", "", given["number"])):
        wrong["number"] = "need_number"
    try:
        month, year = expiry(given["expiry"])
        if (year, month) < (now.year, now.month):
            wrong["expiry"] = "past_expiry"
    except ValueError:
        wrong["expiry"] = "need_expiry"
    if not re.fullmatch(r"\d{3,4}", given["cvc"]):
        wrong["cvc"] = "need_cvc"
    if not given["name"]:
        wrong["name"] = "need_name"
    return wrong


def card_form(visit: Visit, amount: str, values: dict[str, str], errors: dict[str, str]) -> Markup:
    """The form with what was typed; a card that failed is not shown again."""
    if errors:
        values = {**values, "number": "", "cvc": ""}
    fields = Markup("").join(_field(visit, name, values.get(name, ""), errors.get(name)) for name in FIELDS)
    cards = Markup("").join(
        CARD.format(number=number, shown=spaced(number), what=visit.say(what)) for number, what in SHOWN
    )
    words = {key: visit.say(key) for key in ("cards", "cards_help")}
    return FORM.format(
        # Without the fragment that a link to a field left behind: redirects would carry it to the shop.
        here=visit.request.path,
        title=visit.say("pay_by_card"),
        fields=fields,
        pay=visit.say("pay", amount=amount),
        list=cards,
        **words,
    )


def problems(visit: Visit, errors: dict[str, str]) -> Markup:
    """The summary of what is wrong, with a link to each field; nothing when nothing is."""
    if not errors:
        return Markup("")
    items = Markup("").join(PROBLEM.format(name=name, text=text) for name, text in errors.items())
    return PROBLEMS.format(title=visit.say("problems"), items=items)


def _field(visit: Visit, name: str, value: str, error: str | None) -> Markup:
    autocomplete, mode, hinted = FIELDS[name]
    more, note = Markup(" required"), Markup("")
    if error:
        more += Markup(' aria-invalid="true" aria-describedby="{}-note"').format(name)
        note = Markup('<p class="error" id="{}-note">{}</p>').format(name, error)
    elif hinted:
        more += Markup(' aria-describedby="{}-note"').format(name)
        note = Markup('<p class="hint" id="{}-note">{}</p>').format(name, visit.say(f"{name}_hint"))
    return FIELD.format(
        name=name,
        kind=" ".join(["half"] * (name in HALF) + ["wrong"] * bool(error)),
        label=visit.say(name),
        value=value,
        type="email" if name == "email" else "text",
        mode=mode,
        autocomplete=autocomplete,
        more=more,
        note=note,
    )
