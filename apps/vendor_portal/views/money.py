"""The vendor's money: how it stands, what each order has earned, taxes of a year."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from apps.payouts.selectors import (
    balance_of,
    destination_of,
    next_run_on,
    obstacle_of,
    payouts_of,
    waiting_account,
)
from apps.payouts.statements.earnings import earned, earnings, releases
from apps.payouts.taxes import together, year_taxes
from apps.vendor_portal.access import Seat, member_required
from apps.vendor_portal.deadlines import day_words
from apps.vendor_portal.pages import show
from apps.vendors.policies import Area

PER_PAGE = 30
_LATEST, _COMING = 5, 6
_YEARS = range(2025, 2100)


@member_required(Area.MONEY)
@require_safe
def money(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What is due, held and on its way, where it goes and when."""
    vendor = seat.vendor
    next_day = next_run_on()
    context = {
        "room": "money",
        "balance": balance_of(vendor=vendor),
        "obstacle": obstacle_of(vendor=vendor),
        "account": destination_of(vendor=vendor),
        "waiting": waiting_account(vendor=vendor),
        "next_day": day_words(next_day) if next_day else "",
        "releases": releases(vendor=vendor)[:_COMING],
        "payouts": payouts_of(vendor=vendor)[:_LATEST],
        "earnings": earnings(earned(vendor=vendor)[:_LATEST], vendor=vendor),
    }
    return show(request, seat, "money", context)


@member_required(Area.MONEY)
@require_safe
def earned_orders(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Every order that has earned something, with all fees, the newest first."""
    page = Paginator(earned(vendor=seat.vendor), PER_PAGE).get_page(request.GET.get("trang"))
    context = {"room": "money", "page": page, "rows": earnings(page.object_list, vendor=seat.vendor)}
    return show(request, seat, "earned_orders", context)


@member_required(Area.MONEY)
@require_safe
def taxes(request: HttpRequest, seat: Seat, year: int) -> HttpResponse:
    """What was withheld for the tax office in a year, as a paper to print."""
    if year not in _YEARS:
        raise Http404
    rows = year_taxes(vendor=seat.vendor, year=year)
    context = {"room": "money", "year": year, "rows": rows, "whole": together(tax for _month, tax in rows)}
    return show(request, seat, "taxes", context)
