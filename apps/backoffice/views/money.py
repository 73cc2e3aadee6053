"""Money of shoppers: giving some back, disputes of cardholders, and Stripe's report beside the ledger."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.backoffice.access import actor_of, admin_required
from apps.backoffice.forms_money import RefundForm
from apps.backoffice.pages import show
from apps.kernel.errors import DomainError
from apps.payments import selectors
from apps.payments.services.refunds import left_of, refund

PAGE_SIZE = 30


@admin_required
def give_back(request: HttpRequest, number: str) -> HttpResponse:
    """Give a shopper money back for one vendor order: line by line, or all that is left."""
    share = selectors.paid_share(part_number=number)
    if share is None:
        raise Http404
    part = share.vendor_order
    lines = list(part.lines.order_by("pk"))
    form = RefundForm(request.POST or None, lines=lines, left=left_of(share))
    if request.method == "POST" and form.is_valid():
        try:
            refund(share=share, amounts=form.amounts(), reason=form.cleaned_data["reason"], actor=actor_of(request))
        except DomainError as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The money is on its way back."))
            return HttpResponseRedirect(reverse("backoffice:order", kwargs={"number": share.payment.order.number}))
    status = 422 if form.is_bound else 200
    context = {"share": share, "part": part, "order": share.payment.order, "form": form, "room": "orders"}
    return show(request, "refund", context, status=status)


@admin_required
def disputes(request: HttpRequest) -> HttpResponse:
    """Disputes of cardholders: what has to be answered first."""
    page = Paginator(selectors.disputes(), PAGE_SIZE).get_page(request.GET.get("trang"))
    return show(request, "disputes", {"page": page, "room": "disputes"})


@admin_required
def reconciliations(request: HttpRequest) -> HttpResponse:
    """Day by day, what Stripe says beside what the ledger says, with every difference."""
    page = Paginator(selectors.reconciliations(), PAGE_SIZE).get_page(request.GET.get("trang"))
    return show(request, "reconciliations", {"page": page, "room": "reconciliations"})
