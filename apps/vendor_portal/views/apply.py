"""Applying to sell, and the vendor's own page of facts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.limits import limited
from apps.kernel.actor import Actor
from apps.kernel.errors import DomainError
from apps.vendor_portal.access import Seat, member_required, seat_of
from apps.vendor_portal.forms.apply import ApplyForm, ProfileForm
from apps.vendor_portal.pages import show
from apps.vendor_portal.papers import file_response
from apps.vendors.policies import Area
from apps.vendors.selectors import paper_of, papers_of
from apps.vendors.services import apply_to_sell, update_profile
from apps.vendors.states import VendorState


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("apply", most=30, seconds=3600)
def apply(request: HttpRequest) -> HttpResponse:
    """The application; what was entered stays on errors and after a rejection."""
    seat, user_id = seat_of(request), int(request.user.pk or 0)
    if seat is not None and not (seat.vendor.state == VendorState.REJECTED and seat.may(Area.PROFILE)):
        return redirect("vendor_portal:home")
    papers = list(papers_of(vendor=seat.vendor)) if seat else []
    if request.method != "POST":
        form = ApplyForm(initial=_known(request, seat), has_papers=bool(papers))
        return _page(request, form, seat, papers)
    form = ApplyForm(request.POST, request.FILES, has_papers=bool(papers))
    if "choose" in request.POST:  # without JavaScript the communes come with the next page
        entered = {name: form[name].value() for name in form.fields if name != "papers"}
        return _page(request, ApplyForm(initial=entered, has_papers=bool(papers)), seat, papers)
    if form.is_valid():
        try:
            apply_to_sell(actor=Actor.person(user_id), user_id=user_id, **form.facts())
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Your application has arrived. We look at it within two working days."))
            return redirect("vendor_portal:home")
    return _page(request, form, seat, papers, status=422)


@member_required(Area.PROFILE)
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What shoppers and couriers know about the vendor, and the papers it sent."""
    vendor = seat.vendor
    fields = ("about", "phone", "email", "street")
    form = ProfileForm(request.POST or None, initial={name: getattr(vendor, name) for name in fields})
    if request.method == "POST" and form.is_valid():
        update_profile(vendor=vendor, actor=seat.actor, **form.cleaned_data)
        messages.success(request, _("Saved. Shoppers see it from now on."))
        return redirect("vendor_portal:profile")
    context = {"room": "profile", "form": form, "papers": papers_of(vendor=vendor)}
    return show(request, seat, "profile", context, status=422 if form.is_bound else 200)


@member_required(Area.PROFILE)
@require_safe
def paper(request: HttpRequest, seat: Seat, pk: int) -> FileResponse:
    """One paper of this vendor, as a download."""
    try:
        found = paper_of(vendor=seat.vendor, paper_id=pk)
    except ObjectDoesNotExist as problem:
        raise Http404 from problem
    return file_response(found.file, found.content_type, found.name)


def _known(request: HttpRequest, seat: Seat | None) -> dict[str, Any]:
    """What is known about the applicant: the rejected application, or the person's own address."""
    if seat is None:
        return {"email": getattr(request.user, "email", ""), "phone": getattr(request.user, "phone", "")}
    vendor = seat.vendor
    names = ("name", "producer_type", "tax_code", "street", "phone", "email", "about")
    known = {name: getattr(vendor, name) for name in names}
    return {**known, "province": vendor.commune.province_id, "commune": vendor.commune_id}


def _page(
    request: HttpRequest, form: ApplyForm, seat: Seat | None, papers: list[Any], *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "papers": papers, "vendor": seat.vendor if seat else None}
    return render(request, "vendor_portal/apply.html", context, status=status)
