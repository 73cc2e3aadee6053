"""Bank transfers that people make with the bank's own pages, from the file of a run."""

from apps.ledger.books import AccountKind
from apps.payouts.models import Payout
from apps.payouts.providers.port import Answer, Standing


class BankTransfers:
    """See `PayoutProvider`."""

    code = "bank"
    by_hand = True
    account = AccountKind.BANK

    def send(self, payout: Payout) -> Answer:
        """See `PayoutProvider`: it is in the file."""
        return Answer(Standing.WAITING)

    def ask(self, payout: Payout) -> Answer:
        """See `PayoutProvider`: nobody knows more than the row."""
        return Answer(Standing.WAITING)
