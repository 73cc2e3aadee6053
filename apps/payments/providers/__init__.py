"""The ways to pay, by their codes."""

from typing import Final

from apps.kernel.money import Money
from apps.payments.providers.by_hand import ByHand
from apps.payments.providers.cod import Cash
from apps.payments.providers.port import Provider
from apps.payments.providers.stripe import Stripe
from apps.payments.providers.vietqr import VietQR

_ALL: Final[dict[str, Provider]] = {provider.code: provider for provider in (VietQR(), Stripe(), Cash())}


def provider_of(code: str) -> Provider:
    """The provider with this code; raises KeyError for an unknown one."""
    return _ALL[code]


def offered(amount: Money, *, cash: bool = True) -> list[Provider]:
    """The ways in which an amount can be paid here and now; without cash where the goods forbid it."""
    return [provider for provider in _ALL.values() if provider.takes(amount) and (cash or provider.code != Cash.code)]


def by_hand_codes() -> list[str]:
    """The ways to pay whose refunds are bank transfers that somebody makes."""
    return [provider.code for provider in _ALL.values() if isinstance(provider, ByHand)]
