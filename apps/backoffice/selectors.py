"""What admins read: the queue of cases, any order with its history, the register of vendors."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.jobs.models import AuditEvent
from apps.kernel.clock import now
from apps.kernel.ids import normalise
from apps.kernel.vietnamese import fold
from apps.listings.models import Listing
from apps.listings.states import ListingState
from apps.ordering.models import VendorOrder
from apps.provenance.models import Certificate
from apps.provenance.states import CertificateState
from apps.shop.order.models import Order
from apps.vendors.models import Vendor
from apps.vendors.states import VendorState

# A decision is due within three days; later the queue says so.
DUE = dt.timedelta(days=3)
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

    @property
    def late(self) -> bool:
        """True when it has waited longer than it should."""
        return now() - self.since > DUE


def waiting() -> list[Case]:
    """All cases, oldest first."""
    return sorted([*vendor_cases(), *listing_cases(), *certificate_cases()], key=lambda case: case.since)


def vendor_cases() -> list[Case]:
    """Applications to sell."""
    rows = Vendor.objects.filter(state=VendorState.APPLIED).order_by("applied_at")
    return [
        Case("vendor", _("New vendor"), v.name, v.get_producer_type_display(), v.applied_at, _url("vendor", v.pk))
        for v in rows
    ]


def listing_cases() -> list[Case]:
    """Goods sent in for review."""
    rows = Listing.objects.filter(state=ListingState.SUBMITTED).select_related("product", "vendor")
    return [
        Case(
            "listing",
            _("New product"),
            x.product.title,
            x.vendor.name,
            x.submitted_at or x.created_at,
            _url("listing", x.pk),
        )
        for x in rows.order_by("submitted_at")
    ]


def certificate_cases() -> list[Case]:
    """Certificates that a vendor claims."""
    rows = Certificate.objects.filter(state=CertificateState.CLAIMED).select_related("product", "vendor")
    return [
        Case("certificate", _("Certificate"), c.product.title, c.vendor.name, c.claimed_at, _url("certificate", c.pk))
        for c in rows.order_by("claimed_at")
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
        rows = rows.filter(
            Q(name__icontains=text)
            | Q(slug__contains=fold(text).replace(" ", "-"))
            | Q(tax_code__startswith=text)
            | Q(phone__endswith=national_number(text) or text)
            | Q(email__iexact=text)
        )
    return rows.order_by("name", "pk")


def orders(text: str = "") -> QuerySet[Order]:
    """Orders, the latest first; `text` is a number, a vendor order's number, a phone, an address or a name."""
    rows = Order.objects.select_related("shipping_address", "user").prefetch_related("vendor_orders__vendor")
    if text:
        rows = rows.filter(_order_matches(text.strip())).distinct()
    return rows.order_by("-date_placed")


def _order_matches(text: str) -> Q:
    found = (
        Q(number=normalise(text))
        | Q(vendor_orders__number__iexact=text)
        | Q(guest_email__iexact=text)
        | Q(user__email__iexact=text)
        | Q(shipping_address__first_name__icontains=text)
    )
    phone = national_number(text)
    return found | Q(guest_phone__endswith=phone) if len(phone) >= MIN_PHONE_DIGITS else found


def national_number(text: str) -> str:
    """The digits of a phone number without the leading 0 or 84."""
    digits = "".join(filter(str.isdigit, text))
    return digits.removeprefix("84").lstrip("0")


def history(order: Order) -> QuerySet[AuditEvent]:
    """Everything that happened to an order and its parts, the latest first."""
    parts = [str(pk) for pk in VendorOrder.objects.filter(order=order).values_list("pk", flat=True)]
    about = Q(object_type=Order._meta.label, object_id=str(order.pk)) | Q(
        object_type=VendorOrder._meta.label, object_id__in=parts
    )
    return AuditEvent.objects.filter(about).select_related("actor").order_by("-at", "-pk")


def suspension_effect(vendor: Vendor) -> dict[str, int]:
    """What a suspension would do now: goods that leave the shop, open orders that stay."""
    open_states = ("pending_payment", "placed", "accepted", "packed", "shipped")
    return {
        "goods": Listing.objects.filter(vendor=vendor, state=ListingState.PUBLISHED).count(),
        "orders": VendorOrder.objects.filter(vendor=vendor, state__in=open_states).count(),
    }
