"""What every page of the shop shows in its frame; nothing here asks the session or, once kept, the database."""

from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from apps.kernel.memo import kept_for
from apps.notifications.selectors import unread_count
from apps.places.models import Province
from apps.places.selectors.known import known_provinces
from apps.shop.catalogue.selectors import TREE_SECONDS, category_tree
from apps.storefront import baskets, delivery_place


def shop(request: HttpRequest) -> dict[str, Any]:
    """Categories for the header, the count of the basket's cookie and the place that goods are sent to.

    All of it is worked out only when a template uses it: the tools have no header of the shop.
    """
    return {
        "nav_categories": SimpleLazyObject(lambda: _category_links(get_language())),
        "basket_count": _basket_count(request),
        "delivery_province": SimpleLazyObject(lambda: delivery_province(request)),
        "known_provinces": SimpleLazyObject(lambda: known_provinces().ordered),
        "search_text": request.GET.get("q", ""),
        "unread_notices": SimpleLazyObject(lambda: _unread_notices(request)),
    }


@kept_for(TREE_SECONDS)
def _category_links(_language: str | None) -> list[tuple[str, str]]:
    """Name and address of the top categories in the reader's language."""
    return [(node.local_name, node.url) for node in category_tree().roots]


def delivery_province(request: HttpRequest) -> Province | None:
    """The province that the reader has chosen."""
    code = delivery_place.province_code(request)
    return known_provinces().by_code(code) if code else None


def _unread_notices(request: HttpRequest) -> int:
    """Unread news of whoever is signed in; without a session's cookie nobody is, and nothing is asked."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return 0
    # The id that the session keeps: asking for the whole person would cost one more query on pages that show none.
    user_id = request.session.get(SESSION_KEY)
    return unread_count(int(user_id)) if user_id else 0


def _basket_count(request: HttpRequest) -> int:
    cookie = baskets.read(request)
    return cookie.count if cookie else 0
