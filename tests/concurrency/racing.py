"""Many people at once: threads that start at the same moment, and what became of each."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

from apps.kernel.errors import DomainError

T = TypeVar("T")


def race(runners: Sequence[Callable[[], T]]) -> list[T | Exception]:
    """Run all at once, each in its thread with its own connection; results or exceptions in the same order."""
    barrier = Barrier(len(runners))

    def run(runner: Callable[[], T]) -> T | Exception:
        try:
            barrier.wait()
            return runner()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(runners)) as pool:
        return list(pool.map(run, runners))


def tally(outcomes: Sequence[object]) -> dict[str, int]:
    """How many were done, refused with words for the shopper, or failed with anything else (by its name)."""
    return dict(Counter(_kind(outcome) for outcome in outcomes))


def _kind(outcome: object) -> str:
    if isinstance(outcome, DomainError):
        return "refused"
    return type(outcome).__name__ if isinstance(outcome, Exception) else "done"
