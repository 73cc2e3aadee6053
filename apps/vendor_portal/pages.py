"""What all pages of the portal share: the frame with its counts, and the way back."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from apps.kernel.errors import DomainError
from apps.listings.selectors import counts_of
from apps.listings.states import ListingState
from apps.notifications.selectors import unread_count
from apps.ordering.selectors import board_counts
from apps.vendor_portal.access import Seat
from apps.vendors.policies import Area
from apps.vendors.states import VendorState


def show(request: HttpRequest, seat: Seat, name: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of the portal with its rail; `room` in the context says which entry is current."""
    vendor = seat.vendor
    frame: dict[str, Any] = {
        "seat": seat,
        "vendor": vendor,
        "suspended": vendor.state == VendorState.SUSPENDED,
        "applying": vendor.state in (VendorState.APPLIED, VendorState.REJECTED),
        "unread_work": unread_count(seat.user_id, vendor_id=vendor.pk),
        "may_orders": seat.may(Area.ORDERS),
        "may_listings": seat.may(Area.LISTINGS),
        "may_profile": seat.may(Area.PROFILE),
        "may_money": seat.may(Area.MONEY),
    }
    if frame["may_orders"]:
        frame["board_counts"] = context.get("board_counts") or board_counts(vendor=vendor)
        frame["open_orders"] = frame["board_counts"]["new"] + frame["board_counts"]["to_ship"]
    if frame["may_listings"]:
        frame["listing_counts"] = counts_of(vendor=vendor)
        frame["rejected_listings"] = frame["listing_counts"][ListingState.REJECTED]
    return render(request, f"vendor_portal/{name}.html", {**frame, **context}, status=status)


def refuse(request: HttpRequest, problem: DomainError) -> None:
    """Show on the next page why nothing was done."""
    messages.error(request, str(problem))


def back(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    """To the page of ours that the form names as `next`, or to another."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(wanted if safe else otherwise)
