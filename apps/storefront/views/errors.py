"""Error pages: what happened, what to do, and a reference that the log knows too."""

import logging
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from apps.accounts.limits import too_many
from apps.kernel.log_context import log_context
from apps.purchase.retries import is_away, is_busy

logger = logging.getLogger(__name__)
BUSY_SECONDS = 5
_TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request makes no sense; 413: it is too large, or has too many parts."""
    too_large = isinstance(exception, _TOO_LARGE)
    return _page(request, "400.html", 413 if too_large else 400, too_large=too_large)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not for this person, or a form that came from elsewhere."""
    return _page(request, "403.html", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or not for this person."""
    return render(request, "404.html", status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429: allauth's own limits, the longest of which is five minutes."""
    return too_many(request, 300)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: the page failed on our side; 503 when the database was busy or away, so that browsers and robots come again.

    Without the request's context, as that may be what failed.
    """
    code = _code()
    error = sys.exc_info()[1]
    if is_busy(error) or is_away(error):
        logger.warning("busy page %s for %s %s", code, request.method, request.path)
        page = render_to_string("503.html", {"code": code})
        return HttpResponse(page, status=503, headers={"Retry-After": str(BUSY_SECONDS)})
    logger.error("error page %s for %s %s", code, request.method, request.path)
    return HttpResponse(render_to_string("500.html", {"code": code}), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was opened too long ago, or comes from elsewhere."""
    return _page(request, "403.html", 403, expired=True)


def _page(request: HttpRequest, template: str, status: int, **context: bool) -> HttpResponse:
    code = _code()
    logger.warning("error page %s: %s for %s %s", code, status, request.method, request.path)
    return render(request, template, {"code": code, **context}, status=status)


def _code() -> str:
    """The request's id, which stands beside every line that the log has about it."""
    return log_context().get("request_id", "")
