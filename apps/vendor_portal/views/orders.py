"""The order board and one order with what can be done about it."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.kernel.errors import DomainError
from apps.ordering import services
from apps.ordering.order_views import timeline
from apps.ordering.selectors import TABS, board, board_counts, vendor_order_of
from apps.vendor_portal.access import Seat, member_required
from apps.vendor_portal.board import CANCELLABLE, TAB_WORDS, rows
from apps.vendor_portal.forms.order import CancelForm, ComeBackForm, HandOverForm
from apps.vendor_portal.pages import back, refuse, show
from apps.vendors.policies import Area

if TYPE_CHECKING:
    from apps.ordering.models import VendorOrder

PER_PAGE = 30


@member_required(Area.ORDERS)
@require_safe
def orders(request: HttpRequest, seat: Seat) -> HttpResponse:
    """One tab of the board, the nearest deadline first."""
    tab = request.GET.get("tab", "new")
    if tab not in TABS:
        raise Http404
    counts, pages = board_counts(vendor=seat.vendor), Paginator(board(vendor=seat.vendor, tab=tab), PER_PAGE)
    pages.count = counts[tab]
    page = pages.get_page(request.GET.get("trang"))
    context = {"room": "orders", "tab": tab, "tabs": TAB_WORDS, "page": page, "rows": rows(page.object_list)}
    return show(request, seat, "orders", {**context, "board_counts": counts})


@member_required(Area.ORDERS)
@require_safe
def order(request: HttpRequest, seat: Seat, number: str) -> HttpResponse:
    """One order: goods, recipient, money, steps, and the next thing to do."""
    return _page(request, seat, _own(seat, number))


@member_required(Area.ORDERS)
@require_POST
def act(request: HttpRequest, seat: Seat, number: str) -> HttpResponse:
    """Carry out one step: accept, pack, hand_over, deliver, come_back or cancel."""
    found = _own(seat, number)
    step = request.POST.get("act", "")
    if step in _FORMS:
        return _FORMS[step](request, seat, found)
    steps = {
        "accept": (services.accept, _("%(number)s is confirmed. Pack it and hand it over in time.")),
        "pack": (services.pack, _("%(number)s is packed and waits for the carrier.")),
        "deliver": (services.deliver, _("%(number)s is delivered.")),
    }
    if step not in steps:
        raise Http404
    write, words = steps[step]
    try:
        write(vendor_order=found, actor=seat.actor)
    except DomainError as problem:
        refuse(request, problem)
    else:
        messages.success(request, words % {"number": number})
    return back(request, reverse("vendor_portal:order", args=[number]))


def _hand_over(request: HttpRequest, seat: Seat, found: "VendorOrder") -> HttpResponse:
    form = HandOverForm(request.POST)
    if not form.is_valid():
        return _page(request, seat, found, hand_over=form, status=422)
    try:
        services.hand_over(vendor_order=found, actor=seat.actor, **form.cleaned_data)
    except DomainError as problem:
        refuse(request, problem)
    else:
        messages.success(request, _("%(number)s is on its way.") % {"number": found.number})
    return redirect("vendor_portal:order", found.number)


def _cancel(request: HttpRequest, seat: Seat, found: "VendorOrder") -> HttpResponse:
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _page(request, seat, found, cancel=form, status=422)
    try:
        services.cancel(vendor_order=found, actor=seat.actor, reason=form.text())
    except DomainError as problem:
        refuse(request, problem)
    else:
        messages.success(request, _("%(number)s is cancelled. The goods are back in stock.") % {"number": found.number})
    return redirect("vendor_portal:order", found.number)


def _come_back(request: HttpRequest, seat: Seat, found: "VendorOrder") -> HttpResponse:
    form = ComeBackForm(request.POST)
    if not form.is_valid():
        return _page(request, seat, found, come_back=form, status=422)
    try:
        services.come_back(vendor_order=found, actor=seat.actor, reason=form.cleaned_data["back_reason"])
    except DomainError as problem:
        refuse(request, problem)
    else:
        messages.success(
            request,
            _("%(number)s came back. Add the goods to your stock again if they can still be sold.")
            % {"number": found.number},
        )
    return redirect("vendor_portal:order", found.number)


_FORMS = {"hand_over": _hand_over, "cancel": _cancel, "come_back": _come_back}


def _own(seat: Seat, number: str) -> "VendorOrder":
    try:
        return vendor_order_of(vendor=seat.vendor, number=number)
    except ObjectDoesNotExist as problem:
        raise Http404 from problem


def _page(
    request: HttpRequest,
    seat: Seat,
    found: "VendorOrder",
    *,
    hand_over: HandOverForm | None = None,
    cancel: CancelForm | None = None,
    come_back: ComeBackForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "room": "orders",
        "order": found,
        "row": rows([found])[0],
        "timeline": timeline(found),
        "hand_over": hand_over or HandOverForm(),
        "cancel": cancel or CancelForm(),
        "come_back": come_back or ComeBackForm(),
        "cancellable": found.state in CANCELLABLE,
    }
    return show(request, seat, "order", context, status=status)
