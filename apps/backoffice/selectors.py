"""What admins read: the queue of cases, any order with its history, the register of vendors."""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.fees.models import CommissionRule, TaxTreatment
from apps.jobs.models import AuditEvent
from apps.kernel.clock import now
from apps.kernel.ids import normalise
from apps.kernel.vietnamese import nfc, slugify
from apps.listings.models import Listing
from apps.listings.selectors import pictures_by_product, row_of, submitted
from apps.listings.states import ListingState
from apps.ordering.models import VendorOrder
from apps.ordering.selectors import order_number_of
from apps.ordering.states import VendorOrderState
from apps.provenance.models import Certificate
from apps.provenance.selectors import claims
from apps.provenance.states import CertificateState
from apps.shop.catalogue.pictures import Picture
from apps.shop.order.models import Order
from apps.vendors.models import Vendor
from apps.vendors.selectors import applications
from apps.vendors.states import VendorState

# A decision is due within three days; later the queue says so.
DUE = dt.timedelta(days=3)
# The oldest cases fill a day's work; younger ones move up as these are decided.
QUEUE_SHOWN = 50
OPEN_STATES = (
    VendorOrderState.PENDING_PAYMENT,
    VendorOrderState.PLACED,
    VendorOrderState.ACCEPTED,
    VendorOrderState.PACKED,
    VendorOrderState.SHIPPED,
)
# Fewer digits would match half of all customers.
MIN_PHONE_DIGITS = 8


@dataclass(frozen=True)
class Case:
    """One thing that waits for a decision."""

    kind: str
    what: str
    title: str
    by: str
    since: dt.datetime
    url: str
    picture: Picture | None = None

    @property
    def late(self) -> bool:
        """True when it has waited longer than it should."""
        return now() - self.since > DUE

    @property
    def waited(self) -> str:
        """How long it has waited: days, or hours on the first day."""
        span = now() - self.since
        if span.days:
            return ngettext("%(n)d day", "%(n)d days", span.days) % {"n": span.days}
        hours = max(1, round(span.seconds / 3600))
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}


def waiting() -> list[Case]:
    """The cases that have waited longest, oldest first, at most QUEUE_SHOWN; `counts` tells how many there are."""
    cases = [*vendor_cases(), *listing_cases(), *certificate_cases()]
    return sorted(cases, key=lambda case: case.since)[:QUEUE_SHOWN]


def vendor_cases() -> list[Case]:
    """Applications to sell."""
    return [
        Case("vendor", _("New vendor"), v.name, v.get_producer_type_display(), v.applied_at, _url("vendor", v.pk))
        for v in applications()[:QUEUE_SHOWN]
    ]


def listing_cases() -> list[Case]:
    """Goods sent in for review."""
    return [
        Case(
            "listing",
            _("New product"),
            listing.product.title,
            listing.vendor.name,
            listing.submitted_at or listing.created_at,
            _url("listing", listing.pk),
            row_of(listing).picture,
        )
        for listing in submitted()[:QUEUE_SHOWN]
    ]


def certificate_cases() -> list[Case]:
    """Certificates that a vendor claims."""
    rows = list(claims()[:QUEUE_SHOWN])
    pictures = pictures_by_product(row.product_id for row in rows)
    return [
        Case(
            "certificate",
            _("Certificate"),
            row.product.title,
            row.vendor.name,
            row.claimed_at,
            _url("certificate", row.pk),
            pictures.get(row.product_id),
        )
        for row in rows
    ]


def _url(name: str, pk: int) -> str:
    return reverse(f"backoffice:{name}", args=[pk])


def counts() -> dict[str, int]:
    """Figures for the rail: what waits, by kind."""
    return {
        "vendors": Vendor.objects.filter(state=VendorState.APPLIED).count(),
        "listings": Listing.objects.filter(state=ListingState.SUBMITTED).count(),
        "certificates": Certificate.objects.filter(state=CertificateState.CLAIMED).count(),
    }


def vendors(text: str = "", state: str = "") -> QuerySet[Vendor]:
    """The register of vendors, by name; `text` looks at name, tax code, phone and e-mail."""
    rows = Vendor.objects.select_related("commune__province").annotate(
        goods=Count("listings", filter=Q(listings__state=ListingState.PUBLISHED))
    )
    if state in VendorState.values:
        rows = rows.filter(state=state)
    if text:
        found = Q(name__icontains=text) | Q(tax_code__startswith=text) | Q(email__iexact=text)
        if words := slugify(text):
            found |= Q(slug__contains=words)
        rows = rows.filter(_or_phone(found, "phone", text))
    return rows.order_by("name", "pk")


def orders(text: str = "") -> QuerySet[Order]:
    """Orders, the latest first; `text` is a number, that of a part, a phone, an address or a recipient's name."""
    rows = Order.objects.select_related("shipping_address", "user").prefetch_related("vendor_orders__vendor")
    if text:
        rows = rows.filter(_order_matches(nfc(text).strip()))
    return rows.order_by("-date_placed", "-pk")


def _order_matches(text: str) -> Q:
    # Not icontains: in SQLite it knows the case of ASCII letters only.
    name = Q(shipping_address__first_name__iregex=re.escape(text))
    found = name | Q(guest_email__iexact=text) | Q(user__email__iexact=text)
    parts = VendorOrder.objects.filter(number=normalise(text))
    found |= Q(number=order_number_of(text) or "") | Q(pk__in=parts.values("order"))
    return _or_phone(found, "guest_phone", text)


def _or_phone(found: Q, field: str, text: str) -> Q:
    phone = national_number(text)
    return found | Q(**{f"{field}__endswith": phone}) if len(phone) >= MIN_PHONE_DIGITS else found


def national_number(text: str) -> str:
    """The digits of a phone number without the leading 0 or 84."""
    digits = "".join(filter(str.isdigit, text))
    return digits.removeprefix("84").lstrip("0")


def history(order: Order, parts: Collection[str]) -> QuerySet[AuditEvent]:
    """Everything that happened to an order and its parts (ids of vendor orders), the latest first."""
    about = Q(object_type=Order._meta.label, object_id=str(order.pk)) | Q(
        object_type=VendorOrder._meta.label, object_id__in=parts
    )
    return AuditEvent.objects.filter(about).select_related("actor").order_by("-at", "-pk")


def fee_history() -> QuerySet[AuditEvent]:
    """Every change of commission rules and tax rates, the latest first."""
    labels = [model._meta.label for model in (CommissionRule, TaxTreatment)]
    return AuditEvent.objects.filter(object_type__in=labels).select_related("actor").order_by("-at", "-pk")


def suspension_effect(vendor: Vendor) -> dict[str, int]:
    """What a suspension would do now: goods that leave the shop, open orders that stay."""
    return {
        "goods": Listing.objects.filter(vendor=vendor, state=ListingState.PUBLISHED).count(),
        "orders": VendorOrder.objects.filter(vendor=vendor, state__in=OPEN_STATES).count(),
    }
