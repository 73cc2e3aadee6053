"""Idempotency keys: the first answer to a key is kept and given again.

Version 1 (https://docs.stripe.com/api/idempotent_requests): status and body of the first request, failures included,
for a day. Version 2: only success is given again; a retry of what failed is carried out, for 30 days.
"""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from fakes.stripe.errors import ApiError, Doc
from fakes.stripe.world import World

KEPT = {1: 86_400, 2: 30 * 86_400}
LONGEST_KEY = 255


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request with a key: whose, which version of the API, and what identifies its content."""

    key: str
    account: str
    version: int
    fingerprint: str

    @property
    def scope(self) -> str:
        """Keys of different accounts and versions do not meet."""
        return f"{self.account}/v{self.version}"


def attempt(key: str, *, account: str, method: str, path: str, params: Doc) -> Attempt:
    """What identifies a request with a key. Raises ApiError for a key that is too long."""
    if len(key) > LONGEST_KEY:
        raise ApiError("Idempotency key is longer than 255 characters.", kind="idempotency_error")
    content = json.dumps([method, path, params], sort_keys=True)
    version = 2 if path.startswith("/v2/") else 1
    return Attempt(key, account, version, hashlib.sha256(content.encode()).hexdigest())


class InFlight:
    """The keys of the requests that are being answered."""

    def __init__(self) -> None:
        self._keys: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    @contextmanager
    def hold(self, attempt: Attempt) -> Iterator[None]:
        """Raises ApiError (409) while another request with the same key is not answered yet."""
        name = (attempt.scope, attempt.key)
        with self._lock:
            if name in self._keys:
                message = f"There is currently another in-progress request using this Idempotency Key: {attempt.key}"
                raise ApiError(message, code="idempotency_key_in_use", status=409, kind="idempotency_error")
            self._keys.add(name)
        try:
            yield
        finally:
            with self._lock:
                self._keys.discard(name)


def recall(world: World, attempt: Attempt) -> tuple[int, str] | None:
    """Status and body of the first answer. Raises ApiError when the first request asked for something else."""
    oldest = world.now() - KEPT[attempt.version]
    world.store.run("delete from idempotency where scope = ? and created < ?", attempt.scope, oldest)
    query = "select fingerprint, status, body from idempotency where scope = ? and key = ?"
    found = world.store.rows(query, attempt.scope, attempt.key)
    if not found:
        return None
    fingerprint, status, body = found[0]
    if fingerprint != attempt.fingerprint:
        message = (
            "Keys for idempotent requests can only be used with the same parameters they were first used with."
            f" Try using a key other than '{attempt.key}' if you meant to execute a different request."
        )
        raise ApiError(message, kind="idempotency_error")
    return None if attempt.version == 2 and status >= 400 else (status, body)


def remember(world: World, attempt: Attempt, status: int, body: str) -> None:
    """Keep the answer for those who ask again."""
    query = "insert or replace into idempotency values (?, ?, ?, ?, ?, ?)"
    world.store.run(query, attempt.scope, attempt.key, attempt.fingerprint, status, body, world.now())
