"""States of a vendor order, the steps between them and what they make of the whole order."""

from collections.abc import Iterable
from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PayWhen(Enum):
    """When an order is paid."""

    FIRST = "first"  # nothing is prepared before the money is there
    AT_DOOR = "at_door"
    NOTHING = "nothing"  # discounts cover it all


class VendorOrderState(TextChoices):
    """Where one vendor's part of an order stands."""

    PENDING_PAYMENT = "pending_payment", _("Waiting for payment")
    PLACED = "placed", _("Waiting for the vendor")
    ACCEPTED = "accepted", _("Being prepared")
    PACKED = "packed", _("Waiting for the carrier")
    SHIPPED = "shipped", _("On its way")
    DELIVERED = "delivered", _("Delivered")
    COMPLETED = "completed", _("Completed")
    CANCELLED = "cancelled", _("Cancelled")
    RETURNED = "returned", _("Returned")


_S = VendorOrderState
VENDOR_ORDER_TRANSITIONS: dict[str, frozenset[str]] = {
    _S.PENDING_PAYMENT: frozenset({_S.PLACED, _S.CANCELLED}),
    _S.PLACED: frozenset({_S.ACCEPTED, _S.CANCELLED}),
    _S.ACCEPTED: frozenset({_S.PACKED, _S.CANCELLED}),
    _S.PACKED: frozenset({_S.SHIPPED, _S.CANCELLED}),
    _S.SHIPPED: frozenset({_S.DELIVERED, _S.RETURNED}),
    _S.DELIVERED: frozenset({_S.COMPLETED, _S.RETURNED}),
    _S.COMPLETED: frozenset(),
    _S.CANCELLED: frozenset(),
    _S.RETURNED: frozenset(),
}

# An order that waits for its payment is paid or dropped as a whole; afterwards each part may be taken back.
PART_CANCELS: dict[str, frozenset[str]] = {
    state: frozenset({_S.CANCELLED}) for state in (_S.PLACED, _S.ACCEPTED, _S.PACKED)
}
# A shopper may do so only until the vendor has confirmed it.
SHOPPER_CANCELS_PART: dict[str, frozenset[str]] = {_S.PLACED: frozenset({_S.CANCELLED})}
SHOPPER_CANCELS: dict[str, frozenset[str]] = {_S.PENDING_PAYMENT: frozenset({_S.CANCELLED}), **SHOPPER_CANCELS_PART}

# Money that came after its time brings an order back that was cancelled for want of it; nothing else does.
REVIVES: dict[str, frozenset[str]] = {_S.CANCELLED: frozenset({_S.PLACED})}

# Progress of an order is that of its slowest live part.
_PROGRESS = (_S.PENDING_PAYMENT, _S.PLACED, _S.ACCEPTED, _S.PACKED, _S.SHIPPED, _S.DELIVERED, _S.COMPLETED)


def order_status(parts: Iterable[str]) -> str:
    """Status of the whole order: its slowest part that is neither cancelled nor returned."""
    states = set(parts)
    live = [state for state in _PROGRESS if state in states]
    if live:
        return str(live[0])
    return str(_S.RETURNED if _S.RETURNED in states else _S.CANCELLED)
