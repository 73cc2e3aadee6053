"""Walks the URLconf and compares what a visitor gets with what the access table says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from django.http import HttpResponseBase
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from tests.integration.access.world import KINDS, World, undone

# What a redirect is called in the table, by where it leads.
LEADS = {
    "login": "/tai-khoan/login/",
    "admin-login": "/quan-tri-du-lieu/login/",
    "account": "/tai-khoan/",
    "home": "/",
    "track": "/don-hang/tra-cuu/",
    "stall": "/ban-hang/",
    "basket": "/gio-hang/",
    "checkout": "/thanh-toan/",
    "desk": "/quan-tri/",
}
GAP = re.compile(r"(?<=\d)[ \u00a0](?=\d)")


@dataclass(frozen=True)
class Row:
    """One address: what each kind of visitor gets for GET and POST, and whose POST may change rows of A or the shop."""

    key: str
    get: str
    post: str
    at: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    writers: str = ""

    def expected(self, kind: str, method: str) -> str:
        """One word of the table; a single word stands for everybody."""
        words = (self.get if method == "GET" else self.post).split()
        return words[KINDS.index(kind)] if len(words) > 1 else words[0]

    def path(self, world: World) -> str:
        """The address of this very object."""
        if self.at.startswith("/"):
            return self.at.format(**world.objects)
        names = dict(pair.split("=") for pair in self.at.split())
        return reverse(self.key, kwargs={name: world.objects.get(wanted, wanted) for name, wanted in names.items()})

    def fields(self, world: World) -> dict[str, Any]:
        """The form that is sent, with the ids that it names; a file is made anew for every request."""
        given = {name: value() if callable(value) else value for name, value in self.data.items()}
        return {name: world.objects.get(value[1:]) if _is_id(value) else value for name, value in given.items()}


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("@")


def url_keys() -> set[str]:
    """Every address of the URLconf: its name with namespace, or its route when it has no name."""
    return set(_walk(get_resolver(), "", "/"))


def _walk(resolver: URLResolver, space: str, route: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}" if pattern.name else here
        else:
            yield from _walk(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space, here)


def faults(world: World, kind: str, row: Row, method: str) -> list[str]:
    """What this visitor gets and must not get; empty when all is well."""
    path, client = row.path(world), world.client(kind)
    form = row.fields(world) if method == "POST" else {}
    hidden = _hidden(world, kind, row, sent=" ".join([path, *map(str, form.values())]))
    with undone() as written:
        response = client.get(path) if method == "GET" else client.post(path, form)
        text = _text(response)
        changed = bool(written) and world.snapshot() != world.before
    said = f"{kind} {method} {path}"
    found = []
    if _outcome(response) != row.expected(kind, method):
        found.append(f"{said}: {_outcome(response)} instead of {row.expected(kind, method)}")
    found += [f"{said}: shows {word}" for word in sorted(hidden) if word in text]
    may_write = method == "POST" and kind in row.writers.split()
    if changed != may_write:
        found.append(f"{said}: {'changes' if changed else 'does not change'} rows")
    return found


def read(world: World, kind: str, row: Row) -> str:
    """The page that this visitor gets."""
    with undone():
        return _text(world.client(kind).get(row.path(world)))


def _hidden(world: World, kind: str, row: Row, *, sent: str) -> set[str]:
    """What this visitor may not read here, but for the words that it sends itself: a page may echo them."""
    in_portal = world.secrets_in_portal.get(kind, frozenset()) if row.key.startswith("vendor_portal:") else frozenset()
    echo = GAP.sub("", sent)
    return {word for word in world.secrets[kind] | in_portal if word not in echo}


def check(world: World, kind: str, row: Row, method: str) -> None:
    """Raise AssertionError when a visitor gets what the table does not grant."""
    assert faults(world, kind, row, method) == []


def _text(response: HttpResponseBase) -> str:
    """All that the browser receives: head and body; phone numbers without the blanks between their digits."""
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    # Not closed here: the test client has done so, and closing twice would end PostgreSQL's connection as well.
    words = [*(unquote(value) for value in response.headers.values()), body.decode("utf-8", "replace")]
    return GAP.sub("", "\n".join(words))


def _outcome(response: HttpResponseBase) -> str:
    """The status, or for a redirect the name of where it leads."""
    if response.status_code not in (301, 302):
        return str(response.status_code)
    target = urlsplit(response.headers["Location"]).path
    return next((name for name, lead in LEADS.items() if target == lead), "302")
