"""The inbox of providers' notices: each is kept once, acknowledged at once, and followed by a job."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Final

from django.db import transaction

from apps.jobs.services import enqueue
from apps.kernel.clock import now
from apps.payments.models import WebhookEvent
from apps.payments.providers import stripe as provider
from apps.payments.providers.notices import Notice

# The sweep looks back farther than to the last notice: Stripe does not tell in order.
OVERLAP: Final = dt.timedelta(hours=1)
FIRST_LOOK: Final = dt.timedelta(days=1)
# Events of version 2 of the API stand in a list of their own.
_V2: Final = "v2."
Follower = Callable[[WebhookEvent], None]
_followers: dict[str, Follower] = {}


def follows(*kinds: str) -> Callable[[Follower], Follower]:
    """Register what is done about these kinds of Stripe's notices; it asks Stripe how the object stands."""

    def register(follower: Follower) -> Follower:
        _followers.update(dict.fromkeys(kinds, follower))
        return follower

    return register


@transaction.atomic
def take_in(*, notice: Notice) -> bool:
    """Keep a notice and have it followed; False for one that is known. Kinds that nobody follows are not kept."""
    if notice.kind not in _followers:
        return False
    values = {
        "kind": notice.kind,
        "object_id": notice.object_id,
        "account": notice.account,
        "happened_at": notice.happened_at,
    }
    event, created = WebhookEvent.objects.get_or_create(
        provider=provider.Stripe.code, event_id=notice.event_id, defaults=values
    )
    if created:
        enqueue("webhook.follow", {"event_id": event.pk})
    return created


def follow(*, event_id: int) -> None:
    """Do what a notice asks for; may run twice. Raises ProviderAway; the job is tried again then."""
    event = WebhookEvent.objects.get(pk=event_id)
    if event.processed_at is None:
        _followers[event.kind](event)
        WebhookEvent.objects.filter(pk=event_id).update(processed_at=now())


def sweep() -> int:
    """Fetch what no webhook has brought since the last notice; returns how many were new. Raises ProviderAway."""
    last = WebhookEvent.objects.filter(provider=provider.Stripe.code).order_by("-happened_at").first()
    since = last.happened_at - OVERLAP if last else now() - FIRST_LOOK
    return _take_all(provider.events_since(since, sorted(kind for kind in _followers if not kind.startswith(_V2))))


def _take_all(notices: Iterable[Notice]) -> int:
    return sum(take_in(notice=notice) for notice in notices)
