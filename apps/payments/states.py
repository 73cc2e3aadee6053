"""States of payments, refunds, bank transfers and disputes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PaymentState(TextChoices):
    """Whether the money of one payment is there."""

    OPEN = "open", _("Open")
    PAID = "paid", _("Paid")
    EXPIRED = "expired", _("Not paid in time")
    CANCELLED = "cancelled", _("Cancelled")


# Money may come after its time; what becomes of it then is for `receiving` to say.
PAYMENT_TRANSITIONS: dict[str, frozenset[str]] = {
    PaymentState.OPEN: frozenset({PaymentState.PAID, PaymentState.EXPIRED, PaymentState.CANCELLED}),
    PaymentState.PAID: frozenset(),
    PaymentState.EXPIRED: frozenset({PaymentState.PAID}),
    PaymentState.CANCELLED: frozenset({PaymentState.PAID}),
}


class CashHolder(TextChoices):
    """Who has the cash that was paid at the door."""

    NOBODY = "", _("Not collected")
    CARRIER = "carrier", _("The carrier")
    VENDOR = "vendor", _("The vendor")
    PLATFORM = "platform", _("The market")


class RefundState(TextChoices):
    """Whether the money is back with the shopper."""

    CLAIMED = "claimed", _("On its way back")
    PAID = "paid", _("Paid back")
    FAILED = "failed", _("Not possible")


REFUND_TRANSITIONS: dict[str, frozenset[str]] = {
    RefundState.CLAIMED: frozenset({RefundState.PAID, RefundState.FAILED}),
    RefundState.PAID: frozenset(),
    RefundState.FAILED: frozenset(),
}


class TransferState(TextChoices):
    """What became of money that came to the bank account."""

    NEW = "new", _("No order found")
    MATCHED = "matched", _("Belongs to an order")
    RETURN_DUE = "return_due", _("To be sent back")
    RETURNED = "returned", _("Sent back")


TRANSFER_TRANSITIONS: dict[str, frozenset[str]] = {
    TransferState.NEW: frozenset({TransferState.MATCHED, TransferState.RETURN_DUE}),
    TransferState.MATCHED: frozenset({TransferState.RETURN_DUE}),
    TransferState.RETURN_DUE: frozenset({TransferState.RETURNED}),
    TransferState.RETURNED: frozenset(),
}


class DisputeState(TextChoices):
    """How a cardholder's complaint to the bank stands."""

    OPEN = "open", _("Open")
    WON = "won", _("Won")
    LOST = "lost", _("Lost")


DISPUTE_TRANSITIONS: dict[str, frozenset[str]] = {
    DisputeState.OPEN: frozenset({DisputeState.WON, DisputeState.LOST}),
    DisputeState.WON: frozenset(),
    DisputeState.LOST: frozenset(),
}
