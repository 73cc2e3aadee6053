"""States of a payment."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PaymentState(TextChoices):
    """Cash is open until the couriers have collected it."""

    OPEN = "open", _("Open")
    PAID = "paid", _("Paid")
    CANCELLED = "cancelled", _("Cancelled")


PAYMENT_TRANSITIONS: dict[str, frozenset[str]] = {
    PaymentState.OPEN: frozenset({PaymentState.PAID, PaymentState.CANCELLED}),
    PaymentState.PAID: frozenset(),
    PaymentState.CANCELLED: frozenset(),
}
