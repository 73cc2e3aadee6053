"""Paying by bank transfer as shoppers do it: the code to scan, the account beside it, what has come and is missing."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from apps.kernel.clock import now
from apps.kernel.money import Money, dong
from apps.payments.banks import BANKS
from apps.payments.models import Payment
from apps.payments.selectors import has_come
from apps.payments.transfer_content import content_of
from apps.payments.vietqr_code import payload, png, svg


@dataclass(frozen=True, slots=True)
class TransferStep:
    """One payment by transfer; once a part has come, the code asks for the rest."""

    payment: Payment
    came: int

    @property
    def missing(self) -> Money:
        """What is still to be sent."""
        return dong(self.payment.amount - self.came)

    @property
    def content(self) -> str:
        """What the transfer has to say."""
        return content_of(self.payment.order.number)

    @property
    def bank(self) -> str:
        """The name of the market's bank."""
        return BANKS[settings.VIETQR_BANK_BIN].name

    @property
    def account(self) -> str:
        """The number of the market's account."""
        return str(settings.VIETQR_ACCOUNT_NUMBER)

    @property
    def holder(self) -> str:
        """Whose account it is, as banking apps show it."""
        return str(settings.VIETQR_ACCOUNT_NAME)

    @property
    def seconds_left(self) -> int:
        """How long the goods are still reserved."""
        until = self.payment.expires_at
        return max(0, int((until - now()).total_seconds())) if until else 0

    @property
    def minutes_left(self) -> int:
        """The same in minutes, a begun one counted."""
        return -(-self.seconds_left // 60)

    def drawing(self) -> SafeString:
        """The code as SVG: made here of digits and our own settings, so it is safe."""
        return mark_safe(svg(self._payload()))

    def picture(self) -> bytes:
        """The code as PNG, to be saved."""
        return png(self._payload())

    def test_bank(self, back: str) -> str:
        """Where the demo pays with invented money; empty without its bank. `back` leads back to the shop."""
        given = {"amount": self.missing.amount, "content": self.content, "back": back}
        return f"{settings.TEST_BANK_URL}/?{urlencode(given)}" if settings.TEST_BANK_URL else ""

    def _payload(self) -> str:
        return payload(
            bank_bin=settings.VIETQR_BANK_BIN, account=self.account, amount=self.missing, purpose=self.content
        )


def transfer_step(payment: Payment) -> TransferStep:
    """What the shopper sees of a payment by transfer that is open; one query."""
    return TransferStep(payment, has_come(payment))
