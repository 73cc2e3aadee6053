"""The queue of what waits for a decision, and the pages on which it is made."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from apps.backoffice import selectors
from apps.backoffice.access import actor_of, admin_required
from apps.backoffice.forms import CERTIFICATE_REASONS, LISTING_REASONS, VENDOR_REASONS, DecisionForm, ReasonForm
from apps.backoffice.pages import show
from apps.backoffice.record import deeds
from apps.jobs.selectors import history_of
from apps.kernel.actor import Actor
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
    return _case(
        request,
        "vendor",
        found,
        approve=lambda actor, seen: vendors.approve_vendor(vendor=found, actor=actor, seen=seen),
        reject=lambda actor, reason: vendors.reject_vendor(vendor=found, actor=actor, reason=reason),
        context={
            "vendor": found,
            "papers": found.papers.all(),
            "effect": selectors.suspension_effect(found),
            "reasons": VENDOR_REASONS,
            "sent_in": found.applied_at,
        },
    )


@admin_required
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """A product sent in for review."""
    found = get_object_or_404(Listing.objects.select_related("product__origin_commune__province", "vendor"), pk=pk)
    return _case(
        request,
        "listing",
        found,
        approve=lambda actor, seen: listings.publish_listing(listing=found, actor=actor, seen=seen),
        reject=lambda actor, reason: listings.reject_listing(listing=found, actor=actor, reason=reason),
        context={
            "listing": found,
            "product": found.product,
            "stock": found.product.stockrecords.first(),
            "pictures": pictures_of(found),
            "category": found.product.categories.first(),
            "certificates": found.product.certificates.order_by("-claimed_at"),
            "reasons": LISTING_REASONS,
            "sent_in": found.submitted_at,
        },
    )


@admin_required
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """A certificate that a vendor claims."""
    found = get_object_or_404(Certificate.objects.select_related("product", "vendor"), pk=pk)
    return _case(
        request,
        "certificate",
        found,
        approve=lambda actor, seen: provenance.verify_certificate(certificate=found, actor=actor, seen=seen),
        reject=lambda actor, reason: provenance.reject_certificate(certificate=found, actor=actor, reason=reason),
        context={"certificate": found, "reasons": CERTIFICATE_REASONS, "sent_in": found.claimed_at},
    )


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


def _case(
    request: HttpRequest,
    kind: str,
    found: Model,
    *,
    approve: Callable[[Actor, dt.datetime | None], object],
    reject: Callable[[Actor, str], object],
    context: dict[str, Any],
) -> HttpResponse:
    """The page of a case with its form; after a decision, the case that has waited longest."""
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _decide(request, form.cleaned_data, approve, reject)
    shared = {
        "cases": selectors.waiting(),
        "current": request.path,
        "form": form,
        "history": deeds(history_of(found)[:RECORD_SHOWN]),
        "room": f"{kind}s",
    }
    return show(request, kind, {**shared, **context}, status=422 if form.is_bound else 200)


def _decide(
    request: HttpRequest,
    decided: dict[str, Any],
    approve: Callable[[Actor, dt.datetime | None], object],
    reject: Callable[[Actor, str], object],
) -> HttpResponse:
    actor, approved = actor_of(request), decided["decision"] == "approve"
    try:
        approve(actor, decided["seen"]) if approved else reject(actor, decided["reason"])
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(request.path)
    messages.success(
        request, _("Approved; the vendor gets a mail.") if approved else _("Sent back; the vendor gets a mail.")
    )
    left = selectors.waiting()
    return redirect(left[0].url if left else "backoffice:home")
