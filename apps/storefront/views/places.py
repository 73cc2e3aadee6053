"""Small answers about places: type-ahead, the communes of a province, and the province that prices are shown for."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from apps.places.selectors import (
    CommuneSuggestion,
    communes_of,
    find_province,
    suggest_communes,
    suggest_old_addresses,
)
from apps.places.selectors.known import known_provinces
from apps.storefront import delivery_place as place
from apps.storefront.guards import safe_next, same_origin_post
from apps.storefront.views.suggestions import offered

_MOST_LETTERS = 100
_KEEP_SECONDS = 3600  # the tables change by decree, not by the hour


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Communes for what is typed, by present and former names or a whole former address: `?q=bach dang&tinh=22`."""
    text = request.GET.get("q", "")[:_MOST_LETTERS]
    province = request.GET.get("tinh") or None
    # Whoever types a commune elsewhere has changed their mind about the province.
    found = suggest_communes(text, province) or (suggest_communes(text) if province else [])
    found = found or suggest_old_addresses(text)
    return offered([_item(suggestion) for suggestion in found], _KEEP_SECONDS)


@require_safe
def communes(request: HttpRequest) -> JsonResponse:
    """The communes of a province for the select: `?tinh=22`."""
    found = communes_of(request.GET.get("tinh", ""))
    response = JsonResponse({"items": [{"code": row.code, "name": row.full_name} for row in found]})
    patch_cache_control(response, public=True, max_age=_KEEP_SECONDS)
    return response


@same_origin_post
def delivery_place(request: HttpRequest) -> HttpResponse:
    """Remember the province by its code or any name, then go on where the reader was."""
    wanted = request.POST.get("province", "").strip()
    found = known_provinces().by_code(wanted) or find_province(wanted)
    response = HttpResponseRedirect(safe_next(request, reverse("storefront:home")))
    if found:
        place.remember(response, found.code)
    return response


def _item(suggestion: CommuneSuggestion) -> dict[str, str]:
    commune = suggestion.commune
    note = ""
    if suggestion.former_name:
        words = {"old": suggestion.former_name.split(",")[0], "new": commune.full_name}
        note = gettext('"%(old)s" is now part of %(new)s') % words
    return {
        "code": commune.code,
        "name": suggestion.full_name,
        "note": note,
        "province_code": commune.province_id,
    }
