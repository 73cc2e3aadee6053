"""Helpers of the pages about products: finding an own one, keeping what was entered, storing photos."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist
from django.forms import Form
from django.http import Http404, HttpRequest

from apps.kernel.errors import DomainError
from apps.listings.imaging import check_size, read_upload
from apps.listings.pictures import add_picture
from apps.listings.selectors import listing_of
from apps.vendor_portal.access import Seat
from apps.vendors.papers import shown_name

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


def sent_pictures(request: HttpRequest) -> tuple[list[bytes], list[str]]:
    """The photos that came with the form, and why others are none, each with its name."""
    good, problems = [], []
    for file in request.FILES.getlist("pictures"):
        try:
            check_size(file.size or 0)
            data = file.read()
            read_upload(data)
        except DomainError as problem:
            problems.append(f"{shown_name(file)}: {problem}")
        else:
            good.append(data)
    return good, problems


def store_pictures(seat: Seat, listing: "Listing", pictures: Iterable[bytes]) -> list[str]:
    """Add photos to a product; returns why one was not added."""
    for data in pictures:
        try:
            add_picture(listing=listing, actor=seat.actor, data=data)
        except DomainError as problem:
            return [str(problem)]
    return []
