"""A browser without a screen: keeps its connection and cookies, follows what pages ask for."""

import http.client
import re
import time
from dataclasses import dataclass
from email.message import Message
from html import unescape
from http.cookies import SimpleCookie
from itertools import count
from urllib.parse import urlencode

HOST = "127.0.0.1"
IDLE_SECONDS = 1.0
# As a proxy of ours in front of the shop would hand the requests of our own pages on.
HEADERS = {
    "Host": HOST,
    "X-Forwarded-Proto": "https",
    "Sec-Fetch-Site": "same-origin",
    "Referer": f"https://{HOST}/",
    "Origin": f"https://{HOST}",
}
_INPUT = re.compile(r"<input\b[^>]*>")
_ATTRIBUTE = re.compile(r'(?<![\w-])(name|value|type)="([^"]*)"')
_addresses = count(1)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, text, and where it leads."""

    status: int
    text: str
    location: str


class Browser:
    """One visitor behind a TLS proxy."""

    def __init__(self, port: int) -> None:
        self._link = http.client.HTTPConnection(HOST, port, timeout=120)
        self._asked_at = 0.0
        self.become_another()

    def become_another(self) -> None:
        """A new visitor from another address, without cookies."""
        number = next(_addresses)
        self.address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> str:
        """The text of a page that must be there."""
        answer = self.ask("GET", path)
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return answer.text

    def post(self, path: str, fields: dict[str, str], expect: tuple[int, ...] = (302, 303)) -> Answer:
        """The answer to a form; RuntimeError with its words when its status is not among those expected."""
        answer = self.ask("POST", path, urlencode(fields))
        if answer.status not in expect:
            words = " ".join(re.findall(">([^<>]+)<", answer.text))
            raise RuntimeError(f"POST {path} answered {answer.status}: {words[:500]}")
        return answer

    def ask(self, method: str, path: str, body: str | None = None) -> Answer:
        """Any answer."""
        headers = {**HEADERS, "X-Forwarded-For": self.address}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        status, text, answered = self._send(method, path, body, headers)
        for line in answered.get_all("Set-Cookie") or []:
            self.cookies.update((name, morsel.coded_value) for name, morsel in SimpleCookie(line).items())
        return Answer(status, text, answered.get("Location", ""))

    def _send(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, str, Message]:
        if time.monotonic() - self._asked_at > IDLE_SECONDS:
            self._link.close()  # the server may have closed it, too; the request opens a new one
        self._asked_at = time.monotonic()
        self._link.request(method, path, body, headers)
        answer = self._link.getresponse()
        return answer.status, answer.read().decode(), answer.headers


def hidden_fields(page: str) -> dict[str, str]:
    """What the hidden fields of a page hold."""
    found = (dict(_ATTRIBUTE.findall(tag)) for tag in _INPUT.findall(page))
    return {
        tag["name"]: unescape(tag.get("value", "")) for tag in found if tag.get("type") == "hidden" and "name" in tag
    }
