"""Cash at the door: who has it and since when, and what carriers say that they hand over."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from apps.backoffice.access import actor_of, admin_required
from apps.backoffice.carried import pack, unpack
from apps.backoffice.forms_bank import RemittanceForm
from apps.backoffice.pages import show
from apps.delivery.models import Carrier
from apps.kernel.actor import Actor
from apps.kernel.money import dong
from apps.payments import selectors
from apps.payments.remittances import Comparison, compare
from apps.payments.services.cash import OtherAmount, remit
from apps.payments.sheets import BadSheet

PAGE_SIZE = 50
SHOWN = 100
# See views/statement.py.
AT_ONCE = 1000


@admin_required
@require_safe
def cash(request: HttpRequest) -> HttpResponse:
    """Cash by holder with its age, and the parcels whose cash should be here by now."""
    context = {
        "carriers": selectors.held_by_carriers(),
        "vendors": selectors.held_by_vendors(),
        "page": Paginator(selectors.late_cash(), PAGE_SIZE).get_page(request.GET.get("trang")),
        "days": selectors.CASH_DUE.days,
        "room": "bank",
    }
    return show(request, "bank/cash", context)


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def remittance(request: HttpRequest) -> HttpResponse:
    """Upload or paste a carrier's list, look at what fits, take that in."""
    carriers = list(Carrier.objects.filter(is_vendor=False).order_by("name").values_list("code", "name"))
    if request.method != "POST":
        return _form(request, RemittanceForm(carriers=carriers))
    if "rows" in request.POST:
        return _take(request)
    form = RemittanceForm(request.POST, request.FILES, carriers=carriers)
    if form.is_valid():
        code = form.cleaned_data["carrier"]
        try:
            return _preview(request, dict(carriers)[code], compare(form.cleaned_data["rows"], carrier_code=code))
        except BadSheet as problem:
            form.add_error("file", str(problem))
    return _form(request, form)


def _form(request: HttpRequest, form: RemittanceForm) -> HttpResponse:
    return show(request, "bank/remittance", {"form": form, "room": "bank"}, status=422 if form.is_bound else 200)


def _preview(request: HttpRequest, carrier: str, found: Comparison) -> HttpResponse:
    rows = [[parcel.share_id, parcel.owed, parcel.handed.tracking_number] for parcel in found.right]
    context = {
        "carrier": carrier,
        "found": found,
        "total": sum(parcel.owed for parcel in found.right),
        "rows": pack("remittance", rows) if rows else "",
        "shown": f":{SHOWN}",
        "days": selectors.CASH_DUE.days,
        "room": "bank",
    }
    return show(request, "bank/remittance_preview", context)


def _take(request: HttpRequest) -> HttpResponse:
    """Take in what the page has shown as right; what was handed over meanwhile stays as it is."""
    try:
        rows = unpack("remittance", request.POST["rows"])
    except BadSheet as problem:
        messages.error(request, str(problem))
        return redirect("backoffice:remittance")
    done = sum(_remitted(*row, actor=actor_of(request)) for row in rows[:AT_ONCE])
    words = ngettext("The cash of %(n)d parcel is here.", "The cash of %(n)d parcels is here.", done) % {"n": done}
    if len(rows) > AT_ONCE:
        words += f" {_('Upload the list once more for the rest.')}"
    messages.success(request, words)
    return redirect("backoffice:cash")


def _remitted(share_id: int, amount: int, tracking_number: str, *, actor: Actor) -> bool:
    try:
        return remit(share_id=share_id, amount=dong(amount), reference=tracking_number, actor=actor)
    except OtherAmount:
        return False
