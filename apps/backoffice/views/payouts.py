"""Payouts: who is due what, runs by four eyes, the bank's file, and how each payout ended."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from apps.backoffice.access import actor_of, admin_required
from apps.backoffice.forms import FailForm, ReasonForm, ReferenceForm
from apps.backoffice.pages import show
from apps.backoffice.record import deeds
from apps.jobs.selectors import history_of
from apps.kernel.errors import DomainError
from apps.payouts import selectors
from apps.payouts.models import Payout, PayoutRun
from apps.payouts.providers import BANK, provider_of
from apps.payouts.services import runs as services
from apps.payouts.services import sending
from apps.payouts.statements.periods import statement_of
from apps.payouts.states import PayoutState, RunState

PAGE_SIZE = 30
RECORD_SHOWN = 20
GET_POST = ("GET", "HEAD", "POST")


@admin_required
@require_http_methods(GET_POST)
def runs(request: HttpRequest) -> HttpResponse:
    """All runs, and what a new one would pay; the button prepares it."""
    if request.method == "POST":
        try:
            made = services.prepare(actor=actor_of(request))
        except DomainError as problem:
            messages.error(request, str(problem))
            return redirect("backoffice:payout_runs")
        messages.success(request, _("Prepared. Somebody else has to approve it."))
        return redirect("backoffice:payout_run", made.pk)
    due = selectors.due_vendors()
    ready = [each for each in due if each.obstacle is None]
    context = {
        "page": Paginator(selectors.runs(), PAGE_SIZE).get_page(request.GET.get("trang")),
        "due_page": Paginator(due, PAGE_SIZE).get_page(request.GET.get("den-han")),
        "ready": len(ready),
        "ready_amount": sum(each.amount for each in ready),
        "next_day": selectors.next_run_on(),
        "room": "payouts",
    }
    return show(request, "payout_runs", context)


@admin_required
@require_http_methods(GET_POST)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run with its payouts: check, approve or drop it, or confirm everything that was in its file."""
    found = get_object_or_404(selectors.runs(), pk=pk)
    act, forms = request.POST.get("act", ""), {"drop": ReasonForm(), "confirm": ReferenceForm()}
    if request.method == "POST":
        if act in forms:
            forms[act] = type(forms[act])(request.POST)
        elif act not in ("check", "approve"):
            raise Http404
        if act not in forms or forms[act].is_valid():
            return _done(request, lambda: _act_on_run(request, found, act, forms), "backoffice:payout_run", pk)
    by_bank = found.payouts.filter(provider=BANK.code)
    page = Paginator(selectors.payouts_in(found), PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {
        "run": found,
        "page": page,
        "drop": forms["drop"],
        "confirm": forms["confirm"],
        "mine": found.checked_by_id == actor_of(request).user_id,
        "in_file": by_bank.filter(state__in=[PayoutState.APPROVED, PayoutState.SENT]).count(),
        "sent": by_bank.filter(state=PayoutState.SENT).count(),
        "is_open": found.state in (RunState.PREPARED, RunState.CHECKED),
        "history": deeds(history_of(found)[:RECORD_SHOWN]),
        "room": "payouts",
    }
    return show(request, "payout_run", context, status=422 if request.method == "POST" else 200)


@admin_required
@require_POST
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The bank's file of a run; whatever is in it counts as on its way."""
    found = get_object_or_404(PayoutRun, pk=pk)
    try:
        text = sending.export(run=found, actor=actor_of(request))
    except DomainError as problem:
        messages.error(request, str(problem))
        return redirect("backoffice:payout_run", pk)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="chi-tra-{pk}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


@admin_required
@require_http_methods(GET_POST)
def payout(request: HttpRequest, pk: int) -> HttpResponse:
    """One payout, line by line, with what can be done about it: drop, try again; confirm and fail what people send."""
    found = get_object_or_404(Payout.objects.select_related("vendor", "run", "bank_account", "stripe_account"), pk=pk)
    act = request.POST.get("act", "")
    by_hand = provider_of(found.provider).by_hand
    forms: dict[str, Any] = {"drop": ReasonForm()}
    if by_hand:
        forms |= {"confirm": ReferenceForm(), "fail": FailForm()}
    if request.method == "POST":
        if act in forms:
            forms[act] = type(forms[act])(request.POST)
        elif act != "retry":
            raise Http404
        if act not in forms or forms[act].is_valid():
            return _done(request, lambda: _act_on_payout(request, found, act, forms), "backoffice:payout", pk)
    statement = statement_of(found)
    context = {
        "payout": found,
        "statement": statement,
        "page": Paginator(statement.lines, PAGE_SIZE).get_page(request.GET.get("trang")),
        "history": deeds(history_of(found)[:RECORD_SHOWN]),
        "droppable": found.state in (PayoutState.PREPARED, PayoutState.APPROVED, PayoutState.FAILED),
        "by_hand": by_hand,
        "room": "payouts",
        **forms,
    }
    return show(request, "payout", context, status=422 if request.method == "POST" else 200)


def _act_on_run(request: HttpRequest, found: PayoutRun, act: str, forms: dict[str, Any]) -> str:
    actor = actor_of(request)
    if act == "check":
        services.check(run=found, actor=actor)
        return _("Checked. Somebody else has to approve it.")
    if act == "approve":
        services.approve(run=found, actor=actor)
        return _("Approved. Fetch the bank's file and order the transfers.")
    if act == "drop":
        services.drop_run(run=found, reason=forms["drop"].cleaned_data["reason"], actor=actor)
        return _("Dropped. The money is due to the vendors again.")
    count = sending.confirm_all(run=found, reference=forms["confirm"].cleaned_data["reference"], actor=actor)
    return ngettext("%(n)d payout is paid.", "%(n)d payouts are paid.", count) % {"n": count}


def _act_on_payout(request: HttpRequest, found: Payout, act: str, forms: dict[str, Any]) -> str:
    actor = actor_of(request)
    if act == "drop":
        services.drop(payout=found, reason=forms["drop"].cleaned_data["reason"], actor=actor)
        return _("Dropped. The money is due to the vendor again.")
    if act == "confirm":
        sending.confirm(payout=found, reference=forms["confirm"].cleaned_data["reference"], actor=actor)
        return _("Paid.")
    if act == "fail":
        sending.fail(payout=found, actor=actor, **forms["fail"].cleaned_data)
        return _("Noted; the vendor is told. Send it again, or drop it.")
    sending.retry(payout=found, actor=actor)
    return _("It is in the bank's file again.") if provider_of(found.provider).by_hand else _("It is sent again.")


def _done(request: HttpRequest, write: Callable[[], str], page: str, pk: int) -> HttpResponse:
    """Carry it out and say what became of it."""
    try:
        messages.success(request, write())
    except DomainError as problem:
        messages.error(request, str(problem))
    return redirect(page, pk)
