"""Certificates: the only source of stars."""

import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.private_files import private_storage
from apps.kernel.clock import now, today
from apps.provenance.states import CertificateLevel, CertificateState
from apps.shop.catalogue.models import Product
from apps.vendors.models import Vendor


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Narrowing by what holds on a day."""

    def valid_on(self, day: dt.date) -> "CertificateQuerySet":
        """Verified and within its dates."""
        return self.filter(state=CertificateState.VERIFIED, valid_from__lte=day, valid_until__gte=day)


class Certificate(models.Model):
    """An OCOP recognition of one product: 3 to 5 stars for 36 months from the decision (Decision 148/QĐ-TTg)."""

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="certificates")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="certificates")
    stars = models.PositiveSmallIntegerField(_("Stars"), validators=[MinValueValidator(3), MaxValueValidator(5)])
    number = models.CharField(_("Certificate number"), max_length=40)
    decision_number = models.CharField(_("Decision number"), max_length=60)
    issuer = models.CharField(_("Issued by"), max_length=160)
    level = models.CharField(max_length=10, choices=CertificateLevel, default=CertificateLevel.PROVINCE)
    holder = models.CharField(_("Holder"), max_length=160)
    valid_from = models.DateField(_("Valid from"))
    valid_until = models.DateField(_("Valid until"))
    scan = models.FileField(storage=private_storage, upload_to="certificates/%Y/%m/", blank=True)
    state = models.CharField(max_length=16, choices=CertificateState, default=CertificateState.CLAIMED)
    state_reason = models.TextField(blank=True)
    claimed_at = models.DateTimeField(default=now)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=CertificateState.values), name="certificate_state_known"),
            models.CheckConstraint(condition=Q(stars__gte=3, stars__lte=5), name="certificate_stars_3_to_5"),
            models.CheckConstraint(condition=Q(valid_until__gt=F("valid_from")), name="certificate_dates_in_order"),
            models.UniqueConstraint(fields=["number"], condition=Q(state="verified"), name="certificate_number_once"),
        )
        indexes = (
            models.Index(fields=["product", "valid_until"], name="certificate_of_product"),
            models.Index(fields=["-valid_from"], condition=Q(state="verified"), name="certificate_newest"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def is_valid_today(self) -> bool:
        """True while the badge may be shown."""
        return self.state == CertificateState.VERIFIED and self.valid_from <= today() <= self.valid_until

    @property
    def is_expired(self) -> bool:
        """True for a verified certificate whose 36 months are over."""
        return self.state == CertificateState.VERIFIED and today() > self.valid_until
