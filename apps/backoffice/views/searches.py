"""What shoppers search for, and why they find what they find."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from apps.backoffice.access import admin_required
from apps.backoffice.pages import show
from search.explaining import DATABASE, Part
from search.explaining import explained as explain
from search.insight import Report, line, report
from search.plan import EngineAway, Field
from search.request import SearchRequest
from search.result import PAGE_SIZE as FOUND_PAGE
from search.result import Reading

PAGE_SIZE = 50
WEEK, MONTH = 7, 30
_READINGS = {
    Reading.AS_TYPED: _("as typed"),
    Reading.WITHOUT_ACCENTS: _("without regard to accents"),
    Reading.BEGINNINGS: _("as beginnings of words"),
    Reading.ONE_TYPO: _("with one letter wrong"),
    Reading.ONE_WORD_LESS: _("with one word missing"),
}
_FIELDS = {
    Field.TITLE: _("in the title"),
    Field.TITLE_FOLDED: _("in the title, without accents"),
    Field.KIND: _("in the category"),
    Field.KIND_FOLDED: _("in the category, without accents"),
    Field.NAMES: _("in vendor, place or pack"),
    Field.NAMES_FOLDED: _("in vendor, place or pack, without accents"),
}


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


@admin_required
@require_safe
def explained(request: HttpRequest) -> HttpResponse:
    """What the words of a search were taken for, and why each product stands where it does; asked as in the shop."""
    wanted = SearchRequest.read(dict(request.GET.lists()))
    try:
        found = explain(wanted, settings.SEARCH_ENGINE)
    except EngineAway:
        found = explain(wanted, DATABASE)
    context = {
        "wanted": wanted,
        "found": found,
        "rows": [(row, [(part, _where(part)) for part in row.parts]) for row in found.rows],
        "reading": _READINGS.get(found.result.reading or Reading.AS_TYPED, ""),
        "first": (found.result.page - 1) * FOUND_PAGE + 1,
        "room": "searches",
    }
    return show(request, "search_explained", context)


def _where(part: Part) -> str:
    return str(_FIELDS[Field(part.field)]) if part.field else ""
