"""The kinds of news: which templates word them, which drawing stands beside them, where they lead."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class News:
    """Something that happened to an object; `facts` are what its words need, as JSON knows them."""

    event: str
    object_type: str
    object_id: int | str
    facts: Mapping[str, Any] = field(default_factory=dict)
    occasion: str = ""

    @property
    def key(self) -> dict[str, str]:
        """The columns that make it this news and no other."""
        return {
            "event": self.event,
            "object_type": self.object_type,
            "object_id": str(self.object_id),
            "occasion": self.occasion,
        }


@dataclass(frozen=True, slots=True)
class Kind:
    """`templates/emails/<template>.subject.txt` and `.words.txt` word it; `leads_to` is the name of a page.

    `named_by` are the facts that the page's address needs, each as (keyword of the address, name of the fact).
    """

    template: str
    icon: str
    leads_to: str
    named_by: tuple[tuple[str, str], ...] = ()


# Facts that are moments, in ISO 8601.
_MOMENTS = ("by", "until")
_ORDER = ("storefront:account_order", (("number", "order"),))
_PART = ("vendor_portal:order", (("number", "number"),))
_LISTING = ("vendor_portal:listing_edit", (("pk", "listing"),))
_PRODUCT = ("storefront:product", (("slug", "slug"), ("pk", "product")))
_PAYOUT = ("vendor_portal:statement", (("pk", "payout"),))
_SAVED = ("storefront:saved_search", (("pk", "saved"),))
KINDS: Mapping[str, Kind] = {
    "order.placed": Kind("order_placed", "package", *_ORDER),
    "order.unpaid": Kind("money_told", "clock-alert", *_ORDER),
    "refund.paid": Kind("money_told", "undo-2", *_ORDER),
    "dispute.opened": Kind("dispute_opened", "credit-card", "backoffice:disputes"),
    "vendor_order.accepted": Kind("vendor_order_moved", "package-check", *_ORDER),
    "vendor_order.shipped": Kind("vendor_order_moved", "truck", *_ORDER),
    "vendor_order.delivered": Kind("vendor_order_moved", "circle-check", *_ORDER),
    "vendor_order.cancelled": Kind("vendor_order_moved", "circle-x", *_ORDER),
    "vendor_order.returned": Kind("vendor_order_moved", "undo-2", *_ORDER),
    "vendor_order.placed": Kind("vendor_order_placed", "package", *_PART),
    "vendor_order.withdrawn": Kind("vendor_order_withdrawn", "circle-x", *_PART),
    "vendor.approved": Kind("vendor_decided", "store", "vendor_portal:home"),
    "vendor.rejected": Kind("vendor_decided", "store", "vendor_portal:home"),
    "vendor.suspended": Kind("vendor_decided", "store", "vendor_portal:home"),
    "vendor.lifted": Kind("vendor_decided", "store", "vendor_portal:home"),
    "listing.published": Kind("listing_decided", "tags", *_LISTING),
    "listing.rejected": Kind("listing_decided", "tags", *_LISTING),
    "certificate.verified": Kind("certificate_decided", "badge-check", *_LISTING),
    "certificate.rejected": Kind("certificate_decided", "badge-check", *_LISTING),
    "certificate.revoked": Kind("certificate_decided", "badge-check", *_LISTING),
    "payout.sent": Kind("payout_moved", "landmark", *_PAYOUT),
    "payout.failed": Kind("payout_moved", "landmark", *_PAYOUT),
    "bank_account.proposed": Kind("bank_account_changed", "landmark", "vendor_portal:bank"),
    "bank_account.confirmed": Kind("bank_account_changed", "landmark", "vendor_portal:bank"),
    "bank_account.withdrawn": Kind("bank_account_changed", "landmark", "vendor_portal:bank"),
    "stripe_account.opened": Kind("bank_account_changed", "landmark", "vendor_portal:bank"),
    "stripe_account.withdrawn": Kind("bank_account_changed", "landmark", "vendor_portal:bank"),
    "stock.back": Kind("stock_back", "package-check", *_PRODUCT),
    "search.found": Kind("search_found", "search-check", *_SAVED),
    "privacy.export_ready": Kind("privacy_told", "download", "storefront:account_data"),
    "privacy.erasure_asked": Kind("privacy_told", "user-round-x", "storefront:account_data"),
    "privacy.erasure_refused": Kind("privacy_told", "user-round-x", "storefront:account_data"),
}


def words_of(event: str, facts: Mapping[str, Any]) -> tuple[str, SafeString]:
    """One line and one or two sentences as HTML, in the present language; raises KeyError for unknown news."""
    template, context = KINDS[event].template, context_of(event, facts)
    title = render_to_string(f"emails/{template}.subject.txt", context)
    # A plain string: the subject is not escaped yet, the page that shows it does so.
    return " ".join(title.split()), render_to_string(f"emails/{template}.words.txt", context)


def url_of(event: str, facts: Mapping[str, Any]) -> str:
    """The page of the object, in the present language."""
    kind = KINDS[event]
    return reverse(kind.leads_to, kwargs={keyword: facts[name] for keyword, name in kind.named_by})


def context_of(event: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the templates get: the facts with their moments, and how it ended (`shipped`, `approved`)."""
    moments = {name: dt.datetime.fromisoformat(facts[name]) for name in _MOMENTS if name in facts}
    return {**facts, **moments, "event": event, "outcome": event.partition(".")[2]}
