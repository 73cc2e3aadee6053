"""Faults on demand: each is armed for a number of requests or deliveries that match, then it is gone."""

import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase

from fakes.stripe.errors import ApiError, Doc

REQUESTS = ("drop_before", "drop_after", "conflict", "rate_limit", "error", "bad_gateway", "latency")
WEBHOOKS = (
    "webhook_duplicate",
    "webhook_reorder",
    "webhook_hold",
    "webhook_bad_signature",
    "webhook_stale",
    "webhook_unknown",
)


@dataclass(slots=True)
class Fault:
    """What goes wrong (`kind`), where, how many `times`; `seconds` of latency, `copies` of a webhook."""

    kind: str
    method: str = "*"
    path: str = "*"
    type: str = "*"
    times: int = 1
    seconds: float = 0.0
    copies: int = 2

    def __post_init__(self) -> None:
        if self.kind not in REQUESTS + WEBHOOKS:
            raise ApiError(f"Unknown fault: {self.kind}. Known: {', '.join(REQUESTS + WEBHOOKS)}", param="kind")


class Faults:
    """The armed faults, in the order in which they were armed."""

    def __init__(self) -> None:
        self._armed: list[Fault] = []
        self._lock = threading.Lock()

    def arm(self, fault: Fault) -> None:
        """From now on, for `times` requests or deliveries."""
        with self._lock:
            self._armed.append(fault)

    def for_request(self, method: str, path: str) -> list[Fault]:
        """Uses up and returns what is to go wrong with this request: at most one of each kind."""
        return self._take(REQUESTS, lambda fault: fault.method in ("*", method) and fnmatchcase(path, fault.path))

    def for_webhook(self, event_type: str) -> list[Fault]:
        """The same for the delivery of an event."""
        return self._take(WEBHOOKS, lambda fault: fnmatchcase(event_type, fault.type))

    def left(self, kind: str) -> int:
        """How many more times a kind of fault will happen."""
        with self._lock:
            return sum(fault.times for fault in self._armed if fault.kind == kind)

    def listed(self) -> list[Doc]:
        """What is armed, for the admin page."""
        with self._lock:
            return [asdict(fault) for fault in self._armed]

    def clear(self) -> None:
        """Disarm all."""
        with self._lock:
            self._armed.clear()

    def _take(self, kinds: tuple[str, ...], matches: Callable[[Fault], bool]) -> list[Fault]:
        taken: dict[str, Fault] = {}
        with self._lock:
            for fault in self._armed:
                if fault.kind in kinds and fault.kind not in taken and matches(fault):
                    taken[fault.kind] = fault
                    fault.times -= 1
            self._armed = [fault for fault in self._armed if fault.times > 0]
        return list(taken.values())
