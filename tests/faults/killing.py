"""Kills at a chosen step: every statement, commit, mail and call to Stripe of a process is one, so none is left out.

The product knows nothing of it: `armed.py` and `wsgi.py` put it around the real programs.
"""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import stripe
from django.core.mail import EmailMessage
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

# In place of a step: the very end, when all is written and called for.
LAST = -1


def victim_file(victim: str) -> str:
    """The variable of the environment with the file that holds the id of a victim's group of processes."""
    return f"KILL_{victim.upper()}_PID"


class Steps:
    """How many steps were passed since the last arming, and at which one to kill whom; 0 kills nobody."""

    passed = 0
    at = 0
    victim = "self"
    last = ""

    def arm(self, at: int, victim: str = "self") -> None:
        """Begin to count anew."""
        self.passed, self.at, self.victim = 0, at, victim

    def step(self, name: str, *, last: bool = False) -> None:
        """One step; the process or whoever is the victim may not outlive it."""
        self.passed += 1
        self.last = name
        if self.passed == self.at or (last and self.at == LAST):
            strike(self.victim)


def strike(victim: str) -> None:
    """kill -9, of this process or of a server with all its processes."""
    if victim == "self":
        os.kill(os.getpid(), signal.SIGKILL)
    os.killpg(int(Path(os.environ[victim_file(victim)]).read_text()), signal.SIGKILL)


steps = Steps()


def install() -> None:
    """Put a step before each statement, and before and after each commit, mail and call to Stripe of this process."""
    connection_created.connect(_watch, weak=False)
    around(BaseDatabaseWrapper, "_commit", "commit")
    around(EmailMessage, "send", "mail")
    around(stripe.HTTPClient, "request_with_retries", "call")


def _watch(connection: BaseDatabaseWrapper, **_: Any) -> None:
    # A connection that is opened anew keeps its wrappers; twice would count each statement twice.
    if _before_statement not in connection.execute_wrappers:
        connection.execute_wrappers.append(_before_statement)


def _before_statement(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    steps.step(sql[:60])
    return execute(sql, params, many, context)


def around(owner: type, name: str, what: str) -> None:
    """Two steps of a method: before it and after it."""
    real = getattr(owner, name)

    def stepped(self: Any, *args: Any, **kwargs: Any) -> Any:
        steps.step(f"before {what}")
        result = real(self, *args, **kwargs)
        steps.step(f"after {what}")
        return result

    setattr(owner, name, stepped)
