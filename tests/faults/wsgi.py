"""The shop under a web server that dies when a request asks for it: `X-Kill-At: STEP`, `X-Kill: VICTIM`.

The victim is `self`, `database` or `broker`. For tests only; the answer's
`X-Steps` says how many steps the request took.
"""

from collections.abc import Callable, Iterable
from typing import Any

from tests.faults.killing import install, steps

install()

from marketplace.wsgi import application as shop  # noqa: E402 - connections are watched from the first one on


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Arm, answer, and pass one last step before the answer leaves."""
    steps.arm(int(environ.get("HTTP_X_KILL_AT", 0)), environ.get("HTTP_X_KILL", "self"))

    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        steps.step("before the answer", last=True)
        return start_response(status, [*headers, ("X-Steps", str(steps.passed))], *more)

    return shop(environ, start)
