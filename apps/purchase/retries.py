"""Runs a transaction again when PostgreSQL gave it up for the sake of another one."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError

P = ParamSpec("P")
R = TypeVar("R")

MOST_RETRIES = 3
# serialization_failure and deadlock_detected, PostgreSQL manual, appendix A.
_TRANSIENT = frozenset({"40001", "40P01"})


def retrying(function: Callable[P, R]) -> Callable[P, R]:
    """Call again after a serialisation failure or a deadlock, three times at most; the function is one transaction."""

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(MOST_RETRIES):
            try:
                return function(*args, **kwargs)
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", None) not in _TRANSIENT:
                    raise
        return function(*args, **kwargs)

    return call
