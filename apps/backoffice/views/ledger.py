"""The ledger as it was booked: balances, entries, one entry with its postings, and whether it adds up."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from apps.backoffice.access import admin_required
from apps.backoffice.pages import show
from apps.kernel.ids import normalise
from apps.ledger import selectors
from apps.ledger.books import EntryKind
from apps.ledger.models import Entry

PAGE_SIZE = 30
# More than a few faults are one fault.
FAULTS_SHOWN = 20


@admin_required
@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """Balances by kind, and entries by number, kind or account; `kiem-tra=1` adds everything up anew."""
    number, kind = request.GET.get("q", "").strip(), request.GET.get("loai", "")
    account = request.GET.get("tai-khoan", "").strip()
    found = selectors.entries(number=normalise(number), kind=kind if kind in EntryKind.values else "", account=account)
    checked = request.GET.get("kiem-tra") == "1"
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("trang")),
        "balances": [(words, amount) for words, amount in selectors.balances() if amount],
        "kinds": EntryKind.choices,
        "number": number,
        "kind": kind,
        "account": account,
        "checked": checked,
        "faults": list(zip(range(FAULTS_SHOWN), selectors.faults(), strict=False)) if checked else [],
        "room": "ledger",
    }
    return show(request, "ledger", context)


@admin_required
@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry with its postings."""
    found = get_object_or_404(Entry.objects.select_related("reverses", "reversed_by"), pk=pk)
    postings = found.postings.select_related("account__vendor").order_by("pk")
    rows = [(row.account, max(row.amount, 0), max(-row.amount, 0)) for row in postings]
    return show(request, "ledger_entry", {"entry": found, "rows": rows, "room": "ledger"})
