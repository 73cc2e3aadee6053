"""Helpers of the pages about products: finding an own one, keeping what was entered, storing photos."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.forms import Form
from django.http import Http404, HttpRequest

from apps.kernel.errors import DomainError
from apps.listings.imaging import check_size
from apps.listings.pictures import add_picture
from apps.listings.selectors import listing_of
from apps.vendor_portal.access import Seat

if TYPE_CHECKING:
    from apps.listings.models import Listing


def own_listing(seat: Seat, pk: int) -> "Listing":
    """A listing of this vendor; any other raises Http404."""
    try:
        return listing_of(vendor=seat.vendor, listing_id=pk)
    except ObjectDoesNotExist as problem:
        raise Http404 from problem


def entered(form: Form) -> dict[str, Any]:
    """What a person has entered so far, as initial values of the next form."""
    return {name: form[name].value() for name in form.fields}


def store_pictures(request: HttpRequest, seat: Seat, listing: "Listing") -> int:
    """Add the photos that came with the form; each bad one is named with its reason. Returns how many were added."""
    added = 0
    for file in request.FILES.getlist("pictures"):
        name = file.name or ""
        try:
            check_size(file.size or 0)
            add_picture(listing=listing, actor=seat.actor, data=file.read())
        except DomainError as problem:
            messages.error(request, f"{name}: {problem}")
        else:
            added += 1
    return added
