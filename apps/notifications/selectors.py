"""What a person reads in their list of news."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString

from apps.notifications.models import Channel, Notification
from apps.notifications.news import KINDS, url_of, words_of

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Notice:
    """One entry of the list in the reader's language; `words` is HTML."""

    pk: int
    title: str
    words: SafeString
    reason: str
    icon: str
    url: str
    at: dt.datetime
    is_read: bool


def notices_of(user_id: int, *, vendor_id: int | None = None) -> QuerySet[Notification]:
    """A person's own news, or those of their work for a vendor; the newest first."""
    work = Q(vendor__isnull=True) if vendor_id is None else Q(vendor_id=vendor_id)
    own = Notification.objects.filter(work, user_id=user_id, channel=Channel.LIST)
    return own.order_by("-created_at", "-pk")


def notice_of(*, user_id: int, pk: int, vendor_id: int | None = None) -> Notification:
    """One of them; raises Notification.DoesNotExist for anybody else's."""
    return notices_of(user_id, vendor_id=vendor_id).get(pk=pk)


def unread_count(user_id: int, *, vendor_id: int | None = None) -> int:
    """How many are unread; one query on an index of the unread ones only."""
    return notices_of(user_id, vendor_id=vendor_id).filter(read_at=None).order_by().count()


def in_words(rows: Iterable[Notification]) -> list[Notice]:
    """The rows as the reader sees them; no query."""
    return [_in_words(row) for row in rows]


def _in_words(row: Notification) -> Notice:
    title, words = words_of(row.event, row.facts)
    return Notice(
        pk=row.pk,
        title=title,
        words=words,
        reason=row.facts.get("reason", ""),
        icon=KINDS[row.event].icon,
        url=url_of(row.event, row.facts),
        at=row.created_at,
        is_read=row.read_at is not None,
    )
