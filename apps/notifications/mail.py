"""Renders a mail in the reader's language and sends it as plain text with an HTML form."""

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation


def send(template: str, *, to: str, language: str, context: dict[str, Any], message_id: str) -> None:
    """Send `templates/emails/<template>.{subject,body}.txt` and `.html` to one address.

    `language` is vi or en. Links in a mail are absolute: `{{ origin }}{% url ... %}`. The same mail has the same
    `message_id` whenever it is sent, so that a mailbox that got it twice can show it once. Raises what the server says.
    """
    with translation.override(language):
        full = {**context, "origin": settings.SITE_URL, "platform": settings.PLATFORM, "language": language}
        subject = " ".join(render_to_string(f"emails/{template}.subject.txt", full).split())
        text = render_to_string(f"emails/{template}.body.txt", full).strip() + "\n"
        html = render_to_string(f"emails/{template}.html", full)
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {"Message-ID": f"<{message_id}@{host}>"}
    message = EmailMultiAlternatives(subject, text, settings.DEFAULT_FROM_EMAIL, [to], headers=headers)
    message.attach_alternative(html, "text/html")
    message.send()
