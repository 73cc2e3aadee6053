"""Names, times and logs every request."""

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from apps.kernel.log_context import bound
from marketplace.monitoring.metrics import count_request

HEADER = "X-Request-ID"
# Of our own ids: short enough to read aloud.
ID_BYTES = 5
# Asked every few seconds by machines: counted, not logged.
PROBES = frozenset({"healthz", "readyz", "metrics"})
_GIVEN = re.compile(r"[A-Za-z0-9_-]{8,64}")

log = logging.getLogger("marketplace.request")


class Observe:
    """Gives each request an id for log, answer and error page, and writes down how it went.

    An id from outside is believed only behind a proxy of ours (TRUSTED_PROXY_COUNT), and only when it looks like one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page, with its id."""
        begun = time.perf_counter()
        request_id = _request_id(request)
        with bound(request_id=request_id):
            response = self.get_response(request)
            response[HEADER] = request_id
            _write_down(request, response, time.perf_counter() - begun)
        return response


def _request_id(request: HttpRequest) -> str:
    given = request.headers.get(HEADER, "") if settings.TRUSTED_PROXY_COUNT else ""
    return given if _GIVEN.fullmatch(given) else secrets.token_hex(ID_BYTES).upper()


def _write_down(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    match, method, status = request.resolver_match, request.method or "", response.status_code
    # The view, not the path: addresses hold search words, and keys that reset a password.
    view = (match.view_name or match.route) if match else "none"
    count_request(view, method, status, seconds)
    if view not in PROBES:
        facts = {"view": view, "method": method, "status": status, "ms": round(seconds * 1000, 1)}
        log.info("%s %s %s", method, view, status, extra=facts)
