"""Orders as the shopper sees them; what a vendor fulfils is a vendor order in `ordering`."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.address.abstract_models import AbstractShippingAddress
from oscar.apps.order.abstract_models import AbstractOrder

from apps.places.models import Commune


class ShippingAddress(AbstractShippingAddress):
    """Where an order goes; `first_name` holds the recipient's whole name."""

    POSTCODE_REQUIRED = False
    POSTCODES_REGEX = {}

    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, related_name="+")


class Order(AbstractOrder):
    """What one shopper bought in one checkout; its status is derived from its vendor orders."""

    guest_phone = models.CharField(_("Phone"), max_length=16, blank=True, db_index=True)
    gift_message = models.TextField(_("Gift message"), blank=True)
    language = models.CharField(max_length=5, default="vi")

    @property
    def contact_email(self) -> str:
        """Where mails about the order go: the address given with it, else the account's; empty for some guests."""
        if self.guest_email or self.user is None:
            return str(self.guest_email)
        return "" if self.user.erased_at else str(self.user.email)


from oscar.apps.order.models import *  # type: ignore[assignment]  # Oscar skips what we declared above; mypy cannot see that
