"""Limits on tries, counted in fixed windows on the cache; wrong passwords are django-axes' part, in the database."""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

# How long a refused visitor waits while the counts are away, in seconds.
AWAY_SECONDS: Final = 60
UNKNOWN_ADDRESS: Final = "::"
# What somebody typed and must type again: it is never written into a page.
_SECRETS: Final = ("csrfmiddlewaretoken", "oldpassword", "password", "password1", "password2", "code")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a try is allowed, and after how many seconds the next one is."""

    allowed: bool
    retry_after: int


def client_address(request: HttpRequest) -> str:
    """The client's address past `TRUSTED_PROXY_COUNT` proxies of ours, as allauth finds it for its own limits.

    Clients without one (a server on a Unix socket, no proxy named) share one count.
    """
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return UNKNOWN_ADDRESS


def count_try(request: HttpRequest, name: str, *, most: int, seconds: int, closed: bool = False) -> Verdict:
    """Count one try of `name` by this client; refused from try `most + 1` until the window of so many seconds is over.

    While the cache is away everybody is let through, or nobody when the limit is `closed`.
    """
    return _count(name, client_address(request), most, seconds, closed=closed)


def count_try_on(subject: str, name: str, *, most: int, seconds: int) -> Verdict:
    """As `count_try`, but for tries on one thing by whomever: many addresses together guess no faster."""
    return _count(name, subject, most, seconds, closed=False)


def limited(name: str, *, most: int, seconds: int, closed: bool = False) -> Callable[[View[P]], View[P]]:
    """A view of which a person, or a stranger's address, may send so many forms in so many seconds."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def counted(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method == "POST":
                whose = f"person {request.user.pk}" if request.user.is_authenticated else client_address(request)
                verdict = _count(name, whose, most, seconds, closed=closed)
                if not verdict.allowed:
                    return too_many(request, verdict.retry_after)
            return view(request, *args, **kwargs)

        return counted

    return decorate


def too_many(request: HttpRequest, retry_after: int = AWAY_SECONDS) -> HttpResponse:
    """429: the page says when to come again, and sends the form once more with what was typed."""
    typed = [(name, value) for name, values in request.POST.lists() if name not in _SECRETS for value in values]
    context = {"minutes": -(-retry_after // 60), "typed": typed, "files": bool(request.FILES)}
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(retry_after)
    response["Cache-Control"] = "private, no-store"
    return response


def locked_out(request: HttpRequest, *_more: Any) -> HttpResponse:
    """What django-axes answers to a pair of account and address that failed too often."""
    return too_many(request, int(settings.AXES_COOLOFF_TIME.total_seconds()))


def account_named(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """The account that a sign-in names, for django-axes; case makes no other account of it."""
    given = credentials or {}
    return str(given.get("email") or given.get("login") or given.get("username") or "").strip().lower()


def _count(name: str, whose: str, most: int, seconds: int, *, closed: bool) -> Verdict:
    window, gone = divmod(int(time.time()), seconds)
    # A digest, as what is kept in the cache must be no personal data.
    key = f"try:{name}:{window}:{hashlib.sha256(whose.encode()).hexdigest()[:20]}"
    try:
        cache.add(key, 0, timeout=seconds)
        tries = cache.incr(key)
    except ValueError:  # the cache is away, or dropped the count between the two calls
        return Verdict(not closed, AWAY_SECONDS)
    return Verdict(tries <= most, seconds - gone)
