"""What the server holds (World), and what one request holds while it is answered (Call)."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from fakes.stripe.errors import Doc, missing
from fakes.stripe.faults import Faults
from fakes.stripe.store import Store

# The version that the pinned SDK speaks (stripe._api_version).
API_VERSION = "2026-10-28.endive"


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where events go, and the secret that signs them. `None` for `events` and `connect` means all."""

    url: str
    secret: str
    events: tuple[str, ...] | None = None
    connect: bool | None = None

    def wants(self, kind: str, account: str) -> bool:
        """True when this event is for it."""
        if self.connect is not None and self.connect != bool(account):
            return False
        return self.events is None or "*" in self.events or kind in self.events


@dataclass(slots=True)
class World:
    """State, clock, receivers of webhooks and pending faults of one fake."""

    store: Store
    receivers: list[Receiver] = field(default_factory=list)
    clock: Callable[[], float] = time.time
    faults: Faults = field(default_factory=Faults)

    def now(self) -> int:
        """Seconds since 1970, with what an administrator moved the clock by."""
        return int(self.clock()) + int(self.store.setting("clock_moved", "0"))


@dataclass(frozen=True, slots=True)
class Call:
    """One request: what it asks, as which account (empty for the platform), and the world that it changes."""

    world: World
    base: str
    account: str = ""
    params: Doc = field(default_factory=dict)
    args: dict[str, Any] = field(default_factory=dict)
    request_id: str | None = None
    idempotency_key: str | None = None

    @property
    def store(self) -> Store:
        """The documents."""
        return self.world.store

    @property
    def now(self) -> int:
        """The fake's time in seconds."""
        return self.world.now()

    def with_params(self, **params: Any) -> "Call":
        """The same call, asking something else."""
        return replace(self, params=params)

    def as_account(self, account: str) -> "Call":
        """The same call in the books of another account."""
        return replace(self, account=account)

    def load(self, kind: str, key: str, param: str = "id", account: str | None = None) -> Doc:
        """One document of the calling account. Raises ApiError when there is none."""
        found = self.store.get(kind, key, self.account if account is None else account)
        if found is None:
            raise missing(kind, key, param)
        return found

    def named(self, kind: str) -> Doc:
        """The document that the path names."""
        return self.load(kind, self.args["id"])
