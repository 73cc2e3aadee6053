"""Cash on delivery: the courier collects it."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.kernel.money import Money, dong
from apps.ledger.books import AccountKind
from apps.payments.providers.by_hand import ByHand

# What the carriers collect at most (GHN, cod_amount, integration guide of 2026-01).
MOST: Final = dong(50_000_000)


class Cash(ByHand):
    """See `Provider`."""

    code = "cod"
    label = _("Cash on delivery")
    prepaid = False
    account = AccountKind.CARRIER_CASH
    refund_account = AccountKind.BANK

    def takes(self, amount: Money) -> bool:
        """See `Provider`."""
        return amount <= MOST
