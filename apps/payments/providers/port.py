"""What the shop asks of a payment provider; everything else about one stays behind this."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from django_stubs_ext import StrOrPromise

from apps.kernel.money import Money
from apps.ledger.books import AccountKind
from apps.payments.models import Payment, Refund


class ProviderAway(Exception):
    """The provider cannot be reached or does not answer in time; what it did is unknown."""


class Standing(Enum):
    """What a provider knows of a payment."""

    WAITING = "waiting"
    PAID = "paid"
    CLOSED = "closed"  # not paid, and it cannot be paid any more


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a payment stands at the provider; a paid one has its charge, and the provider's fee if that is known."""

    standing: Standing
    charge: str = ""
    fee: Money | None = None


class SentBack(Enum):
    """What a provider did about a refund."""

    DONE = "done"
    WAITING = "waiting"  # a notice will come
    BY_HAND = "by_hand"  # somebody has to make a bank transfer
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Returned:
    """The answer to a refund, with the provider's name for it."""

    what: SentBack
    reference: str = ""


class Provider(Protocol):
    """One way to pay. The methods go over the network and raise ProviderAway; no transaction is open around them."""

    code: str
    # Whether the order waits until the money is there.
    prepaid: bool
    # Where the money lies that it brings, and where that for refunds is taken from.
    account: AccountKind
    refund_account: AccountKind

    @property
    def label(self) -> StrOrPromise:
        """Its name for shoppers."""

    def takes(self, amount: Money) -> bool:
        """Whether it is set up and lets such an amount through."""

    def begin(self, payment: Payment) -> tuple[str, str]:
        """The provider's name for the payment, and the address where it is paid; both empty for a page of ours."""

    def ask(self, payment: Payment) -> Outcome:
        """How it stands."""

    def close(self, payment: Payment) -> Outcome:
        """See to it that it cannot be paid any more, unless it is."""

    def send_back(self, refund: Refund) -> Returned:
        """Give money back to the shopper, once however often it is asked for."""
