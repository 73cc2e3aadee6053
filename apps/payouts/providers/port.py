"""What payouts ask of whoever carries them out; everything else about one stays behind this."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from apps.ledger.books import AccountKind
from apps.payouts.models import Payout


class Standing(Enum):
    """What a provider says of a payout."""

    DONE = "done"
    WAITING = "waiting"  # it has taken the payout on; people, or a later question, tell how it ends
    REFUSED = "refused"
    UNKNOWN = "unknown"  # it has never heard of the key


@dataclass(frozen=True, slots=True)
class Answer:
    """How a payout stands, the provider's name for it, and why it was refused; whether the vendor's account is why."""

    standing: Standing
    reference: str = ""
    reason: str = ""
    account_is_bad: bool = False


class PayoutProvider(Protocol):
    """One way to pay vendors out. The methods go over the network, with no transaction open.

    What is not known raises the ProviderAway of payments.
    """

    code: str
    # People carry it out with the bank's file and say how it ended; nobody is asked.
    by_hand: bool
    # Where the money is taken from.
    account: AccountKind

    def send(self, payout: Payout) -> Answer:
        """Pay, once however often it is asked with the payout's key; never answers UNKNOWN."""

    def ask(self, payout: Payout) -> Answer:
        """How the payout with this key stands."""
