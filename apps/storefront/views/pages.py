"""Pages of words: delivery, returns, certificates, selling, rules, privacy."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.delivery.selectors import tariffs
from apps.storefront import reading
from apps.storefront.info import PAGES
from apps.storefront.reading import reading_page


@reading_page
def index(request: HttpRequest) -> HttpResponse:
    """All pages of words."""
    return reading.page(request, "storefront/help.html", {"pages": PAGES, "crumbs": _crumbs(None)})


@reading_page
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page; its text is written in each language, not translated sentence by sentence."""
    title = PAGES.get(slug)
    if title is None:
        raise Http404
    context = {
        "title": str(title),
        "body": f"storefront/pages/{slug}.{get_language() or 'vi'}.html",
        "pages": PAGES,
        "slug": slug,
        "crumbs": _crumbs(str(title)),
        "tariffs": list(tariffs().values()) if slug == "giao-hang" else [],
    }
    return reading.page(request, "storefront/page.html", context)


def _crumbs(title: str | None) -> list[tuple[str, str | None]]:
    help_url = reverse("storefront:help") if title else None
    start: list[tuple[str, str | None]] = [(_("Home"), reverse("storefront:home")), (_("Help"), help_url)]
    return [*start, (title, None)] if title else start
