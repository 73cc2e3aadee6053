"""Pages for readers: the same for everybody, until a cookie says that there is something to show to one reader only.

What a page shows is read afresh for every request; only the HTML made of it is kept, under a digest of everything that
it was made of. So a page is never older than the database, and a page that many read is drawn once. A page that many
strangers open in the same moment is read once for all of them: PAGE_SECONDS says how old it may be then.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from apps.kernel.digest import digest
from apps.shop.catalogue.selectors import category_tree
from apps.storefront import baskets, delivery_place
from apps.storefront.kept import drawn_once

P = ParamSpec("P")
MESSAGES = f"{settings.COOKIE_PREFIX}messages"


def reading_page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """GET and HEAD only; kept out of shared caches when a cookie changes what the page shows.

    Other readers' pages may be stored by anybody who asks here whether they are still right (the ETag answers it).
    """

    @require_safe
    @wraps(view)
    def read(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if _is_personal(request):
            response = view(request, *args, **kwargs)
            baskets.keep_private(response)
            return response
        response = _of_this_moment(request, lambda: view(request, *args, **kwargs))
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response

    return read


def page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The template around the context, which must hold plain data: everything that is shown is pickled."""
    if _is_personal(request):
        return render(request, template, context)
    # What templates know besides the context: address, operator, categories in the header.
    besides = (template, request.get_full_path(), settings.PLATFORM, category_tree().nodes)
    return HttpResponse(drawn_once("pages", lambda: render_to_string(template, context, request), besides, context))


def _of_this_moment(request: HttpRequest, make: Callable[[], HttpResponse]) -> HttpResponse:
    """What another stranger got at this address a moment ago, or the page made now."""
    moments, key = caches["moments"], digest(get_language(), request.get_full_path())
    content = moments.get(key)
    if content is not None:
        return HttpResponse(content)
    response = make()
    if response.status_code == HTTPStatus.OK:
        moments.set(key, response.content, settings.PAGE_SECONDS)
    return response


def _is_personal(request: HttpRequest) -> bool:
    """Whether the browser brings a cookie that a page may show something of."""
    own = {baskets.COOKIE, delivery_place.COOKIE, settings.SESSION_COOKIE_NAME, MESSAGES}
    return bool(own & request.COOKIES.keys())
