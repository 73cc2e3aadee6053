"""Writes of certificates: a vendor claims one, an admin checks it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from apps.jobs.services import enqueue, record
from apps.jobs.transitions import transition
from apps.kernel.actor import Actor
from apps.kernel.clock import now, today
from apps.kernel.errors import DomainError
from apps.kernel.vietnamese import nfc
from apps.provenance.models import Certificate
from apps.provenance.states import CERTIFICATE_TRANSITIONS, CertificateLevel, CertificateState
from apps.shop.catalogue.models import Product
from apps.vendors.models import Vendor
from apps.vendors.papers import UploadedPaper, stored

# 36 months from the date of the decision (Decision 148/QĐ-TTg).
VALID_YEARS = 3
STARS = (3, 4, 5)
# Five are given by the ministry, fewer by the province or, until July 2025, the district.
NATIONAL_STARS = 5


class BadCertificate(DomainError):
    """What is written about the certificate cannot be true; the message says which field."""


class CertificateNumberTaken(DomainError):
    """Another verified certificate has this number."""

    default_message = _("A verified certificate with this number is on another product.")


class ReasonMissing(DomainError):
    """A rejection needs words that the vendor can act on."""

    default_message = _("Write the reason; the vendor reads it.")


@dataclass(frozen=True, kw_only=True)
class CertificateData:
    """What the paper says: stars 3 to 5, numbers, who issued it to whom, and the day of the decision."""

    stars: int
    number: str
    decision_number: str
    issuer: str
    holder: str
    valid_from: dt.date
    level: str = CertificateLevel.PROVINCE
    scan: UploadedPaper | None = None


def valid_until_of(valid_from: dt.date) -> dt.date:
    """The last day of a certificate: 36 months after the decision; 29 February ends on the 28th."""
    year = valid_from.year + VALID_YEARS
    try:
        return valid_from.replace(year=year)
    except ValueError:
        return valid_from.replace(year=year, day=28)


def claim_certificate(*, vendor: Vendor, product: Product, actor: Actor, data: CertificateData) -> Certificate:
    """Write down a certificate that an admin will check; a claim that still waits is replaced.

    Raises BadCertificate, or BadPaper for the scan.
    """
    _check(data)
    scans: Sequence[UploadedPaper] = [data.scan] if data.scan else []
    with stored(scans, folder="certificates") as files, transaction.atomic():
        waiting = Certificate.objects.select_for_update().filter(
            vendor=vendor, product=product, state=CertificateState.CLAIMED
        )
        certificate = waiting.first() or Certificate(vendor=vendor, product=product)
        _write(certificate, data)
        if files:
            certificate.scan = files[0].path
        certificate.claimed_at = now()
        certificate.save()
        record(
            actor=actor,
            verb="certificate.claim",
            obj=certificate,
            after={"number": certificate.number, "stars": certificate.stars, "product": product.pk},
        )
    return certificate


@transaction.atomic
def verify_certificate(*, certificate: Certificate, actor: Actor, seen: dt.datetime | None = None) -> Certificate:
    """Confirm a certificate: its stars show from now on while it is valid; `seen` is the `claimed_at` that was read.

    Raises CertificateNumberTaken, or IllegalTransition when another claim has taken this one's place.
    """
    others = Certificate.objects.filter(number=certificate.number, state=CertificateState.VERIFIED)
    if others.exclude(pk=certificate.pk).exists():
        raise CertificateNumberTaken
    expect = {} if seen is None else {"claimed_at": seen}
    try:
        with transaction.atomic():
            return _decide(certificate, CertificateState.VERIFIED, actor, "", expect)
    except IntegrityError as problem:  # the same number was verified a moment ago
        raise CertificateNumberTaken from problem


@transaction.atomic
def reject_certificate(*, certificate: Certificate, actor: Actor, reason: str) -> Certificate:
    """Refuse a claim; the vendor reads the reason beside it. Raises ReasonMissing."""
    return _decide(certificate, CertificateState.REJECTED, actor, _given(reason))


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, actor: Actor, reason: str) -> Certificate:
    """Withdraw a verified certificate; its stars vanish at once. Raises ReasonMissing."""
    return _decide(certificate, CertificateState.REVOKED, actor, _given(reason))


def _decide(
    certificate: Certificate, to: str, actor: Actor, reason: str, expect: Mapping[str, object] | None = None
) -> Certificate:
    row = transition(
        certificate,
        to,
        table=CERTIFICATE_TRANSITIONS,
        actor=actor,
        reason=reason,
        expect=expect,
        state_reason=reason,
        decided_at=now(),
    )
    # Handlers tell by the moment whether this decision was told: the same one can fall again.
    at = now().isoformat()
    enqueue("certificate.decided", {"certificate_id": row.pk, "decision": to, "reason": reason, "at": at})
    return row


def _check(data: CertificateData) -> None:
    if data.stars not in STARS:
        raise BadCertificate(_("A certificate has 3, 4 or 5 stars."))
    if data.valid_from > today():
        raise BadCertificate(_("The day of the decision is in the future."))
    if data.stars == NATIONAL_STARS and data.level != CertificateLevel.NATIONAL:
        raise BadCertificate(_("Five stars are given by the ministry: choose the national level."))


def _write(certificate: Certificate, data: CertificateData) -> None:
    certificate.stars = data.stars
    certificate.number = nfc(data.number).strip()
    certificate.decision_number = nfc(data.decision_number).strip()
    certificate.issuer = nfc(data.issuer).strip()
    certificate.holder = nfc(data.holder).strip()
    certificate.level = data.level
    certificate.valid_from = data.valid_from
    certificate.valid_until = valid_until_of(data.valid_from)


def _given(reason: str) -> str:
    text = nfc(reason).strip()
    if not text:
        raise ReasonMissing
    return text
