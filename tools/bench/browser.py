"""A browser without a screen: keeps its connection and cookies, follows what pages ask for."""

import http.client
import re
from email.message import Message
from html import unescape
from http.cookies import SimpleCookie
from urllib.parse import urlencode

HOST = "127.0.0.1"
HEADERS = {
    "Host": HOST,
    "X-Forwarded-Proto": "https",
    "Sec-Fetch-Site": "same-origin",
    "Referer": f"https://{HOST}/",
    "Origin": f"https://{HOST}",
}
_INPUT = re.compile(r"<input\b[^>]*>")
_ATTRIBUTE = re.compile(r'\b(name|value|type)="([^"]*)"')


class Browser:
    """One visitor behind a TLS proxy."""

    def __init__(self, port: int) -> None:
        self._link = http.client.HTTPConnection(HOST, port, timeout=60)
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> str:
        """The body of a page that must be there."""
        status, body, _location = self._ask("GET", path, None)
        if status != 200:
            raise SystemExit(f"{path} answered {status}")
        return body

    def post(self, path: str, fields: dict[str, str]) -> str:
        """Where the answer to a form leads; it must lead somewhere."""
        status, body, location = self._ask("POST", path, urlencode(fields))
        if status not in (302, 303):
            raise SystemExit(f"POST {path} answered {status}: {' '.join(re.findall('>([^<>]+)<', body))[:500]}")
        return location

    def page_after(self, path: str, fields: dict[str, str]) -> str:
        """The page that a form answers with."""
        status, body, _location = self._ask("POST", path, urlencode(fields))
        if status != 200:
            raise SystemExit(f"POST {path} answered {status}")
        return body

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str, str]:
        headers = dict(HEADERS)
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        status, text, answered = self._send(method, path, body, headers)
        for line in answered.get_all("Set-Cookie") or []:
            self.cookies.update((name, morsel.coded_value) for name, morsel in SimpleCookie(line).items())
        return status, text, answered.get("Location", "")

    def _send(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, str, Message]:
        self._link.request(method, path, body, headers)
        answer = self._link.getresponse()
        return answer.status, answer.read().decode(), answer.headers


def fields_of(page: str) -> dict[str, str]:
    """What the hidden fields of a page hold."""
    found = (dict(_ATTRIBUTE.findall(tag)) for tag in _INPUT.findall(page))
    return {
        tag["name"]: unescape(tag.get("value", "")) for tag in found if tag.get("type") == "hidden" and "name" in tag
    }
