"""Counts tries in fixed windows on the cache, so that order numbers and phones cannot be guessed."""

import hashlib
import logging
import time
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a try is allowed, and after how many seconds the next one is."""

    allowed: bool
    retry_after: int


def count_try(request: HttpRequest, name: str, *, most: int, seconds: int) -> Verdict:
    """Count one try of `name` by this client; refused from try `most + 1` until the window of so many seconds is over.

    The client's address is found past `TRUSTED_PROXY_COUNT` proxies of ours, as allauth finds it for its own limits.
    """
    return _count(name, str(get_adapter(request).get_client_ip(request)), most, seconds)


def count_try_on(subject: str, name: str, *, most: int, seconds: int) -> Verdict:
    """As `count_try`, but for tries on one thing by whomever: many addresses together guess no faster."""
    return _count(name, subject, most, seconds)


def _count(name: str, whose: str, most: int, seconds: int) -> Verdict:
    """A cache that is away or has lost its counts lets people in: an order that nobody finds is worse than a guess."""
    window, gone = divmod(int(time.time()), seconds)
    # A digest, as what is kept in the cache must be no personal data.
    key = f"try:{name}:{window}:{hashlib.sha256(whose.encode()).hexdigest()[:20]}"
    try:
        cache.add(key, 0, timeout=seconds)
        tries = cache.incr(key)
    except ValueError:  # dropped between the two calls
        tries = 1
    return Verdict(tries <= most, seconds - gone)
