"""Handlers by job kind, and which are due again and again; each app's handlers.py registers its own in ready()."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

Handler = Callable[[dict[str, Any]], None]
_handlers: dict[str, Handler] = {}
_periods: dict[str, dt.timedelta] = {}
_rounds: dict[str, Callable[[], bool]] = {}


class NotNow(Exception):
    """What goes on beside the jobs cannot go on for a while, for a reason outside that the message says."""


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that executes jobs of this kind; it gets the job's args and may run twice."""

    def register(handler: Handler) -> Handler:
        if _handlers.get(kind, handler).__qualname__ != handler.__qualname__:
            raise ValueError(f"two handlers for {kind}")
        _handlers[kind] = handler
        return handler

    return register


def handler_of(kind: str) -> Handler:
    """The handler of a kind; KeyError when none is registered."""
    return _handlers[kind]


def kinds() -> frozenset[str]:
    """Every kind that can be executed."""
    return frozenset(_handlers)


def scheduled(kind: str, *, every: dt.timedelta) -> Callable[[Handler], Handler]:
    """Register the handler of a duty that is due once in every slot of that length; its jobs have no args."""
    _periods[kind] = every
    return handles(kind)


def schedules() -> Mapping[str, dt.timedelta]:
    """The kinds that are due again and again, and how often."""
    return _periods


def goes_on(name: str) -> Callable[[Callable[[], bool]], Callable[[], bool]]:
    """Register what worker and scheduler call again and again beside the jobs; it says whether there is more to do."""

    def register(step: Callable[[], bool]) -> Callable[[], bool]:
        _rounds[name] = step
        return step

    return register


def rounds() -> Mapping[str, Callable[[], bool]]:
    """What goes on beside the jobs, by name."""
    return _rounds
