"""Reads of certificates: stars come from here and from nowhere else."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from apps.kernel.clock import today
from apps.provenance.models import Certificate
from apps.provenance.states import CertificateState
from apps.vendors.models import Vendor
from apps.vendors.scoping import for_vendor

# From this many days before the end on, the vendor is told to have the product rated again.
WARN_DAYS = 90


def valid_certificates(product_ids: Iterable[int]) -> dict[int, Certificate]:
    """The certificate that holds today for each product, the one with most stars when there are several; one query."""
    found = Certificate.objects.valid_on(today()).filter(product_id__in=list(product_ids))
    # The last one of a product wins the place in the dictionary.
    return {certificate.product_id: certificate for certificate in found.order_by("stars", "valid_until", "pk")}


def claims() -> QuerySet[Certificate]:
    """Claims that wait for a check, the oldest first."""
    waiting = Certificate.objects.filter(state=CertificateState.CLAIMED).select_related("product", "vendor")
    return waiting.order_by("claimed_at", "pk")


def certificates_of(*, vendor: Vendor, product_id: int | None = None) -> QuerySet[Certificate]:
    """A vendor's certificates, of one product or of all, the latest claim first."""
    mine = for_vendor(Certificate.objects.all(), vendor=vendor).select_related("product")
    if product_id is not None:
        mine = mine.filter(product_id=product_id)
    return mine.order_by("-claimed_at", "-pk")


def certificate_of(*, vendor: Vendor, certificate_id: int) -> Certificate:
    """One certificate of this vendor; raises Certificate.DoesNotExist."""
    return certificates_of(vendor=vendor).get(pk=certificate_id)


def expiring(*, vendor: Vendor, limit: int = 3) -> list[Certificate]:
    """A vendor's valid certificates that end within 90 days, the nearest end first."""
    day = today()
    mine = for_vendor(Certificate.objects.valid_on(day), vendor=vendor).select_related("product")
    return list(mine.filter(valid_until__lte=day + dt.timedelta(days=WARN_DAYS)).order_by("valid_until", "pk")[:limit])
