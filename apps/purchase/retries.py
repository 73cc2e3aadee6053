"""Runs a transaction again when the database gave it up for the sake of another one, and knows a busy database."""

import sqlite3
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError

P = ParamSpec("P")
R = TypeVar("R")

MOST_RETRIES = 3
# serialization_failure and deadlock_detected, PostgreSQL manual, appendix A.
_TRANSIENT = frozenset({"40001", "40P01"})
# lock_not_available: `lock_timeout` is over, so somebody has waited for seconds already and waits once more at most.
_LOCKED = frozenset({"55P03"})
# These and query_canceled (`statement_timeout`) pass by themselves.
_BUSY = _TRANSIENT | _LOCKED | {"57014"}
# Classes: connection exception, insufficient resources (a full disk among them), operator intervention, system error.
_AWAY = ("08", "53", "57P", "58")
_SQLITE_AWAY = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_PROTOCOL,
    }
)


def retrying(function: Callable[P, R]) -> Callable[P, R]:
    """Call again after a serialisation failure or a deadlock, three times at most, after a lock that was not had, once.

    The function is one transaction.
    """

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        locked = 0
        for _ in range(MOST_RETRIES):
            try:
                return function(*args, **kwargs)
            except OperationalError as error:
                state = _state(error)
                locked += state in _LOCKED
                if locked > 1 or state not in _TRANSIENT | _LOCKED:
                    raise
        return function(*args, **kwargs)

    return call


def is_busy(error: BaseException | None) -> bool:
    """True for an error that goes away when others have finished: a lock, a deadlock, a slow statement."""
    if not isinstance(error, OperationalError):
        return False
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) or _state(error) in _BUSY


def is_away(error: BaseException | None) -> bool:
    """True for an error of a database that cannot be reached or has no room: nothing was written, later it may be."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _SQLITE_AWAY  # the upper bits say more exactly what failed
    # Without a state nothing came from a server: there was none.
    return (_state(error) or "08").startswith(_AWAY)


def _state(error: OperationalError) -> str | None:
    """The SQLSTATE of PostgreSQL, if it is one of its errors."""
    return getattr(error.__cause__, "sqlstate", None)
