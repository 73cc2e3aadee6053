"""The table of what the fake answers: method, path, the SDK's parameter type, and the function."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from werkzeug.routing import Map, Rule

from fakes.stripe import validation
from fakes.stripe.errors import Doc
from fakes.stripe.world import Call

Handler = Callable[[Call], Doc]


@dataclass(frozen=True, slots=True)
class Route:
    """One kind of request. Without `params` the parameters are not checked (no type in the SDK)."""

    method: str
    path: str
    params: str | None
    handler: Handler

    def read(self, given: Doc) -> Doc:
        """The parameters in their types. Raises ApiError like Stripe for those it does not know."""
        return given if self.params is None else validation.validated(validation.named(self.params), given)


ROUTES: list[Route] = []


def route(method: str, path: str, params: str | None = None) -> Callable[[Handler], Handler]:
    """Register the function below for a request."""

    def register(handler: Handler) -> Handler:
        ROUTES.append(Route(method, path, params, handler))
        return handler

    return register


@cache
def url_map() -> Map:
    """All registered routes, for werkzeug; made once, when every resource has been imported."""
    return Map([Rule(one.path, methods=[one.method], endpoint=one) for one in ROUTES])
