"""Stops asking a provider that has failed again and again, so that shoppers do not wait for each failure."""

import threading
import time

from apps.payments.providers.port import ProviderAway

MOST_FAILURES = 5
PAUSE_SECONDS = 30.0


class Breaker:
    """Open for PAUSE_SECONDS after MOST_FAILURES in a row, in this process; then one call tries again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures = 0
        self._open_until = 0.0

    def check(self) -> None:
        """Raises ProviderAway while it is open."""
        if time.monotonic() < self._open_until:
            raise ProviderAway("failed a moment ago")

    def failed(self) -> None:
        """Count a failure."""
        with self._lock:
            self._failures += 1
            if self._failures >= MOST_FAILURES:
                self._open_until = time.monotonic() + PAUSE_SECONDS

    def worked(self) -> None:
        """Forget the failures."""
        with self._lock:
            self._failures, self._open_until = 0, 0.0
