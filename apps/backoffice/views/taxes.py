"""Withheld taxes: the month that the market declares, and the year of one vendor."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.backoffice.access import admin_required
from apps.backoffice.pages import show
from apps.kernel.clock import today
from apps.payouts.documents.sheets import taxes_csv, taxes_xlsx
from apps.payouts.taxes import month_taxes, months, together, year_taxes
from apps.vendors.models import Vendor

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_YEARS = range(2025, 2100)


@admin_required
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """What was withheld in a month (`thang=2026-11`; the present one unless told), vendor by vendor."""
    named = request.GET.get("thang")
    day = _first_day(named) if named else today().replace(day=1)
    rows = month_taxes(day)
    context = {
        "month": day,
        "months": months(),
        "rows": rows,
        "whole": together(tax for _vendor, tax in rows),
        "room": "ledger",
    }
    return show(request, "taxes", context)


@admin_required
@require_safe
def file(request: HttpRequest, month: str, form: str) -> HttpResponse:
    """The same as a file: `csv` or `xlsx`."""
    rows = month_taxes(_first_day(month))
    if form == "csv":
        response = HttpResponse(taxes_csv(rows), content_type="text/csv; charset=utf-8")
    elif form == "xlsx":
        title = _("Withheld taxes, month %(month)s") % {"month": month}
        response = HttpResponse(taxes_xlsx(title, rows), content_type=_XLSX)
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="thue-khau-tru-{month}.{form}"'
    response["Cache-Control"] = "private, no-store"
    return response


@admin_required
@require_safe
def certificate(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """What was withheld of one vendor in a year."""
    if year not in _YEARS:
        raise Http404
    vendor = get_object_or_404(Vendor, pk=pk)
    rows = year_taxes(vendor=vendor, year=year)
    whole = together(tax for _month, tax in rows)
    return show(
        request, "tax_certificate", {"vendor": vendor, "year": year, "rows": rows, "whole": whole, "room": "ledger"}
    )


def _first_day(month: str) -> dt.date:
    try:
        return dt.datetime.strptime(month, "%Y-%m").replace(tzinfo=dt.UTC).date()
    except ValueError as problem:
        raise Http404 from problem
