"""Vendors, their members and the papers they applied with."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.accounts.private_files import private_storage
from apps.kernel.clock import now
from apps.places.models import Commune
from apps.shop.partner.models import Partner
from apps.vendors.states import ProducerType, Role, VendorState


class Vendor(models.Model):
    """A seller with a legal identity, one-to-one with Oscar's partner."""

    partner = models.OneToOneField(Partner, on_delete=models.PROTECT, related_name="vendor")
    name = models.CharField(_("Name"), max_length=160)
    slug = models.SlugField(max_length=160, unique=True)
    producer_type = models.CharField(_("Producer type"), max_length=20, choices=ProducerType)
    tax_code = models.CharField(_("Tax code"), max_length=14)
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, related_name="vendors", verbose_name=_("Commune"))
    street = models.CharField(_("House number, street, hamlet"), max_length=200, blank=True)
    phone = models.CharField(_("Phone"), max_length=16)
    email = models.EmailField(_("E-mail"))
    about = models.TextField(_("About the producer"), blank=True)
    language = models.CharField(max_length=5, default="vi")
    state = models.CharField(max_length=16, choices=VendorState, default=VendorState.APPLIED)
    state_reason = models.TextField(blank=True)
    applied_at = models.DateTimeField(default=now)
    decided_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=VendorState.values), name="vendor_state_known"),
            models.UniqueConstraint(fields=["tax_code"], condition=~Q(state="rejected"), name="vendor_tax_code_once"),
        )
        indexes = (models.Index(fields=["state", "applied_at"], name="vendor_queue"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """`/nha-ban/<slug>/`, stable."""
        return reverse("storefront:vendor", kwargs={"slug": self.slug})


class Membership(models.Model):
    """A person's role in a vendor."""

    vendor = models.ForeignKey(Vendor, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["vendor", "user"], name="membership_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        )

    def __str__(self) -> str:
        return f"{self.user} / {self.vendor}"


class VendorPaper(models.Model):
    """A paper uploaded with an application; private, served to admins and its own vendor only."""

    vendor = models.ForeignKey(Vendor, on_delete=models.CASCADE, related_name="papers")
    name = models.CharField(max_length=160)
    file = models.FileField(storage=private_storage, upload_to="papers/%Y/%m/")
    content_type = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.name
