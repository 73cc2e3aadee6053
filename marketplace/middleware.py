"""What every request passes on its way to a page, and every answer on its way back."""

import re
from collections.abc import Callable
from http import HTTPStatus

from compression_middleware.middleware import CompressionMiddleware
from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

GetResponse = Callable[[HttpRequest], HttpResponseBase]
# Pages of one person; the prefix of a language may stand before them.
_PERSONAL = re.compile(r"/(?:[a-z]{2}/)?(?:tai-khoan|ban-hang|quan-tri|quan-tri-du-lieu)/")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_TEXT = ("text/", "application/json", "application/xml", "application/manifest+json")


class CompressText(CompressionMiddleware):  # type: ignore[misc]  # the package has no types
    """Zstandard, Brotli or gzip, what the client takes; pictures and papers are small already."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The response, shorter where that helps."""
        if response.streaming or not response.headers.get("Content-Type", "").startswith(_TEXT):
            return response
        shorter: HttpResponseBase = super().process_response(request, response)
        return shorter


class SafetyHeaders:
    """Switches off what no page of ours needs from the browser; pages of one person are kept by no cache, nor by it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer with `SAFETY_HEADERS`, where the view has not said otherwise."""
        response = self.get_response(request)
        for name, value in settings.SAFETY_HEADERS.items():
            response.headers.setdefault(name, value)
        if _PERSONAL.match(request.path_info) and "no-store" not in response.headers.get("Cache-Control", ""):
            response.headers["Cache-Control"] = "private, no-store"
        return response


class WordsForRefusals:
    """A page for answers that have none: Django refuses a method with an empty one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, with a page when it is a bare 405."""
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not getattr(response, "content", b"-"):
            page = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response


class LimitBody:
    """413 for a request that is longer than all files that a form of ours takes; nothing of it is read."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page, or RequestDataTooBig."""
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        if not length.isdecimal() or int(length) > settings.BODY_MAX_BYTES:
            raise RequestDataTooBig(length[:20])
        return self.get_response(request)


class RefuseNul:
    """400 for a NUL character in address, query or form: nobody types one, and PostgreSQL refuses it as text."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page, or BadRequest."""
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path_info or "%00" in query or "\0" in query or _form_has_nul(request):
            raise BadRequest("NUL character")
        return self.get_response(request)


def _form_has_nul(request: HttpRequest) -> bool:
    if request.method != "POST" or request.content_type not in _FORMS:
        return False
    return any("\0" in word for name, values in request.POST.lists() for word in (name, *map(str, values)))
