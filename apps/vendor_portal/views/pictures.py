"""A product's photos, its certificate, and the product as shoppers will see it."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.kernel.errors import DomainError
from apps.listings.pictures import describe_picture, move_picture, remove_picture
from apps.listings.selectors import pictures_of, row_of
from apps.provenance.selectors import certificate_of, valid_certificates
from apps.provenance.services import claim_certificate
from apps.vendor_portal.access import Seat, limited_uploads, member_required
from apps.vendor_portal.forms.certificate import CertificateForm
from apps.vendor_portal.goods import own_listing, sent_pictures, store_pictures
from apps.vendor_portal.pages import refuse, show
from apps.vendor_portal.papers import file_response
from apps.vendor_portal.views.listings import edit_page
from apps.vendors.papers import content_type_of
from apps.vendors.policies import Area

MOVES = {"forward": -1, "back": 1, "first": -100}


@member_required(Area.LISTINGS)
@require_POST
@limited_uploads
def add(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Upload photos."""
    listing = own_listing(seat, pk)
    pictures, problems = sent_pictures(request)
    if not pictures:
        return edit_page(request, seat, listing, status=422, problems=problems or [_("Choose at least one photo.")])
    before = len(pictures_of(listing))
    problems += store_pictures(seat, listing, pictures)
    added = len(pictures_of(listing)) - before
    if added:
        messages.success(request, ngettext("%(n)d photo added.", "%(n)d photos added.", added) % {"n": added})
    for words in problems:
        messages.error(request, words)
    return redirect("vendor_portal:listing_edit", pk)


@member_required(Area.LISTINGS)
@require_POST
def change(request: HttpRequest, seat: Seat, pk: int, picture_id: int) -> HttpResponse:
    """Remove a photo, describe it, or move it one place or to the front."""
    listing = own_listing(seat, pk)
    if picture_id not in {shown.id for shown in pictures_of(listing)}:
        raise Http404
    step = request.POST.get("act", "")
    try:
        if step == "remove":
            remove_picture(listing=listing, actor=seat.actor, picture_id=picture_id)
        elif step == "describe":
            describe_picture(
                listing=listing, actor=seat.actor, picture_id=picture_id, caption=request.POST.get("caption", "")
            )
            messages.success(request, _("Saved."))
        elif step in MOVES:
            move_picture(listing=listing, actor=seat.actor, picture_id=picture_id, steps=MOVES[step])
    except DomainError as problem:
        refuse(request, problem)
    return redirect("vendor_portal:listing_edit", pk)


@member_required(Area.LISTINGS)
@require_safe
def preview(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """The product as shoppers will see it, for its own vendor only."""
    listing = own_listing(seat, pk)
    context = {
        "room": "listings",
        "listing": listing,
        "product": listing.product,
        "row": row_of(listing),
        "pictures": pictures_of(listing),
        "certificate": valid_certificates([listing.product_id]).get(listing.product_id),
    }
    return show(request, seat, "preview", context)


@member_required(Area.LISTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
@limited_uploads
def certificate(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Claim an OCOP certificate for a product."""
    listing = own_listing(seat, pk)
    form = CertificateForm(request.POST or None, request.FILES or None, initial={"holder": seat.vendor.name})
    if request.method == "POST" and form.is_valid():
        try:
            claim_certificate(
                vendor=seat.vendor, product=listing.product, actor=seat.actor, data=form.data_for_service()
            )
        except DomainError as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The certificate is sent. Its stars show once a reviewer has checked it."))
            return redirect("vendor_portal:listing_edit", pk)
    context = {"room": "listings", "listing": listing, "product": listing.product, "form": form}
    return show(request, seat, "certificate", context, status=422 if form.is_bound else 200)


@member_required(Area.LISTINGS)
@require_safe
def scan(request: HttpRequest, seat: Seat, pk: int) -> FileResponse:
    """The scan of an own certificate."""
    try:
        found = certificate_of(vendor=seat.vendor, certificate_id=pk)
    except ObjectDoesNotExist as problem:
        raise Http404 from problem
    path = found.scan.name
    if not path:
        raise Http404
    return file_response(found.scan, content_type_of(path), path.rsplit("/", 1)[-1])
