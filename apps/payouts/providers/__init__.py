"""The ways to pay vendors out, by their codes."""

from typing import Final

from apps.payouts.providers.bank import BankTransfers
from apps.payouts.providers.port import PayoutProvider
from apps.payouts.providers.stripe import StripeTransfers

BANK: Final = BankTransfers()
STRIPE: Final = StripeTransfers()
PROVIDERS: Final[dict[str, PayoutProvider]] = {provider.code: provider for provider in (BANK, STRIPE)}


def provider_of(code: str) -> PayoutProvider:
    """The provider with this code; raises KeyError for an unknown one."""
    return PROVIDERS[code]
