"""The queue of what waits for a decision, and the pages on which it is made."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from apps.backoffice import selectors
from apps.backoffice.access import actor_of, admin_required
from apps.backoffice.forms import CERTIFICATE_REASONS, LISTING_REASONS, VENDOR_REASONS, DecisionForm, ReasonForm
from apps.backoffice.pages import show
from apps.backoffice.record import deeds
from apps.jobs.selectors import history_of
from apps.kernel.errors import DomainError
from apps.listings import services as listings
from apps.listings.models import Listing
from apps.listings.selectors import pictures_of
from apps.provenance import services as provenance
from apps.provenance.models import Certificate
from apps.vendors import services as vendors
from apps.vendors.models import Vendor

RECORD_SHOWN = 20


@admin_required
def queue(request: HttpRequest) -> HttpResponse:
    """Everything that waits, oldest first."""
    return show(request, "queue", {"cases": selectors.waiting(), "room": "queue"})


@admin_required
def vendor(request: HttpRequest, pk: int) -> HttpResponse:
    """An application to sell, or a vendor already decided."""
    found = get_object_or_404(Vendor.objects.select_related("commune__province"), pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actor, reason = actor_of(request), form.cleaned_data["reason"]
        return _decide(
            request,
            form,
            approve=lambda: vendors.approve_vendor(vendor=found, actor=actor, seen=form.cleaned_data["seen"]),
            reject=lambda: vendors.reject_vendor(vendor=found, actor=actor, reason=reason),
        )
    context = {"vendor": found, "papers": found.papers.all(), "reasons": VENDOR_REASONS, "sent_in": found.applied_at}
    context["effect"] = selectors.suspension_effect(found)
    return _page(request, "vendor", found, form, context)


@admin_required
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """A product sent in for review."""
    found = get_object_or_404(Listing.objects.select_related("product__origin_commune__province", "vendor"), pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actor, reason = actor_of(request), form.cleaned_data["reason"]
        return _decide(
            request,
            form,
            approve=lambda: listings.publish_listing(listing=found, actor=actor, seen=form.cleaned_data["seen"]),
            reject=lambda: listings.reject_listing(listing=found, actor=actor, reason=reason),
        )
    context = {
        "listing": found,
        "product": found.product,
        "stock": found.product.stockrecords.first(),
        "pictures": pictures_of(found),
        "category": found.product.categories.first(),
        "certificates": found.product.certificates.order_by("-claimed_at"),
        "reasons": LISTING_REASONS,
        "sent_in": found.submitted_at,
    }
    return _page(request, "listing", found, form, context)


@admin_required
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """A certificate that a vendor claims."""
    found = get_object_or_404(Certificate.objects.select_related("product", "vendor"), pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actor, reason = actor_of(request), form.cleaned_data["reason"]
        return _decide(
            request,
            form,
            approve=lambda: provenance.verify_certificate(
                certificate=found, actor=actor, seen=form.cleaned_data["seen"]
            ),
            reject=lambda: provenance.reject_certificate(certificate=found, actor=actor, reason=reason),
        )
    context = {"certificate": found, "reasons": CERTIFICATE_REASONS, "sent_in": found.claimed_at}
    return _page(request, "certificate", found, form, context)


@admin_required
def certificate_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then take the stars of a verified certificate away."""
    found = get_object_or_404(Certificate.objects.select_related("product", "vendor"), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            provenance.revoke_certificate(
                certificate=found, actor=actor_of(request), reason=form.cleaned_data["reason"]
            )
            messages.success(request, _("%(number)s is revoked; its stars are gone.") % {"number": found.number})
        except DomainError as error:
            messages.error(request, str(error))
        return redirect("backoffice:certificate", pk=pk)
    context = {"certificate": found, "form": form, "room": "certificates"}
    return show(request, "revoke", context, status=422 if form.is_bound else 200)


def _page(request: HttpRequest, kind: str, found: Any, form: DecisionForm, context: dict[str, Any]) -> HttpResponse:
    status = 422 if form.is_bound else 200
    shared = {
        "cases": selectors.waiting(),
        "current": request.path,
        "form": form,
        "history": deeds(history_of(found)[:RECORD_SHOWN]),
        "room": f"{kind}s",
    }
    return show(request, kind, {**shared, **context}, status=status)


def _decide(
    request: HttpRequest, form: DecisionForm, *, approve: Callable[[], object], reject: Callable[[], object]
) -> HttpResponse:
    """Carry out the decision, then show the case that has waited longest."""
    approved = form.cleaned_data["decision"] == "approve"
    try:
        (approve if approved else reject)()
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(request.path)
    messages.success(
        request, _("Approved; the vendor gets a mail.") if approved else _("Sent back; the vendor gets a mail.")
    )
    left = selectors.waiting()
    return redirect(left[0].url if left else "backoffice:home")
