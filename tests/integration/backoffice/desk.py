"""What admins work on, and a browser in which one of them is signed in."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.messages import get_messages
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.jobs.models import AuditEvent
from apps.kernel.clock import now
from apps.listings.models import Listing
from apps.provenance.models import Certificate
from apps.vendors.models import Vendor
from tests.factories import shop
from tests.factories.catalogue import make_certificate
from tests.factories.people import make_admin, make_user

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

REASON = "Ảnh mờ, chụp lại giúp."
MEANWHILE = "This was decided meanwhile; the page shows the present state."


def claimed(days_ago: int = 0) -> Certificate:
    """A certificate that waits for a check."""
    return make_certificate(shop.draft().product, state="claimed", claimed_at=now() - dt.timedelta(days=days_ago))


@dataclass(frozen=True)
class Kind:
    """One kind of case: how to make one, the moment since when it waits, its page and its two outcomes."""

    make: Callable[[], Any]
    since: str
    page: str
    approved: str
    rejected: str
    refusal: str


CASES = {
    "vendor": Kind(shop.applicant, "applied_at", "vendor", "approved", "rejected", "vendor.rejected"),
    "listing": Kind(shop.submitted, "submitted_at", "listing", "published", "rejected", "listing.rejected"),
    "certificate": Kind(claimed, "claimed_at", "certificate", "verified", "rejected", "certificate.rejected"),
}


def waiting_for(kind: str, days: float) -> Vendor | Listing | Certificate:
    """A case that has waited for so many days."""
    row: Vendor | Listing | Certificate = CASES[kind].make()
    type(row).objects.filter(pk=row.pk).update(**{CASES[kind].since: now() - dt.timedelta(days=days)})  # type: ignore[attr-defined]
    row.refresh_from_db()
    return row


def page_of(kind: str, row: Model) -> str:
    """The address of a case."""
    return reverse(f"backoffice:{CASES[kind].page}", args=[row.pk])


def desk(admin: User | None = None) -> Client:
    """A browser at which an admin sits."""
    client = Client()
    client.force_login(admin or make_admin())
    return client


def second_admin() -> User:
    """Another admin than the first one."""
    return make_user(is_staff=True, full_name="Người Thứ Hai")


def told(response: "Response") -> list[str]:
    """What the next page will say."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def last_event(row: Model) -> tuple[str, int | None, str]:
    """Verb, person and reason of the last audit event about a row."""
    event = AuditEvent.objects.filter(object_type=row._meta.label, object_id=str(row.pk)).latest("pk")
    return event.verb, event.actor_id, event.reason
