"""Pages for monitors: whether the shop can serve, and its numbers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import ip_address

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from apps.jobs import selectors
from marketplace.monitoring.metrics import exposition
from search.database import answers

LONGEST_LAG = timedelta(minutes=5)
CHECK_MS = 2000
# Any of them says that a proxy stands between.
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA")


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when database, jobs and search do their work, else 503; says which of them does."""
    checks = {name: "ok" if _passes(check) else "failed" for name, check in CHECKS.items()}
    failed = [name for name, found in checks.items() if found == "failed"]
    answer = {"status": "error" if failed else "ok", "failed": failed, "checks": checks}
    return JsonResponse(answer, status=503 if failed else 200)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers for Prometheus; 404 for whoever may not read them."""
    if not _may_read(request):
        raise Http404
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    """With METRICS_TOKEN its bearer; else a machine of the same private network that asks without a proxy."""
    if settings.METRICS_TOKEN:
        return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}")
    if any(header in request.META for header in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_private
    except ValueError:
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _jobs() -> bool:
    return selectors.lag() < LONGEST_LAG


CHECKS: dict[str, Callable[[], bool]] = {"database": _database, "jobs": _jobs, "search": answers}


def _passes(check: Callable[[], bool]) -> bool:
    try:
        with _in_time():
            return check()
    except DatabaseError:
        return False


@contextmanager
def _in_time() -> Iterator[None]:
    """A database that is slow is as bad as one that is away. SQLite's transactions would wait for a writer."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = {CHECK_MS}")
        yield
