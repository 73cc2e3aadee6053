"""A vendor's products: the list, one product, and its way to the shop."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.kernel.errors import DomainError
from apps.listings import services
from apps.listings.policies import may_edit
from apps.listings.selectors import counts_of, listings_of, pictures_of, row_of, what_is_missing
from apps.listings.states import ListingState
from apps.provenance.selectors import certificates_of
from apps.vendor_portal.access import Seat, limited_uploads, member_required
from apps.vendor_portal.forms.listing import ListingForm, PicturesForm, QuickForm
from apps.vendor_portal.goods import entered, own_listing, sent_pictures, store_pictures
from apps.vendor_portal.pages import back, refuse, show
from apps.vendors.policies import Area

if TYPE_CHECKING:
    from apps.listings.models import Listing

PER_PAGE = 30
# Tabs of the list, in the order of a listing's life; archived ones are kept but not shown.
TABS = (
    ListingState.PUBLISHED,
    ListingState.SUBMITTED,
    ListingState.REJECTED,
    ListingState.DRAFT,
    ListingState.PAUSED,
)


@member_required(Area.LISTINGS)
@require_safe
def listings(request: HttpRequest, seat: Seat) -> HttpResponse:
    """All products, or those in one state."""
    state = request.GET.get("trang-thai", "")
    if state and state not in TABS:
        raise Http404
    counts = counts_of(vendor=seat.vendor)
    found = listings_of(vendor=seat.vendor, state=state or None)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "room": "listings",
        "state": state,
        "tabs": [(tab.value, tab.label, counts[tab]) for tab in TABS],
        "total": sum(counts[tab] for tab in TABS),
        "page": page,
        "rows": [row_of(listing) for listing in page.object_list],
    }
    return show(request, seat, "listings", context)


@member_required(Area.LISTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
@limited_uploads
def new(request: HttpRequest, seat: Seat) -> HttpResponse:
    """A new product: a draft with its first photos."""
    place = {"province": seat.vendor.commune.province_id, "commune": seat.vendor.commune_id}
    if request.method != "POST":
        return _new_page(request, seat, ListingForm(initial=place))
    form = ListingForm(request.POST)
    if "choose" in request.POST:
        return _new_page(request, seat, ListingForm(initial=entered(form)))
    pictures, problems = sent_pictures(request)
    if form.is_valid() and (pictures or not problems):
        try:
            listing = services.create_listing(vendor=seat.vendor, actor=seat.actor, data=form.data_for_service())
        except DomainError as problem:
            form.add_error(None, str(problem))
        else:
            for words in [*problems, *store_pictures(seat, listing, pictures)]:
                messages.error(request, words)
            messages.success(request, _("Saved as a draft. Send it to review when it is complete."))
            return redirect("vendor_portal:listing_edit", listing.pk)
    return _new_page(request, seat, form, status=422, problems=problems)


@member_required(Area.LISTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """One product; what is on sale shows its facts, what is a draft its form."""
    listing = own_listing(seat, pk)
    if request.method != "POST":
        return edit_page(request, seat, listing)
    form = ListingForm(request.POST)
    if "choose" in request.POST:
        return edit_page(request, seat, listing, ListingForm(initial=entered(form)))
    if form.is_valid():
        try:
            services.update_listing(listing=listing, actor=seat.actor, data=form.data_for_service())
        except DomainError as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Saved."))
            return redirect("vendor_portal:listing_edit", pk)
    return edit_page(request, seat, listing, form, status=422)


@member_required(Area.LISTINGS)
@require_POST
def quick(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Price and stock, at once, also of what is on sale."""
    listing = own_listing(seat, pk)
    form = QuickForm(request.POST)
    if form.is_valid():
        try:
            services.set_terms(listing=listing, actor=seat.actor, **form.cleaned_data)
        except DomainError as problem:
            refuse(request, problem)
        else:
            messages.success(request, _("Price and stock of “%(title)s” are saved.") % {"title": listing.product.title})
    else:
        for errors in form.errors.values():
            messages.error(request, " ".join(str(words) for words in errors))
    return back(request, reverse("vendor_portal:listing_edit", args=[pk]))


@member_required(Area.LISTINGS)
@require_POST
def act(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Move a product on: submit, pause, resume, withdraw or archive."""
    listing = own_listing(seat, pk)
    steps = {
        "submit": (services.submit_listing, _("“%(title)s” is sent. A reviewer looks at it within one working day.")),
        "pause": (services.pause_listing, _("“%(title)s” is off sale until you resume it.")),
        "resume": (services.resume_listing, _("“%(title)s” is on sale again.")),
        "withdraw": (services.withdraw_listing, _("“%(title)s” is a draft again. Change it and send it to review.")),
        "archive": (services.archive_listing, _("“%(title)s” is laid aside.")),
    }
    if request.POST.get("act") not in steps:
        raise Http404
    write, words = steps[request.POST["act"]]
    try:
        write(listing=listing, actor=seat.actor)
    except services.ListingIncomplete as problem:
        for item in problem.missing:
            messages.error(request, str(item.words))
    except DomainError as problem:
        refuse(request, problem)
    else:
        messages.success(request, words % {"title": listing.product.title})
        if request.POST["act"] == "archive":
            return redirect("vendor_portal:listings")
    return back(request, reverse("vendor_portal:listing_edit", args=[pk]))


def _new_page(
    request: HttpRequest, seat: Seat, form: ListingForm, *, status: int = 200, problems: Sequence[str] = ()
) -> HttpResponse:
    context = {"room": "listings", "form": form, "pictures_form": PicturesForm.refusing(problems)}
    return show(request, seat, "listing_new", context, status=status)


def edit_page(
    request: HttpRequest,
    seat: Seat,
    listing: "Listing",
    form: ListingForm | None = None,
    *,
    status: int = 200,
    problems: Sequence[str] = (),
) -> HttpResponse:
    """The page of one product; `problems` say why photos were not added."""
    row = row_of(listing)
    context = {
        "room": "listings",
        "listing": listing,
        "product": listing.product,
        "category": next(iter(listing.product.categories.all()), None),
        "row": row,
        "form": form or ListingForm(initial=_known(listing)),
        "editable": may_edit(listing.state),
        "pictures": pictures_of(listing),
        "pictures_form": PicturesForm.refusing(problems),
        "missing": what_is_missing(listing),
        "certificates": certificates_of(vendor=seat.vendor, product_id=listing.product_id),
        "quick": QuickForm(
            initial={
                "price_amount": row.price.amount if row.price else None,
                "available": row.available,
                "seen": row.available,
            }
        ),
    }
    return show(request, seat, "listing_edit", context, status=status)


def _known(listing: "Listing") -> dict[str, Any]:
    """The values of a product for its form."""
    product, row = listing.product, row_of(listing)
    names = (
        "title", "title_en", "description", "description_en", "unit", "net_weight_g", "net_volume_ml",
        "shipping_weight_g", "ingredients", "allergens", "storage", "shelf_life_days", "is_chilled",
    )  # fmt: skip
    category = next(iter(product.categories.all()), None)
    return {
        **{name: getattr(product, name) for name in names},
        "category": category.pk if category else "",
        "is_service": not product.is_shipping_required,
        "season_months": sorted(product.season_months),
        "province": product.origin_commune.province_id if product.origin_commune else "",
        "commune": product.origin_commune_id or "",
        "price_amount": row.price.amount if row.price else None,
        "available": row.available,
        "sku": row.sku,
    }
