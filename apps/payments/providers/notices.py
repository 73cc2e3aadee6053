"""What a provider tells by itself: a notice is only a hint to ask about an object."""

import datetime as dt
from dataclasses import dataclass

from apps.kernel.money import Money
from apps.payments.states import DisputeState


class BadNotice(Exception):
    """Nobody we know has signed it, it is too old, or it says nothing that we understand."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One event by its own id: what kind, about which object, of which connected account if not the market's."""

    event_id: str
    kind: str
    object_id: str
    account: str
    happened_at: dt.datetime


@dataclass(frozen=True, slots=True)
class DisputeTold:
    """A dispute as the provider knows it now; `payment_id` is that of our payment, 0 for none of ours."""

    reference: str
    payment_id: int
    amount: Money
    reason: str
    state: DisputeState
    fee: Money
    answer_by: dt.datetime | None
