"""What every page of the shop shows in its frame; nothing here asks the session or, once kept, the database."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from apps.places.models import Province
from apps.places.selectors.known import known_provinces
from apps.shop.catalogue.selectors import category_tree
from apps.storefront import baskets, delivery_place


def shop(request: HttpRequest) -> dict[str, Any]:
    """Categories for the header, the count of the basket's cookie and the place that goods are sent to.

    All of it is worked out only when a template uses it: the tools have no header of the shop.
    """
    return {
        "nav_categories": SimpleLazyObject(lambda: [(node.local_name, node.url) for node in category_tree().roots]),
        "basket_count": _basket_count(request),
        "delivery_province": SimpleLazyObject(lambda: delivery_province(request)),
        "known_provinces": SimpleLazyObject(lambda: known_provinces().ordered),
        "search_text": request.GET.get("q", ""),
    }


def delivery_province(request: HttpRequest) -> Province | None:
    """The province that the reader has chosen."""
    code = delivery_place.province_code(request)
    return known_provinces().by_code(code) if code else None


def _basket_count(request: HttpRequest) -> int:
    cookie = baskets.read(request)
    return cookie.count if cookie else 0
