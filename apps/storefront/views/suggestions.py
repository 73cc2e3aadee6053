"""What the search box offers while somebody types."""

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_safe

from search.request import SearchRequest
from search.suggesting import Kind, Row, suggestions

_KEEP_SECONDS = 60


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """At most ten rows with a name, what kind of thing it is and an address: `?q=cha m`; the same for every reader."""
    rows = suggestions(SearchRequest.read(dict(request.GET.lists())).q)
    return offered([_item(row) for row in rows], _KEEP_SECONDS)


def offered(items: list[dict[str, str]], seconds: int) -> JsonResponse:
    """Rows for a combobox, with what a screen reader says of them; anybody may keep the answer for so long."""
    status = ngettext("%(count)d suggestion", "%(count)d suggestions", len(items)) % {"count": len(items)}
    response = JsonResponse({"items": items, "status": status})
    patch_cache_control(response, public=True, max_age=seconds)
    return response


def _item(row: Row) -> dict[str, str]:
    return {
        "name": row.name,
        "label": _label(row.kind),
        "note": gettext('"%(old)s" is now part of %(new)s') % {"old": row.former, "new": row.name}
        if row.former
        else "",
        "url": _url(row),
        # Only categories have a name in every language.
        "lang": "" if row.kind is Kind.CATEGORY or get_language() == "vi" else "vi",
    }


def _label(kind: Kind) -> str:
    return {
        Kind.QUERY: gettext("Often searched"),
        Kind.CATEGORY: gettext("Category"),
        Kind.PRODUCT: gettext("Product"),
        Kind.PROVINCE: gettext("Province or city"),
        Kind.VENDOR: gettext("Vendor"),
    }[kind]


def _url(row: Row) -> str:
    if row.kind is Kind.QUERY:
        return f"{reverse('storefront:search')}?{urlencode({'q': row.name})}"
    if row.kind is Kind.PRODUCT:
        return reverse("storefront:product", kwargs={"slug": row.slug, "pk": row.id})
    return reverse(f"storefront:{row.kind.value}", kwargs={"slug": row.slug})
