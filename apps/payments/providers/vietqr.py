"""Bank transfer by VietQR to the market's account; the bank's notice or statement says that it came."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from apps.kernel.money import Money
from apps.ledger.books import AccountKind
from apps.payments.providers.by_hand import ByHand


class VietQR(ByHand):
    """See `Provider`."""

    code = "vietqr"
    label = _("Bank transfer with VietQR")
    prepaid = True
    account = AccountKind.UNMATCHED
    refund_account = AccountKind.BANK

    def takes(self, amount: Money) -> bool:
        """See `Provider`: any amount, once the account is set."""
        return bool(settings.VIETQR_ACCOUNT_NUMBER)
