"""The ways to pay vendors out, by their codes."""

from typing import Final

from apps.payouts.providers.bank import BankTransfers
from apps.payouts.providers.port import PayoutProvider

BANK: Final = BankTransfers()
PROVIDERS: Final[dict[str, PayoutProvider]] = {BANK.code: BANK}


def provider_of(code: str) -> PayoutProvider:
    """The provider with this code; raises KeyError for an unknown one."""
    return PROVIDERS[code]
