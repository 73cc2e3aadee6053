"""The same browser inside this process, so that queries can be counted."""

from email.message import Message

from django.test import Client

from tools.bench.browser import HEADERS, HOST, Browser


class InsideBrowser(Browser):
    """Sends its requests to Django without a socket."""

    def __init__(self) -> None:
        self.become_another()
        self._client = Client(SERVER_NAME=HOST)

    def _send(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, str, Message]:
        self._client.cookies.clear()
        kind = headers.get("Content-Type", "")
        answer = self._client.generic(method, path, body or "", kind, secure=True, headers={**HEADERS, **headers})
        answered = Message()
        for name, value in answer.headers.items():
            answered[name] = value
        for morsel in answer.cookies.values():
            answered["Set-Cookie"] = morsel.OutputString()
        return answer.status_code, answer.content.decode(), answered
