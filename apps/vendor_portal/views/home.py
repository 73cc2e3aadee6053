"""The portal's front door: a landing for strangers, the application while it waits, today's work after it."""

from itertools import chain

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.kernel.clock import now, today
from apps.listings.selectors import low_stock
from apps.ordering.selectors import board
from apps.provenance.selectors import expiring
from apps.vendor_portal.access import Seat, seat_of
from apps.vendor_portal.board import Row, rows
from apps.vendor_portal.deadlines import day_words
from apps.vendor_portal.pages import show
from apps.vendors.policies import Area
from apps.vendors.selectors import papers_of
from apps.vendors.states import VendorState

# The work list shows what a person can do in a day; the board has the rest.
MOST_TASKS = 20


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Today's work, or what stands before it."""
    seat = seat_of(request)
    if seat is None:
        return render(request, "vendor_portal/landing.html")
    if seat.vendor.state not in (VendorState.APPROVED, VendorState.SUSPENDED):
        return _application(request, seat)
    return _today(request, seat)


def _application(request: HttpRequest, seat: Seat) -> HttpResponse:
    context = {"room": "home", "papers": papers_of(vendor=seat.vendor) if seat.may(Area.PROFILE) else []}
    return show(request, seat, "application", context)


def _today(request: HttpRequest, seat: Seat) -> HttpResponse:
    vendor, day = seat.vendor, today()
    tasks = _tasks(seat) if seat.may(Area.ORDERS) else []
    late = [task for task in tasks if task.is_late]
    ending = expiring(vendor=vendor) if seat.may(Area.LISTINGS) else []
    prefetch_related_objects(ending, "product__listing")
    context = {
        "room": "home",
        "day": day_words(day),
        "tasks": tasks,
        "late": late,
        "next_confirm": next((task for task in tasks if task.order.state == "placed"), None),
        "next_ship": next((task for task in tasks if task.order.state != "placed"), None),
        "low_stock": low_stock(vendor=vendor) if seat.may(Area.LISTINGS) else [],
        "expiring": [(item, (item.valid_until - day).days) for item in ending],
        "now": now(),
    }
    return show(request, seat, "today", context)


def _tasks(seat: Seat) -> list[Row]:
    """Orders that wait for this vendor, the nearest deadline first."""
    open_orders = (board(vendor=seat.vendor, tab=tab)[:MOST_TASKS] for tab in ("new", "to_ship"))
    found = rows(chain.from_iterable(open_orders))
    return sorted(found, key=lambda row: row.deadline.at if row.deadline else now())[:MOST_TASKS]
