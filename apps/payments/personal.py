"""Payments hold no personal data."""

from apps.accounts.personal_data import exempt
from apps.payments.models import Payment

exempt("provider, amount and state of a payment; it names nobody", Payment)
