"""Telling people what happened, each of them at most once, and their marks of what they have read."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from apps.accounts.models import User
from apps.jobs.insist import insist
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.notifications.mail import send
from apps.notifications.models import Channel, Notification
from apps.notifications.news import KINDS, News, context_of
from apps.notifications.selectors import notices_of

# A worker that sends has this long until it counts as dead: shorter than the lease of a job, so that whoever takes the
# job over need not wait, and as long as Celery lets a handler work.
CLAIM = dt.timedelta(seconds=settings.JOB_LEASE_SECONDS * 4 // 5)


class MailInHand(Exception):
    """Somebody else is sending this very mail, or died while doing so; the job tries again."""


def list_news(news: News, *, user_ids: Iterable[int], vendor_id: int | None = None) -> None:
    """Put news into people's lists, for themselves or for their work at a vendor; what is there already stays."""
    Notification.objects.bulk_create(
        (
            Notification(
                **news.key,
                recipient=f"person:{user_id}",
                channel=Channel.LIST,
                user_id=user_id,
                vendor_id=vendor_id,
                facts=dict(news.facts),
            )
            for user_id in user_ids
        ),
        ignore_conflicts=True,
    )


def mail_news(news: News, *, recipient: str, to: str, language: str, context: dict[str, Any]) -> None:
    """Send the mail of this news to `to`, unless it went out before. `recipient` says who that is without an address.

    The row is claimed before the mail is sent and marked after the mail server took it. A process that dies between the
    two leaves a claim that runs out, and the mail goes out a second time with the same Message-ID: at most one
    duplicate for each such death. Raises MailInHand while a claim is held, and whatever sending raises.
    """
    claim = _claim(news, recipient)
    if claim is None:
        return
    try:
        send(
            KINDS[news.event].template,
            to=to,
            language=language,
            context={**context_of(news.event, news.facts), **context},
            message_id=f"news-{claim.pk}",
        )
    except Exception:
        _rows(claim).update(claimed_at=None)
        raise
    insist(lambda: _rows(claim).update(sent_at=now()), f"that {claim} was mailed")


def tell_person(person: User, news: News) -> None:
    """Into the person's list and to the address of the account; somebody who is erased meanwhile has neither."""
    if person.erased_at:
        return
    list_news(news, user_ids=[person.pk])
    context = {"person": person}
    mail_news(news, recipient="person", to=person.email, language=person.language, context=context)


def mark_read(*, notice: Notification, actor: Actor) -> None:
    """The person has read this one; a second time, or somebody else's, changes nothing."""
    Notification.objects.filter(pk=notice.pk, user=actor.user_id, read_at=None).update(read_at=now())


def mark_all_read(*, actor: Actor, vendor_id: int | None = None) -> int:
    """The person has read everything in the list of their own, or of their work for a vendor; returns how many."""
    unread = notices_of(actor.user_id or 0, vendor_id=vendor_id).filter(read_at=None).order_by()
    return unread.update(read_at=now())


@transaction.atomic
def purge_old(*, before: dt.datetime) -> int:
    """Delete what was read, and the proofs of what was mailed, when it is older than `before`; returns how many."""
    over = Q(channel=Channel.LIST, read_at__isnull=False) | Q(channel=Channel.MAIL, sent_at__isnull=False)
    return Notification.objects.filter(over, created_at__lt=before).delete()[0]


def _claim(news: News, recipient: str) -> Notification | None:
    """The row of this mail, ours to send; None when it was sent. Raises MailInHand."""
    at = now()
    row, created = Notification.objects.get_or_create(
        **news.key, recipient=recipient, channel=Channel.MAIL, defaults={"created_at": at, "claimed_at": at}
    )
    if created:
        return row
    free = Q(claimed_at=None) | Q(claimed_at__lt=at - CLAIM)
    if Notification.objects.filter(free, pk=row.pk, sent_at=None).update(claimed_at=at):
        row.claimed_at = at
        return row
    if Notification.objects.filter(pk=row.pk, sent_at=None).exists():
        raise MailInHand(str(row))
    return None


def _rows(claim: Notification) -> QuerySet[Notification]:
    """The claimed row, as long as nobody else has taken it over."""
    return Notification.objects.filter(pk=claim.pk, claimed_at=claim.claimed_at, sent_at=None)
