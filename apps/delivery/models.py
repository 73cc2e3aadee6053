"""Carriers and what they charge by zone and weight."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Zone(models.TextChoices):
    """How far a parcel goes."""

    INTRA_PROVINCE = "intra_province", _("Within the province")
    INTRA_REGION = "intra_region", _("Within the region")
    INTER_REGION = "inter_region", _("Between regions")


class Carrier(models.Model):
    """A delivery company that vendors hand parcels to."""

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    # "{number}" stands for the tracking number; empty when the carrier has no public page.
    tracking_url = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    # No company: the vendor brings its parcels itself, and has the cash that is paid at the door.
    is_vendor = models.BooleanField(default=False, db_default=False)

    def __str__(self) -> str:
        return self.name


class Tariff(models.Model):
    """Fee of a zone: a first half kilogram and each further half, in dong, VAT included."""

    zone = models.CharField(max_length=16, choices=Zone, unique=True)
    first_amount = models.PositiveIntegerField()
    step_amount = models.PositiveIntegerField()
    remote_amount = models.PositiveIntegerField(default=0)
    min_days = models.PositiveSmallIntegerField()
    max_days = models.PositiveSmallIntegerField()
    remote_days = models.PositiveSmallIntegerField(default=0)
    # Chilled goods cost this many per cent of the plain fee.
    chilled_percent = models.PositiveSmallIntegerField(default=160)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(zone__in=Zone.values), name="tariff_zone_known"),
            models.CheckConstraint(condition=Q(max_days__gte=models.F("min_days")), name="tariff_days_in_order"),
        )

    def __str__(self) -> str:
        return self.zone
