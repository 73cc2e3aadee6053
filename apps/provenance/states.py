"""States and levels of an OCOP certificate."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CertificateState(TextChoices):
    """Claimed by a vendor, then checked; expiry follows from the date and is no state."""

    CLAIMED = "claimed", _("Waiting for a check")
    VERIFIED = "verified", _("Verified")
    REJECTED = "rejected", _("Rejected")
    REVOKED = "revoked", _("Revoked")


CERTIFICATE_TRANSITIONS: dict[str, frozenset[str]] = {
    CertificateState.CLAIMED: frozenset({CertificateState.VERIFIED, CertificateState.REJECTED}),
    CertificateState.VERIFIED: frozenset({CertificateState.REVOKED}),
    CertificateState.REJECTED: frozenset({CertificateState.CLAIMED}),
    CertificateState.REVOKED: frozenset(),
}


class CertificateLevel(TextChoices):
    """Who issued it: districts did until Decision 1489/QĐ-TTg of 2025-07-06."""

    DISTRICT = "district", _("District")
    PROVINCE = "province", _("Province")
    NATIONAL = "national", _("National")
