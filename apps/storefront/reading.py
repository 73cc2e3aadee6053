"""Pages for readers: the same for everybody, until a cookie says that there is something to show to one reader only."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from apps.storefront import baskets, delivery_place

P = ParamSpec("P")
MESSAGES = f"{settings.COOKIE_PREFIX}messages"


def reading_page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """GET and HEAD only; kept out of shared caches when a cookie changes what the page shows."""

    @require_safe
    @wraps(view)
    def read(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        personal = {baskets.COOKIE, delivery_place.COOKIE, settings.SESSION_COOKIE_NAME, MESSAGES}
        if personal & request.COOKIES.keys():
            baskets.keep_private(response)
        return response

    return read
