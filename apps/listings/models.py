"""A vendor's offer of a product and where it stands in review."""

from django.db import models
from django.db.models import Q

from apps.kernel.clock import now
from apps.listings.states import ListingState
from apps.shop.catalogue.models import Product
from apps.vendors.models import Vendor


class Listing(models.Model):
    """A product of one vendor, from draft to published."""

    product = models.OneToOneField(Product, on_delete=models.PROTECT, related_name="listing")
    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="listings")
    state = models.CharField(max_length=16, choices=ListingState, default=ListingState.DRAFT)
    state_reason = models.TextField(blank=True)
    created_at = models.DateTimeField(default=now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(state__in=ListingState.values), name="listing_state_known"),)
        indexes = (
            models.Index(fields=["state", "submitted_at"], name="listing_queue"),
            models.Index(fields=["vendor", "state"], name="listing_of_vendor"),
        )

    def __str__(self) -> str:
        return str(self.product)
