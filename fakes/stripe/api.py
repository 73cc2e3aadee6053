"""Answers one request to the API: key, fault, idempotency, parameters, transaction, answer."""

import base64
import json
import socket
import time
from contextlib import nullcontext

from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter
from werkzeug.wrappers import Request, Response

from fakes.stripe import idempotency, passing
from fakes.stripe.errors import ApiError, Doc
from fakes.stripe.faults import Fault
from fakes.stripe.forms import nested
from fakes.stripe.lists import expanded
from fakes.stripe.routes import Route, url_map
from fakes.stripe.store import new_id, public
from fakes.stripe.world import API_VERSION, Call, World

TEST_KEYS = ("sk_test_", "rk_test_")
CONFLICT = "This object cannot be accessed right now because another API request is currently accessing it."
TOO_MANY = "Request rate limit exceeded. Learn more about rate limits at https://docs.stripe.com/rate-limits."
# What requests of older versions, such as those of the Stripe CLI, call otherwise.
RENAMED = {"payment_method_types": "allowed_payment_method_types"}
BROKEN = "An unknown error occurred."


class Dropped(ConnectionError):
    """The connection was cut on purpose: nobody gets an answer."""


class Api:
    """The API of one world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.routes = url_map()
        self.in_flight = idempotency.InFlight()

    def answer(self, request: Request) -> Response:
        """Stripe's answer to a request, or no answer when a fault says so (raises Dropped)."""
        request_id = new_id("req", 14)
        faults = {fault.kind: fault for fault in self.world.faults.for_request(request.method, request.path)}
        if "drop_before" in faults:
            raise drop(request)
        if "bad_gateway" in faults:
            return Response("<html><h1>502 Bad Gateway</h1></html>", status=502, mimetype="text/html")
        try:
            response = self._answer(request, request_id, faults)
        except ApiError as error:
            response = _json(json.dumps(failure(error, request_id)), error.status)
        if "drop_after" in faults:
            raise drop(request)
        response.headers |= {"Request-Id": request_id, "Stripe-Version": API_VERSION}
        return response

    def _answer(self, request: Request, request_id: str, faults: dict[str, Fault]) -> Response:
        account = request.headers.get("Stripe-Account") or request.headers.get("Stripe-Context") or ""
        _check_key(request)
        if "conflict" in faults:
            raise ApiError(CONFLICT, code="lock_timeout", status=409)
        if "rate_limit" in faults:
            raise ApiError(TOO_MANY, code="rate_limit", status=429)
        route, args = self._find(self.routes.bind_to_environ(request.environ), request)
        given = parameters(request)
        if request.headers.get("Stripe-Version") != API_VERSION:
            given = {RENAMED.get(name, name): value for name, value in given.items()}
        key = request.headers.get("Idempotency-Key") if request.method != "GET" else None
        what: Doc = {"account": account, "method": request.method, "path": request.path, "params": given}
        attempt = idempotency.attempt(key, **what) if key else None
        call = Call(self.world, request.host_url.rstrip("/"), account, {}, args, request_id, key)
        with self.in_flight.hold(attempt) if attempt else nullcontext():
            if "latency" in faults:
                time.sleep(faults["latency"].seconds)
            return self._once(call, route, given, attempt, broken="error" in faults)

    def _find(self, routes: MapAdapter, request: Request) -> tuple[Route, Doc]:
        try:
            route, args = routes.match()
        except HTTPException:
            message = f"Unrecognized request URL ({request.method}: {request.path})."
            raise ApiError(message, status=404) from None
        return route, dict(args)

    def _once(
        self, call: Call, route: Route, given: Doc, attempt: idempotency.Attempt | None, *, broken: bool
    ) -> Response:
        with self.world.store.transaction():
            passing.pass_time(call)
            if call.account and not call.store.get("account", call.account):
                raise ApiError(f"The account '{call.account}' does not exist.", code="account_invalid", status=403)
            kept = idempotency.recall(self.world, attempt) if attempt else None
            if kept:
                return _json(kept[1], kept[0], {"Idempotent-Replayed": "true"})
            # What fails here was never begun, so it is not kept under the key.
            asked = route.read(given)
            status, body = self._execute(call, route, asked, broken=broken)
            if attempt:
                idempotency.remember(self.world, attempt, status, body)
            return _json(body, status)

    def _execute(self, call: Call, route: Route, asked: Doc, *, broken: bool) -> tuple[int, str]:
        try:
            with call.store.savepoint():
                if broken:
                    raise ApiError(BROKEN, status=500, kind="api_error")
                ready = call.with_params(**asked)
                return 200, json.dumps(expanded(ready, public(route.handler(ready))))
        except ApiError as error:
            return error.status, json.dumps(failure(error, call.request_id))


def _check_key(request: Request) -> None:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "basic":
        given = base64.b64decode(given).decode().partition(":")[0]
    if not given:
        message = "You did not provide an API key. You need to provide your API key in the Authorization header."
        raise ApiError(message, status=401)
    if not given.startswith(TEST_KEYS):
        message = f"Invalid API Key provided: {given[:8]}****. The fake takes keys that begin with sk_test_."
        raise ApiError(message, status=401)


def parameters(request: Request) -> Doc:
    """What a request asks: its query, its form, or its JSON body (version 2)."""
    if request.method in ("GET", "DELETE"):
        return nested(request.args.items(multi=True))
    if request.mimetype == "application/json":
        return json.loads(request.get_data() or b"{}")  # type: ignore[no-any-return]
    return nested(request.form.items(multi=True))


def failure(error: ApiError, request_id: str | None) -> Doc:
    """The body of a refusal."""
    return {"error": error.body | {"request_log_url": f"https://dashboard.stripe.com/test/logs/{request_id}"}}


def _json(body: str, status: int, headers: dict[str, str] | None = None) -> Response:
    return Response(body, status=status, mimetype="application/json", headers=headers)


def drop(request: Request) -> Dropped:
    """Cut the connection as a dead network would, so that the client cannot know what happened."""
    line: socket.socket = request.environ["werkzeug.socket"]
    line.shutdown(socket.SHUT_RDWR)
    return Dropped("cut by a fault")
