"""Stripe's errors as exceptions: raised by the resources, turned into status and JSON by the server."""

from typing import Any

Doc = dict[str, Any]
DOCUMENTATION = "https://docs.stripe.com/error-codes"


class ApiError(Exception):
    """A refusal in Stripe's words. `keeps_changes`: what was written before it stays, such as a declined charge."""

    keeps_changes = False

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        param: str | None = None,
        status: int = 400,
        kind: str = "invalid_request_error",
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body: Doc = {"message": message, "type": kind, **more}
        if code:
            self.body |= {"code": code, "doc_url": f"{DOCUMENTATION}/{code.replace('_', '-')}"}
        if param:
            self.body["param"] = param


class CardError(ApiError):
    """The card was declined (402); the failed charge and the state of the payment stay."""

    keeps_changes = True

    def __init__(self, message: str, *, code: str, **more: Any) -> None:
        super().__init__(message, code=code, status=402, kind="card_error", **more)


def missing(kind: str, key: str, param: str = "id") -> ApiError:
    """No such object: 404, or 400 when a parameter other than the path names it."""
    status = 404 if param in {"id", kind} else 400
    return ApiError(f"No such {kind}: '{key}'", code="resource_missing", param=param, status=status)


def unsupported(what: str, param: str | None = None) -> ApiError:
    """Stripe can do this, the fake cannot; it says so instead of pretending."""
    return ApiError(f"The Stripe fake does not know {what}.", code="fake_unsupported", param=param)
