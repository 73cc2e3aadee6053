"""Money that came to the bank account and needs somebody: which order it is for, what goes back, refunds by hand."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.backoffice.access import actor_of, admin_required
from apps.backoffice.forms_bank import AssignForm, ReferenceForm
from apps.backoffice.pages import show
from apps.backoffice.record import deeds
from apps.jobs.selectors import history_of
from apps.kernel.actor import Actor
from apps.kernel.errors import DomainError
from apps.payments import selectors
from apps.payments.models import BankTransfer
from apps.payments.services import refunds as refund_services
from apps.payments.services import transfers as services
from apps.payments.states import TransferState

PAGE_SIZE = 50


@admin_required
@require_safe
def transfers(request: HttpRequest) -> HttpResponse:
    """Transfers by state; those without an order come first."""
    state = request.GET.get("trang-thai", "")
    if state not in TransferState.values:
        state = TransferState.NEW
    counts = selectors.transfer_counts()
    context = {
        "page": Paginator(selectors.transfers_in(state), PAGE_SIZE).get_page(request.GET.get("trang")),
        "state": state,
        "tabs": [(value, label, counts[value]) for value, label in TransferState.choices],
        "room": "bank",
    }
    return show(request, "bank/transfers", context)


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """One transfer; what can be done about it depends on its state."""
    found = get_object_or_404(BankTransfer.objects.select_related("payment__order"), pk=pk)
    assign, returned = AssignForm(), ReferenceForm()
    if request.method == "POST":
        decision = request.POST.get("decision", "")
        assign = AssignForm(request.POST if decision == "assign" else None)
        returned = ReferenceForm(request.POST if decision == "returned" else None)
        if decision == "refuse" or assign.is_valid() or returned.is_valid():
            return _decide(request, found, decision)
        if not (assign.is_bound or returned.is_bound):
            raise Http404
    context = {
        "transfer": found,
        "assign": assign,
        "returned": returned,
        "history": deeds(history_of(found)[:PAGE_SIZE]),
        "room": "bank",
    }
    return show(request, "bank/transfer", context, status=422 if request.method == "POST" else 200)


def _decide(request: HttpRequest, found: BankTransfer, decision: str) -> HttpResponse:
    try:
        words = _done(found, decision, request.POST, actor_of(request))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words)
    return redirect("backoffice:transfer", pk=found.pk)


def _done(found: BankTransfer, decision: str, given: dict[str, str], actor: Actor) -> str:
    """Carry out the decision; what was done, in words."""
    if decision == "refuse":
        services.refuse(transfer_id=found.pk, actor=actor)
        return _("Marked: the money goes back.")
    if decision == "returned":
        services.return_money(transfer_id=found.pk, reference=given["reference"].strip(), actor=actor)
        return _("Noted: the money went back.")
    row = services.assign(transfer_id=found.pk, order_number=given["number"], actor=actor)
    if row.state == TransferState.RETURN_DUE and not row.used:
        return _("The order has ended and this is not its whole amount: the money goes back.")
    return _("The money belongs to the order now.")


@admin_required
@require_safe
def refunds(request: HttpRequest) -> HttpResponse:
    """Refunds that somebody has to send by bank, the oldest first."""
    page = Paginator(selectors.refunds_by_hand(), PAGE_SIZE).get_page(request.GET.get("trang"))
    return show(request, "bank/refunds", {"page": page, "room": "bank"})


@admin_required
@require_POST
def refund_sent(request: HttpRequest, pk: int) -> HttpResponse:
    """A refund was sent under the bank's reference."""
    made = get_object_or_404(selectors.refunds_by_hand(), pk=pk)
    form = ReferenceForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the bank's reference of the transfer."))
    else:
        refund_services.confirm(refund_id=made.pk, reference=form.cleaned_data["reference"], actor=actor_of(request))
        messages.success(request, _("Noted: the refund is paid; the shopper is told."))
    return redirect("backoffice:refunds")
