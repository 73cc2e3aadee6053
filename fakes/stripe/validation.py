"""Checks a request's parameters against the TypedDicts of the official SDK (`stripe.params`).

The SDK's types are generated from Stripe's own description of the API, so a misspelled or forgotten parameter is
refused here as it would be there. A value of a form is text; it is turned into the type that is asked for.
"""

import sys
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, ForwardRef, Literal, NotRequired, Required, Union, get_args, get_origin

import stripe.params
import stripe.params.checkout
import stripe.params.v2.core
from stripe import RequestOptions
from typing_extensions import is_typeddict

from fakes.stripe.errors import ApiError, Doc

OPTIONS = frozenset(RequestOptions.__annotations__)
TRUTH = {"true": True, "false": False, True: True, False: False}


@cache
def fields(params: type) -> dict[str, tuple[Any, bool]]:
    """Name to (type, is required) of a TypedDict; the SDK mixes its request options in, they are no parameters."""
    required = params.__required_keys__  # type: ignore[attr-defined]
    return {
        name: (_resolved(hint, params.__module__), name in required)
        for name, hint in params.__annotations__.items()
        if name not in OPTIONS
    }


def _resolved(hint: Any, module: str) -> Any:
    """A type without its forward references at the top: those inside a union or a list are resolved in turn."""
    if isinstance(hint, str):
        hint = ForwardRef(hint)
    if isinstance(hint, ForwardRef):
        # The SDK's own annotations, from the installed package: nothing of a request is evaluated.
        return _resolved(eval(hint.__forward_arg__, vars(sys.modules[module])), module)  # noqa: S307
    origin = get_origin(hint)
    if origin in (NotRequired, Required):
        return _resolved(get_args(hint)[0], module)
    if origin in (Union, UnionType):
        return Union[tuple(_resolved(one, module) for one in get_args(hint))]  # noqa: UP007
    if origin is list:
        return list[_resolved(get_args(hint)[0], module)]  # type: ignore[misc]
    return hint


def named(name: str) -> type:
    """The TypedDict of that name, such as `RefundCreateParams` or `checkout.SessionCreateParams`."""
    target: Any = stripe.params
    for part in name.split("."):
        target = getattr(target, part)
    return target  # type: ignore[no-any-return]


def validated(params: type, given: Mapping[str, Any], path: str = "") -> Doc:
    """The parameters in their types. Raises ApiError: unknown, missing or of a wrong type."""
    known, result = fields(params), {}
    for name, value in given.items():
        inner = f"{path}[{name}]" if path else name
        if name not in known:
            raise ApiError(f"Received unknown parameter: {inner}", code="parameter_unknown", param=inner)
        result[name] = _value(known[name][0], value, inner)
    for name, (_, required) in known.items():
        if required and name not in given:
            inner = f"{path}[{name}]" if path else name
            raise ApiError(f"Missing required param: {inner}.", code="parameter_missing", param=inner)
    return result


def _value(hint: Any, value: Any, path: str) -> Any:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _union(get_args(hint), value, path)
    if origin is list:
        return _list(get_args(hint)[0], value, path)
    if origin is Literal:
        return _literal(get_args(hint), value, path)
    if is_typeddict(hint):
        if not isinstance(value, Mapping):
            raise ApiError("Invalid object", param=path)
        return validated(hint, value, path)
    if origin is dict or "UntypedStripeObject" in str(hint):
        return _mapping(value, path)
    return _scalar(hint, value, path)


def _union(choices: tuple[Any, ...], value: Any, path: str) -> Any:
    literals = [text for one in choices if get_origin(one) is Literal for text in get_args(one)]
    if value in ("", None) and ("" in literals or NoneType in choices):
        return value
    # Stripe's enumerations are written as `Literal[...] | str`, so that old clients survive new values.
    if isinstance(value, str) and str in choices and any(literals):
        return _literal(tuple(literals), value, path)
    error: ApiError | None = None
    for one in choices:
        try:
            return _value(one, value, path)
        except ApiError as refusal:
            # What is said about a nested object is more telling than "not a string".
            error = refusal if error is None or is_typeddict(one) or get_origin(one) is list else error
    raise error or ApiError(f"Invalid value for {path}", param=path)


def _literal(choices: tuple[Any, ...], value: Any, path: str) -> Any:
    if value in choices:
        return value
    allowed = [str(one) for one in choices if one != ""] or ["empty"]
    options = f"{', '.join(allowed[:-1])}, or {allowed[-1]}" if len(allowed) > 1 else allowed[0]
    raise ApiError(f"Invalid {path}: must be one of {options}", param=path)


def _list(inner: Any, value: Any, path: str) -> list[Any]:
    if isinstance(value, Mapping):
        keys = sorted(value, key=lambda key: int(key) if key.isdigit() else -1)
        if not all(key.isdigit() for key in keys):
            raise ApiError("Invalid array", param=path)
        value = [value[key] for key in keys]
    if not isinstance(value, list):
        raise ApiError("Invalid array", param=path)
    return [_value(inner, one, f"{path}[{place}]") for place, one in enumerate(value)]


def _mapping(value: Any, path: str) -> Doc:
    if not isinstance(value, Mapping):
        raise ApiError(f"Invalid {path}: must be a hash", param=path)
    return {str(key): inner if isinstance(inner, Mapping) else str(inner) for key, inner in value.items()}


def _scalar(hint: Any, value: Any, path: str) -> Any:
    if isinstance(value, Mapping | list):
        raise ApiError(f"Invalid string: {value}", param=path)
    if hint is bool:
        if value not in TRUTH:
            raise ApiError(f"Invalid boolean: {value}", param=path)
        return TRUTH[value]
    if hint is int:
        return _integer(value, path)
    if hint in (float, Decimal):
        try:
            return str(Decimal(str(value))) if hint is Decimal else float(value)
        except (ValueError, ArithmeticError):
            raise ApiError(f"Invalid decimal: {value}", param=path) from None
    if hint is str and not isinstance(value, str):
        raise ApiError(f"Invalid string: {value}", param=path)
    return value


def _integer(value: Any, path: str) -> int:
    if isinstance(value, bool) or not str(value).removeprefix("-").isdecimal():
        raise ApiError(f"Invalid integer: {value}", code="parameter_invalid_integer", param=path)
    return int(value)
