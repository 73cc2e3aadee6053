"""Handlers by job kind; each app's handlers.py registers its own in AppConfig.ready()."""

from collections.abc import Callable
from typing import Any

Handler = Callable[[dict[str, Any]], None]
_handlers: dict[str, Handler] = {}


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
