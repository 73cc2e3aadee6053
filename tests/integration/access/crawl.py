"""Makes requests that no page expects, from a seed: odd methods, addresses, queries, bodies, headers and cookies."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote, urlsplit

import zstandard
from django.http import HttpResponseBase
from django.test import Client

from tests.integration.access.check import Row
from tests.integration.access.table import ROWS
from tests.integration.access.world import World

METHODS = ("GET", "GET", "GET", "POST", "POST", "POST", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND")
# As they stand in an address; most are a character or a number that something behind the page may not like.
ODD = (
    "", "0", "-1", "1", "2", "9" * 9, "9" * 20, "1e9", "NaN", "%C2%BD", "%D9%A3", "true", "null", "[]", "{}",
    "x" * 300, "x" * 5000, "%00", "%ff", "%C3%28", "%ED%A0%80", "%F0%9F%92%A9", "%0d%0aX-Evil:1", "%0a", "%09", "%20",
    "%7f", "%E2%80%AE", "%EF%BF%BF", "..", "../..", "%2e%2e%2f", "..%5c", "/etc/passwd", "//evil.example/",
    "http://evil.example", "javascript:alert(1)", "'", '"', "%27%20OR%201=1--", "%3Cscript%3Ealert(1)%3C/script%3E",
    "{{7*7}}", "${7*7}", "%25s", "%25(x)s", "%", "%zz", "\\", "ch%C3%A8%20t%C3%A2n%20c%C6%B0%C6%A1ng", "che%CC%80",
    "0912345678", "+84912345678", "a@b.vn", "2025-13-45", "2025-01-01", "99/99/9999", "1.000.000", "-5", "5.5",
    "10**9", "vi", "en", "xx", "1:1:x", "eyJhIjoxfQ:1x:y", "submit", "remove", "approve",
)  # fmt: skip
# Names that pages read from queries and forms, beside those that their forms show.
NAMES = (
    "q", "trang", "sap-xep", "gia", "sao", "tinh", "danh-muc", "next", "tab", "trang-thai", "so", "phan", "dia-chi",
    "danh-gia", "action", "act", "token", "seen_total", "product_id", "quantity", "code", "province", "commune",
    "phone", "number", "email", "login", "password", "decision", "reason", "session", "o", "p", "_popup", "_to_field",
    "e", "csrfmiddlewaretoken", "papers", "scan", "pictures", "choose", "key", "a[b]", "a.b", "__proto__", "%ff",
    "%00", "",
)  # fmt: skip
TYPES = (
    "application/x-www-form-urlencoded", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=xyz", "multipart/form-data; boundary=xyz", "multipart/form-data",
    "multipart/form-data; boundary=", "multipart/form-data; boundary=" + "y" * 300,
    "multipart/form-data; boundary=\u00ff", "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=no-such", "application/json", "text/plain", "text/xml",
    "application/octet-stream", "", "x", ";;;", "a/b; charset=\"",
)  # fmt: skip
HEADERS = (
    "Host", "X-Forwarded-Host", "X-Forwarded-For", "X-Forwarded-Proto", "Accept", "Accept-Language",
    "Accept-Encoding", "Referer", "Origin", "User-Agent", "Range", "If-Modified-Since", "If-None-Match", "If-Match",
    "HX-Request", "HX-Current-URL", "HX-Target", "HX-Trigger", "Sec-Fetch-Site", "X-Requested-With",
    "X-HTTP-Method-Override", "X-CSRFToken", "Authorization", "Content-Length", "Content-Encoding",
    "Transfer-Encoding", "Expect", "Forwarded",
)  # fmt: skip
HEADER_VALUES = (
    "", "x", "true", "127.0.0.1", "evil.example", "evil.example:99999", "[::1", "999.1.1.1, x", "https",
    "bytes=0-0,5-1", "bytes=9-", "Wed, 99 Foo 2026 99:99:99 GMT", '"x"', "W/", "*", "vi;q=2,en;q=x",
    "../../etc/passwd", "gzip, br;q=0, *;q=x", "DELETE", "cross-site", "none", "same-origin", "http://[",
    "http://evil.example/%ff", "\u00ff\u00fe", "x" * 4000, "-1", "99999999999", "XMLHttpRequest", "%E1%BA",
    "Basic eDp5",
)  # fmt: skip
COOKIES = (
    "sessionid", "csrftoken", "basket", "orders", "giao-den", "messages", "django_language", "x", "__Host-session",
)  # fmt: skip
INPUT = re.compile(r'<(?:input|select|textarea|button)[^>]*\bname="([^"]+)"')


@dataclass
class Try:
    """One request: enough to send it again."""

    kind: str
    method: str
    path: str
    query: str = ""
    body: bytes = b""
    content_type: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def send(self, client: Client) -> HttpResponseBase:
        """The answer of the shop, errors of ours included."""
        client.raise_request_exception = False
        for name, value in self.cookies.items():
            client.cookies[name] = value
        return client.generic(
            self.method, self.path, self.body, self.content_type, headers=self.headers, QUERY_STRING=self.query
        )


def tries(world: World, kind: str, seed: int, count: int, fields: dict[str, list[str]]) -> Iterator[Try]:
    """So many requests of this kind of visitor; every address of the table comes first once, then any."""
    dice = Random(seed)
    rows = list(ROWS)
    dice.shuffle(rows)
    for number in range(count):
        row = rows[number] if number < len(rows) else dice.choice(rows)
        yield _try(dice, world, kind, row, fields.get(row.key, []))


def fields_of(client: Client, world: World) -> dict[str, list[str]]:
    """The names of the fields in the forms of each page."""
    found = {}
    for row in ROWS:
        page = client.get(row.path(world))
        if page.status_code == 200 and not page.streaming:
            found[row.key] = INPUT.findall(page.content.decode("utf-8", "replace"))
    return found


def _try(dice: Random, world: World, kind: str, row: Row, names: list[str]) -> Try:
    known = [*names, *row.data, *NAMES] if dice.random() < 0.7 else [*names, *row.data] or list(NAMES)
    method = dice.choice(METHODS)
    made = Try(kind, method, _path(dice, row.path(world)))
    if dice.random() < 0.6:
        made.query = _pairs(dice, known, dice.choice((1, 2, 3, 8)))
    if method not in ("GET", "HEAD"):
        made.content_type = dice.choice(TYPES)
        made.body = _body(dice, made.content_type, known, row.fields(world))
    for _ in range(dice.choice((0, 0, 1, 2))):
        made.headers[dice.choice(HEADERS)] = dice.choice(HEADER_VALUES)
    if dice.random() < 0.15:
        made.cookies[dice.choice(COOKIES)] = dice.choice(ODD)
    return made


def _path(dice: Random, path: str) -> str:
    path = quote(path, safe="/%:@,+~")
    if dice.random() < 0.3:
        parts = path.split("/")
        parts[dice.randrange(1, len(parts))] = dice.choice(ODD).replace("?", "%3F").replace("#", "%23")
        path = "/".join(parts)
    if dice.random() < 0.2:
        path = f"/en{path}"
    return path if path.startswith("/") and not path.startswith("//") else f"/{path.lstrip('/')}"


def _pairs(dice: Random, names: list[str], count: int) -> str:
    return "&".join(f"{quote(dice.choice(names), safe='%')}={dice.choice(ODD)}" for _ in range(count))


def _body(dice: Random, content_type: str, names: list[str], right: dict[str, Any]) -> bytes:
    what = dice.random()
    if what < 0.04:
        return b"&".join(b"a%d=1" % number for number in range(700))
    if what < 0.08:
        return dice.randbytes(dice.choice((1, 50, 5000)))
    if what < 0.1:
        return b"a=" + b"x" * 5_000_000
    # A form that would work, with one or more fields wrong.
    given = {name: quote(str(value)) for name, value in right.items()}
    given |= {dice.choice(names): dice.choice(ODD) for _ in range(dice.choice((0, 1, 1, 2, 6)))}
    if content_type.startswith("multipart"):
        return _multipart(dice, given)
    if content_type == "application/json":
        return dice.choice((b"{", b"[" * 5000, b'{"a": 1e999}', b"null", b'"\xff"'))
    return "&".join(f"{quote(name, safe='%')}={value}" for name, value in given.items()).encode()


def _multipart(dice: Random, given: dict[str, str]) -> bytes:
    parts = [f'form-data; name="{name}"\r\n\r\n{value}' for name, value in given.items()]
    for _ in range(dice.choice((0, 1, 1, 15))):
        name, file = (
            dice.choice(("papers", "scan", "pictures", "")),
            dice.choice(("a.jpg", "../x", "", "%00", "x" * 400)),
        )
        parts.append(f'form-data; name="{name}"; filename="{file}"\r\n\r\n{dice.choice(ODD)}')
    whole = "".join(f"--xyz\r\nContent-Disposition: {part}\r\n" for part in parts)
    return (whole + dice.choice(("--xyz--\r\n", "--xyz", ""))).encode("utf-8", "replace")


def _plain(answer: HttpResponseBase) -> bytes:
    """What the browser shows; a crawler that takes any compression gets Zstandard. HEAD shows nothing."""
    body: bytes = b"" if answer.streaming else answer.content  # type: ignore[attr-defined]
    packed = answer.headers.get("Content-Encoding") == "zstd"
    return zstandard.ZstdDecompressor().decompress(body) if packed and body else body


def fault(answer: HttpResponseBase, method: str) -> str:
    """What is wrong with an answer: an error of ours, a refusal that is no clear page, a way out of the shop."""
    status = answer.status_code
    if status >= 500:
        return f"{status}"
    if 300 <= status < 400 and status != 304:
        target = urlsplit(answer.headers["Location"])
        return "" if target.netloc in ("", "testserver") else f"leads to {target.netloc}"
    body = _plain(answer)
    if b"Traceback (most recent call last)" in body:
        return "shows a traceback"
    machine = answer.request["PATH_INFO"].startswith("/webhooks/")  # type: ignore[attr-defined]  # of the test client
    if status < 400 or method == "HEAD" or (machine and status == 400):
        return ""
    page = body.decode("utf-8", "replace")
    missing = [sign for sign in ('<html lang="', "<h1", "<main", "<a ") if sign not in page]
    return f"{status} without {missing}" if missing else ""
