"""Addresses of shoppers: recipient in one field, commune instead of district and postcode."""

import hashlib

from django.db import models
from oscar.apps.address.abstract_models import AbstractUserAddress

from apps.places.models import Commune


class UserAddress(AbstractUserAddress):
    """A saved address; `first_name` holds the whole name, `line1` the house number and street."""

    POSTCODE_REQUIRED = False
    # Oscar's pattern for VN asks for six digits; Vietnam has five and nobody writes them.
    POSTCODES_REGEX = {}

    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, related_name="+")

    def generate_hash(self) -> str:
        """Person and place: Oscar's own sum leaves out the commune, so every "Xóm 5" would be one address."""
        words = (self.first_name, str(self.phone_number), self.commune_id, self.line1)
        return hashlib.sha256("\n".join(words).casefold().encode()).hexdigest()


from oscar.apps.address.models import *  # type: ignore[assignment]  # Oscar skips what we declared above; mypy cannot see that
