"""States of a listing."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ListingState(TextChoices):
    """From draft to published."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for review")
    PUBLISHED = "published", _("On sale")
    REJECTED = "rejected", _("Needs changes")
    PAUSED = "paused", _("Paused")
    ARCHIVED = "archived", _("Archived")


LISTING_TRANSITIONS: dict[str, frozenset[str]] = {
    ListingState.DRAFT: frozenset({ListingState.SUBMITTED, ListingState.ARCHIVED}),
    ListingState.SUBMITTED: frozenset({ListingState.PUBLISHED, ListingState.REJECTED, ListingState.DRAFT}),
    ListingState.REJECTED: frozenset({ListingState.SUBMITTED, ListingState.ARCHIVED}),
    ListingState.PUBLISHED: frozenset({ListingState.PAUSED, ListingState.DRAFT, ListingState.ARCHIVED}),
    ListingState.PAUSED: frozenset({ListingState.PUBLISHED, ListingState.DRAFT, ListingState.ARCHIVED}),
    ListingState.ARCHIVED: frozenset(),
}

# States in which the vendor may change texts and pictures; price and stock may change in any but archived.
EDITABLE = frozenset({ListingState.DRAFT, ListingState.REJECTED})
