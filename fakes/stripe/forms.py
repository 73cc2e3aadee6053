"""Reads Stripe's form encoding: `line_items[0][price_data][currency]=vnd` becomes nested dictionaries."""

import re
from collections.abc import Iterable
from typing import Any

from fakes.stripe.errors import Doc

PART = re.compile(r"\[([^\]]*)\]")


def nested(pairs: Iterable[tuple[str, str]]) -> Doc:
    """Dictionaries of dictionaries; lists stay dictionaries with the keys "0", "1", ... until their type is known."""
    result: Doc = {}
    for name, value in pairs:
        head, bracket, rest = name.partition("[")
        _put(result, [head, *PART.findall(bracket + rest)], value)
    return result


def _put(target: Doc, path: list[str], value: str) -> None:
    for step, key in enumerate(path):
        name = key or str(len(target))
        if step == len(path) - 1:
            target[name] = value
            return
        inner: Any = target.setdefault(name, {})
        if not isinstance(inner, dict):
            inner = target[name] = {}
        target = inner
