"""A bank statement: shown first as what it would do, then taken in."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from apps.backoffice.access import actor_of, admin_required
from apps.backoffice.carried import pack, unpack
from apps.backoffice.forms_bank import StatementForm
from apps.backoffice.pages import show
from apps.kernel.actor import Actor
from apps.kernel.money import dong
from apps.payments.services.transfers import ReferenceReused, arrive
from apps.payments.sheets import BadSheet
from apps.payments.statements import Came, Statement, read_statement, with_orders

SHOWN = 100
# More than that takes longer than a page may; the page then asks for another click.
AT_ONCE = 1000


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest) -> HttpResponse:
    """Upload a statement, look at what would happen, take it in."""
    if request.method != "POST":
        return _form(request, StatementForm())
    if "rows" in request.POST:
        return _take(request)
    form = StatementForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            return _preview(request, read_statement(form.cleaned_data["file"]))
        except BadSheet as problem:
            form.add_error("file", str(problem))
    return _form(request, form)


def _form(request: HttpRequest, form: StatementForm) -> HttpResponse:
    return show(request, "bank/statement", {"form": form, "room": "bank"}, status=422 if form.is_bound else 200)


def _preview(request: HttpRequest, found: Statement) -> HttpResponse:
    """What is news, which order it is for, and what cannot be taken in."""
    context = {
        "statement": found,
        "news": [(came, found.orders.get(came.reference, "")) for came in found.news[:SHOWN]],
        "bad": found.bad[:SHOWN],
        "total": sum(came.amount for came in found.news),
        "rows": pack("statement", [_packed(came) for came in found.news]) if found.news else "",
        "shown": SHOWN,
        "room": "bank",
    }
    return show(request, "bank/statement_preview", context)


def _take(request: HttpRequest) -> HttpResponse:
    """Take in what the page has shown; rows that came in by other ways meanwhile are known and left out."""
    try:
        rows = [_unpacked(*row) for row in unpack("statement", request.POST["rows"])]
    except BadSheet as problem:
        messages.error(request, str(problem))
        return redirect("backoffice:statement")
    taken = sum(_taken(came, actor_of(request)) for came in rows[:AT_ONCE])
    words = ngettext("%(n)d transfer was taken in.", "%(n)d transfers were taken in.", taken) % {"n": taken}
    rest = rows[AT_ONCE:]
    if not rest:
        messages.success(request, words)
        return redirect("backoffice:bank")
    messages.info(request, f"{words} {_('Look at the rest, and take it in as well.')}")
    return _preview(request, with_orders(Statement(news=rest)))


def _taken(came: Came, actor: Actor) -> bool:
    try:
        _transfer, new = arrive(
            reference=came.reference,
            amount=dong(came.amount),
            content=came.content,
            happened_at=came.happened_at,
            source="statement",
            actor=actor,
        )
    except ReferenceReused:
        return False
    return new


def _packed(came: Came) -> list[object]:
    return [came.row, came.reference, came.amount, came.content, came.happened_at.isoformat()]


def _unpacked(row: int, reference: str, amount: int, content: str, happened_at: str) -> Came:
    return Came(row, reference, amount, content, dt.datetime.fromisoformat(happened_at))
