"""What mails are made of and how they are read in tests."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import resolve
from django.utils import translation

from apps.jobs import worker
from apps.jobs.models import Job
from apps.kernel.money import dong

LINK = re.compile(r"https?://[^\s\"'<>]+")
LANGUAGES = ("vi", "en")


def sent() -> list[EmailMultiAlternatives]:
    """The mails that the worker sends for what has just happened, in their order."""
    mail.outbox.clear()
    worker.run_all()
    assert Job.objects.exclude(state="done").count() == 0
    return list(mail.outbox)  # type: ignore[arg-type]


def past() -> None:
    """What has happened so far is over: its jobs are of no interest."""
    Job.objects.all().delete()


def html_of(message: EmailMultiAlternatives) -> str:
    """The HTML form of a mail."""
    [(content, kind)] = message.alternatives
    assert kind == "text/html"
    return str(content)


def parts_of(message: EmailMultiAlternatives) -> tuple[str, str]:
    """Plain text and HTML form, with simple blanks."""
    return str(message.body).replace("\u00a0", " "), html_of(message).replace("\u00a0", " ").replace("&nbsp;", " ")


def money(amount: int) -> str:
    """An amount as mails show it."""
    return dong(amount).format().replace("\u00a0", " ")


def said(language: str, words: str, **values: object) -> str:
    """Words of ours in a language; a missing translation would be English in both."""
    with translation.override(language):
        text = translation.gettext(words)
    assert (text == words) == (language == "en")
    return text % values


def links(text: str) -> list[str]:
    """The paths of the links to pages of ours; links elsewhere are left out."""
    found = [urlsplit(link) for link in LINK.findall(text)]
    ours = urlsplit(settings.SITE_URL)
    return [f"{link.path}?{link.query}" for link in found if link.netloc == ours.netloc]


def check_letter(message: EmailMultiAlternatives, *, to: str, language: str, facts: Iterable[str]) -> None:
    """Receiver, sender, language, both forms with all facts, and links that lead somewhere in this language."""
    assert (message.to, message.cc, message.bcc) == ([to], [], [])
    assert message.from_email == settings.DEFAULT_FROM_EMAIL
    text, html = parts_of(message)
    assert f'<html lang="{language}">' in html
    assert [(fact, fact in text, fact in html) for fact in facts] == [(fact, True, True) for fact in facts]
    assert [mark for mark in ("{{", "{%", "None", "&lt;", "&amp;") if mark in text] == []
    assert "<" not in text
    for form in (text, html):
        paths = links(form)
        assert paths != []
        with translation.override(language):
            assert {resolve(path.partition("?")[0]).namespace for path in paths} <= {
                "storefront",
                "vendor_portal",
                "backoffice",
            }
        assert {path.startswith("/en/") for path in paths} == {language == "en"}


def last_link(message: EmailMultiAlternatives) -> str:
    """Where the button of a mail leads, the same as the link of its plain form."""
    text, html = parts_of(message)
    [link] = links(text)
    assert links(html)[-1] == link
    return link


def opened(link: str, person: object = None) -> tuple[int, str]:
    """What somebody finds who follows a link."""
    client = Client()
    if person is not None:
        client.force_login(person)  # type: ignore[arg-type]
    page = client.get(link)
    return page.status_code, page.content.decode()
