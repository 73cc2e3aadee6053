"""Lists as Stripe pages them, `expand`, and metadata."""

from collections.abc import Callable
from typing import Any

from fakes.stripe.errors import ApiError, Doc, missing
from fakes.stripe.store import public
from fakes.stripe.world import Call

COMPARE = {
    "gt": lambda value, limit: value > limit,
    "gte": lambda value, limit: value >= limit,
    "lt": lambda value, limit: value < limit,
    "lte": lambda value, limit: value <= limit,
}
LONGEST = 100
# What an object has only when `expand` asks for it: filled by the resources.
INCLUDABLE: dict[tuple[str, str], Callable[[Call, Doc], Doc]] = {}


def page(docs: list[Doc], url: str, params: Doc | None = None) -> Doc:
    """The part of a list that `limit`, `starting_after`, `ending_before` and `created` ask for, newest first."""
    params = params or {}
    limit = params.get("limit", 10)
    if not 1 <= limit <= LONGEST:
        raise ApiError(f"This value must be between 1 and {LONGEST} (it currently is '{limit}').", param="limit")
    docs = [doc for doc in docs if _in_time(doc, params.get("created"))]
    if after := params.get("starting_after"):
        docs = docs[_place(docs, after, "starting_after") + 1 :]
    if before := params.get("ending_before"):
        earlier = docs[: _place(docs, before, "ending_before")]
        return _list(earlier[-limit:], url, has_more=len(earlier) > limit)
    return _list(docs[:limit], url, has_more=len(docs) > limit)


def _list(docs: list[Doc], url: str, *, has_more: bool) -> Doc:
    return {"object": "list", "data": [public(doc) for doc in docs], "has_more": has_more, "url": url}


def _place(docs: list[Doc], key: str, param: str) -> int:
    for place, doc in enumerate(docs):
        if doc["id"] == key:
            return place
    raise missing("object", key, param)


def _in_time(doc: Doc, wanted: Any) -> bool:
    if wanted is None:
        return True
    if isinstance(wanted, int):
        return bool(doc["created"] == wanted)
    return all(COMPARE[name](doc["created"], limit) for name, limit in wanted.items())


def listed(call: Call, kind: str, url: str, *filters: str) -> Doc:
    """A page of the calling account's documents; `filters` are the parameters that must equal a field."""
    equal = {name: call.params.get(name) for name in filters}
    return page(call.store.select(kind, call.account, **equal), url, call.params)


def expanded(call: Call, answer: Doc) -> Doc:
    """The answer with the objects that `expand` asks for in the place of their ids."""
    for path in call.params.get("expand", []):
        _expand(call, answer, path.split("."), path)
    return answer


def _expand(call: Call, target: Any, steps: list[str], path: str) -> None:
    if isinstance(target, list):
        for one in target:
            _expand(call, one, steps, path)
        return
    if not isinstance(target, dict):
        return
    name = steps[0]
    if name not in target and (target.get("object"), name) in INCLUDABLE:
        target[name] = INCLUDABLE[target["object"], name](call, target)
    if name not in target:
        raise ApiError(f"This property cannot be expanded ({name}).", param="expand")
    if isinstance(target[name], str):
        found = call.store.find(target[name])
        if found is None:
            raise ApiError(f"This property cannot be expanded ({name}).", param="expand")
        target[name] = public(found)
    if len(steps) > 1:
        _expand(call, target[name], steps[1:], path)


def with_metadata(doc: Doc, given: Any) -> Doc:
    """Merge metadata as Stripe does: an empty value removes a key, an empty text all of them."""
    if given is None:
        return doc
    merged = {} if given == "" else doc["metadata"] | given
    doc["metadata"] = {key: value for key, value in merged.items() if value != ""}
    return doc


def updated(doc: Doc, params: Doc, *names: str) -> Doc:
    """Take over the named parameters and the metadata; returns the same document."""
    for name in names:
        if name in params:
            doc[name] = None if params[name] == "" else params[name]
    return with_metadata(doc, params.get("metadata"))
