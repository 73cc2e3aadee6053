"""What every request passes on its way to a page."""

from collections.abc import Callable

from compression_middleware.middleware import CompressionMiddleware
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]
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
