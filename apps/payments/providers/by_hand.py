"""What providers have in common that cannot be asked anything: people and bank statements say what happened."""

from apps.payments.models import Payment, Refund
from apps.payments.providers.port import Outcome, Returned, SentBack, Standing


class ByHand:
    """No server to ask; refunds are bank transfers that somebody makes and confirms."""

    def begin(self, payment: Payment) -> tuple[str, str]:
        """See `Provider`: the page is ours."""
        return "", ""

    def ask(self, payment: Payment) -> Outcome:
        """See `Provider`: nobody knows more than the row."""
        return Outcome(Standing.WAITING)

    def close(self, payment: Payment) -> Outcome:
        """See `Provider`: money may still come, and is seen to then."""
        return Outcome(Standing.CLOSED)

    def send_back(self, refund: Refund) -> Returned:
        """See `Provider`."""
        return Returned(SentBack.BY_HAND)
