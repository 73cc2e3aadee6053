"""The register of vendors; suspending one and lifting it again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.backoffice import selectors
from apps.backoffice.access import actor_of, admin_required
from apps.backoffice.forms import ReasonForm
from apps.backoffice.pages import show
from apps.kernel.errors import DomainError
from apps.vendors import services
from apps.vendors.models import Vendor
from apps.vendors.states import VendorState

PAGE_SIZE = 30


@admin_required
def register(request: HttpRequest) -> HttpResponse:
    """Every vendor, searchable, by state."""
    text, state = request.GET.get("q", "").strip(), request.GET.get("trang-thai", "")
    page = Paginator(selectors.vendors(text, state), PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {"page": page, "text": text, "state": state, "states": VendorState.choices, "room": "vendors"}
    return show(request, "vendors", context)


@admin_required
def suspend(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason and show the effect, then take the vendor's goods off sale."""
    vendor = get_object_or_404(Vendor, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.suspend_vendor(vendor=vendor, actor=actor_of(request), reason=form.cleaned_data["reason"])
            messages.success(request, _("%(name)s is suspended; its goods left the shop.") % {"name": vendor.name})
        except DomainError as error:
            messages.error(request, str(error))
        return redirect("backoffice:vendor", pk=pk)
    context = {"vendor": vendor, "form": form, "effect": selectors.suspension_effect(vendor), "room": "vendors"}
    return show(request, "suspend", context, status=422 if form.is_bound else 200)


@admin_required
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a suspended vendor sell again."""
    vendor = get_object_or_404(Vendor, pk=pk)
    try:
        services.lift_suspension(vendor=vendor, actor=actor_of(request))
        messages.success(request, _("%(name)s sells again.") % {"name": vendor.name})
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("backoffice:vendor", pk=pk)
