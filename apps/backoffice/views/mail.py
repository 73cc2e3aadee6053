"""Mail that the demo has written to its folder, readable without a mail server."""

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from apps.backoffice.access import admin_required
from apps.backoffice.pages import show

SHOWN = 50


@admin_required
def mailbox(request: HttpRequest) -> HttpResponse:
    """The latest mails; only in the demo, whose mails go to files."""
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", "") or "")
    if not settings.DEMO or "filebased" not in settings.EMAIL_BACKEND:
        raise Http404
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
    mails = [_read(path) for path in files[:SHOWN]]
    return show(request, "mail", {"mails": mails, "room": "mail"})


def _read(path: Path) -> dict[str, str]:
    """Subject, receiver, date and plain text of a written mail."""
    raw = path.read_bytes().rsplit(b"\n" + b"-" * 79, 1)[0]
    message = email.message_from_bytes(raw, _class=EmailMessage, policy=email.policy.default)
    body = message.get_body(("plain",))
    return {
        "subject": str(message["subject"] or ""),
        "to": str(message["to"] or ""),
        "date": str(message["date"] or ""),
        "text": body.get_content() if body else "",
    }
