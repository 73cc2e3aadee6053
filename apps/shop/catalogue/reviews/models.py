"""Reviews by shoppers who bought the product, with the vendor's reply."""

from django.db import models
from oscar.apps.catalogue.reviews.abstract_models import AbstractProductReview


class ProductReview(AbstractProductReview):
    """A score from 1 to 5 with words; `is_verified` marks a purchase through this shop."""

    is_verified = models.BooleanField(default=False)
    vendor_reply = models.TextField(blank=True)
    vendor_replied_at = models.DateTimeField(null=True, blank=True)

    def get_absolute_url(self) -> str:
        """The product's page: reviews have no page of their own."""
        return str(self.product.get_absolute_url()) if self.product else ""


from oscar.apps.catalogue.reviews.models import *  # type: ignore[assignment]  # Oscar skips what we declared above; mypy cannot see that
