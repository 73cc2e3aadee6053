"""What shoppers search for: most, in vain, and without opening anything."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from apps.backoffice.access import admin_required
from apps.backoffice.pages import show
from search.insight import Report, line, report

PAGE_SIZE = 50
WEEK, MONTH = 7, 30


@admin_required
@require_safe
def searches(request: HttpRequest) -> HttpResponse:
    """A report over a week (`ngay=7`) or a month; `xem` names which one."""
    named = request.GET.get("xem", "")
    kind = Report(named) if named in set(Report) else Report.ASKED
    days = MONTH if request.GET.get("ngay") == str(MONTH) else WEEK
    page = Paginator(report(kind, days=days), PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "lines": [line(row) for row in page.object_list],
        "kind": kind,
        "days": days,
        "other_days": WEEK if days == MONTH else MONTH,
        "room": "searches",
    }
    return show(request, "searches", context)
