"""Counts tries per client in fixed windows on the cache, so that order numbers and phones cannot be guessed."""

import hashlib
import time
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a try is allowed, and after how many seconds the next one is."""

    allowed: bool
    retry_after: int


def count_try(request: HttpRequest, name: str, *, most: int, seconds: int) -> Verdict:
    """Count one try of `name` by this client; refused from try `most + 1` until the window of so many seconds is over.

    A cache that has lost its counts lets people in: being found is worse than being slow.
    """
    moment = int(time.time())
    window, gone = divmod(moment, seconds)
    key = f"try:{name}:{window}:{_client(request)}"
    cache.add(key, 0, timeout=seconds)
    try:
        tries = cache.incr(key)
    except ValueError:  # dropped between the two calls
        tries = 1
    return Verdict(tries <= most, seconds - gone)


def _client(request: HttpRequest) -> str:
    """A digest of the client's address: what is kept in the cache is no personal data."""
    address = str(get_adapter(request).get_client_ip(request))
    return hashlib.sha256(address.encode()).hexdigest()[:20]
