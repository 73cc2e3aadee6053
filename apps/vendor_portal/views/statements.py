"""Statements of payouts and of months, on screen and as files."""

import datetime as dt

from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from apps.payouts.documents.pdf import statement_pdf
from apps.payouts.documents.sheets import statement_xlsx
from apps.payouts.selectors import payouts_of
from apps.payouts.statements.periods import Statement, months_of, of_month, of_payout
from apps.vendor_portal.access import Seat, member_required
from apps.vendor_portal.pages import show
from apps.vendors.policies import Area

PER_PAGE, LINES_PER_PAGE = 30, 100
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = {"pdf": ("application/pdf", statement_pdf), "xlsx": (_XLSX, statement_xlsx)}


@member_required(Area.MONEY)
@require_safe
def statements(request: HttpRequest, seat: Seat) -> HttpResponse:
    """All payouts, the newest first, and the months."""
    page = Paginator(payouts_of(vendor=seat.vendor), PER_PAGE).get_page(request.GET.get("trang"))
    context = {"room": "money", "page": page, "rows": page.object_list, "months": months_of(vendor=seat.vendor)}
    return show(request, seat, "statements", context)


@member_required(Area.MONEY)
@require_safe
def statement(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """One payout, line by line."""
    return _page(request, seat, _of_payout(seat, pk))


@member_required(Area.MONEY)
@require_safe
def statement_file(request: HttpRequest, seat: Seat, pk: int, form: str) -> HttpResponse:
    """The same as a file: `pdf` or `xlsx`."""
    found = _of_payout(seat, pk)
    return _file(found, form, f"sao-ke-{found.payout}")


@member_required(Area.MONEY)
@require_safe
def month(request: HttpRequest, seat: Seat, month: str) -> HttpResponse:
    """One month, named `2026-11`, line by line."""
    day = _first_day(month)
    return _page(request, seat, of_month(vendor=seat.vendor, month=day), day)


@member_required(Area.MONEY)
@require_safe
def month_file(request: HttpRequest, seat: Seat, month: str, form: str) -> HttpResponse:
    """The same as a file: `pdf` or `xlsx`."""
    return _file(of_month(vendor=seat.vendor, month=_first_day(month)), form, f"sao-ke-{month}")


def _of_payout(seat: Seat, pk: int) -> Statement:
    try:
        return of_payout(vendor=seat.vendor, pk=pk)
    except ObjectDoesNotExist as problem:
        raise Http404 from problem


def _first_day(month: str) -> dt.date:
    try:
        return dt.datetime.strptime(month, "%Y-%m").replace(tzinfo=dt.UTC).date()
    except ValueError as problem:
        raise Http404 from problem


def _page(request: HttpRequest, seat: Seat, found: Statement, month: dt.date | None = None) -> HttpResponse:
    page = Paginator(found.lines, LINES_PER_PAGE).get_page(request.GET.get("trang"))
    context = {"room": "money", "statement": found, "month": month, "page": page, "rows": page.object_list}
    return show(request, seat, "statement", context)


def _file(found: Statement, form: str, name: str) -> HttpResponse:
    if form not in FILES:
        raise Http404
    content_type, write = FILES[form]
    response = HttpResponse(write(found), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["Cache-Control"] = "private, no-store"
    return response
