"""Answers kept for a short while in the process: for what changes rarely and is asked on every page."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_memories: list[dict[object, tuple[float, Any]]] = []


def kept_for(seconds: float, most: int = 5_000) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep the answers of a function for so many seconds, and of so many at most; its arguments must be hashable."""

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        memory: dict[object, tuple[float, T]] = {}
        _memories.append(memory)

        @wraps(function)
        def kept(*args: P.args, **kwargs: P.kwargs) -> T:
            key = (args, tuple(sorted(kwargs.items())))
            found = memory.get(key)
            if found is not None and time.monotonic() - found[0] < seconds:
                return found[1]
            answer = function(*args, **kwargs)
            if len(memory) >= most:
                memory.clear()
            memory[key] = (time.monotonic(), answer)
            return answer

        return kept

    return decorate


def forget_all() -> None:
    """Forget every kept answer, as after loading the demo or between two tests."""
    for memory in _memories:
        memory.clear()
