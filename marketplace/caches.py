"""The cache of the production profile: whatever is in it can be lost, so a Redis that is away is an empty cache."""

import logging
import time
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

T = TypeVar("T")
# After a failure nobody waits for Redis again for so long; a dead host would cost its timeout with every call.
PAUSE_SECONDS = 5.0
TIMEOUT_SECONDS = 0.5

log = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Redis that never fails a page: while it is away nothing is found and nothing is kept, and the log says so.

    Limits on tries let everybody through meanwhile, but for those that are closed then; wrong passwords are counted in
    the database.
    """

    # By address: each thread has a cache of its own, and what one has found out is known to all.
    _away_until: ClassVar[dict[str, float]] = {}

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        ours = {
            "socket_connect_timeout": TIMEOUT_SECONDS,
            "socket_timeout": TIMEOUT_SECONDS,
            "retry": Retry(NoBackoff(), 0),
        }
        super().__init__(server, {**params, "OPTIONS": {**ours, **params.get("OPTIONS", {})}})
        self._address = server

    def _tried(self, call: Callable[[], T], otherwise: T) -> T:
        if time.monotonic() < self._away_until.get(self._address, 0.0):
            return otherwise
        try:
            return call()
        except (RedisError, OSError) as problem:
            self._away_until[self._address] = time.monotonic() + PAUSE_SECONDS
            log.warning("cache: Redis is away, going on without it for %s s: %s", PAUSE_SECONDS, problem)
            return otherwise

    def add(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        """As Django's; True while Redis is away, as nobody else holds the key then."""
        return self._tried(lambda: super(ForgivingRedisCache, self).add(key, *args, **kwargs), True)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """As Django's; the default while Redis is away."""
        return self._tried(lambda: super(ForgivingRedisCache, self).get(key, default, version), default)

    def set(self, key: Any, *args: Any, **kwargs: Any) -> None:
        """As Django's; nothing while Redis is away."""
        self._tried(lambda: super(ForgivingRedisCache, self).set(key, *args, **kwargs), None)

    def touch(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        """As Django's; False while Redis is away."""
        return self._tried(lambda: super(ForgivingRedisCache, self).touch(key, *args, **kwargs), False)

    def delete(self, key: Any, version: int | None = None) -> bool:
        """As Django's; False while Redis is away."""
        return self._tried(lambda: super(ForgivingRedisCache, self).delete(key, version), False)

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        """As Django's; nothing is found while Redis is away."""
        return self._tried(lambda: super(ForgivingRedisCache, self).get_many(keys, version), {})

    def has_key(self, key: Any, version: int | None = None) -> bool:
        """As Django's; False while Redis is away."""
        return self._tried(lambda: super(ForgivingRedisCache, self).has_key(key, version), False)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """As Django's; ValueError, as for a key that is not there, while Redis is away."""
        value = self._tried(lambda: super(ForgivingRedisCache, self).incr(key, delta, version), None)
        if value is None:
            raise ValueError(f"Key {key!r} not found.")
        return value

    def set_many(self, data: Any, *args: Any, **kwargs: Any) -> list[Any]:
        """As Django's; every key is named as not kept while Redis is away."""
        return self._tried(lambda: super(ForgivingRedisCache, self).set_many(data, *args, **kwargs), list(data))

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        """As Django's; nothing while Redis is away."""
        self._tried(lambda: super(ForgivingRedisCache, self).delete_many(keys, version), None)

    def clear(self) -> None:
        """As Django's; nothing while Redis is away."""
        self._tried(lambda: super(ForgivingRedisCache, self).clear(), None)
