"""The chart of accounts, and what kinds of entries there are: debits count up, credits down."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.kernel.money import Money


class AccountKind(TextChoices):
    """What an account stands for. A claim or a cost is above zero, a debt or an income below."""

    STRIPE = "stripe", _("Money at Stripe")
    BANK = "bank", _("The market's bank account")
    CARRIER_CASH = "carrier_cash", _("Cash that carriers have collected")
    VENDOR_CASH = "vendor_cash", _("Cash that a vendor has collected")
    UNMATCHED = "unmatched", _("Money that came without a known order")
    SHOPPERS = "shoppers", _("Paid by shoppers, not delivered yet")
    REFUNDING = "refunding", _("On the way back to shoppers")
    DISPUTED = "disputed", _("Held back by a card dispute")
    PENDING = "pending", _("A vendor's earnings that are still held")
    PAYABLE = "payable", _("A vendor's earnings that are due")
    IN_TRANSIT = "in_transit", _("On the way to a vendor")
    COMMISSION = "commission", _("Commission")
    COMMISSION_VAT = "commission_vat", _("VAT on commission")
    TAX_VAT = "tax_vat", _("VAT withheld from vendors")
    TAX_PIT = "tax_pit", _("Income tax withheld from vendors")
    PROMOTIONS = "promotions", _("Discounts that the market pays")
    PROVIDER_FEES = "provider_fees", _("Fees of payment providers")
    LOSSES = "losses", _("Losses that the market bears")


PER_VENDOR = frozenset({AccountKind.VENDOR_CASH, AccountKind.PENDING, AccountKind.PAYABLE, AccountKind.IN_TRANSIT})


class EntryKind(TextChoices):
    """What moved the money."""

    CAPTURED = "captured", _("Payment received")
    CASH_COLLECTED = "cash_collected", _("Cash collected at the door")
    CASH_REMITTED = "cash_remitted", _("Cash handed over by the carrier")
    ARRIVED = "arrived", _("Bank transfer received")
    RETURNED = "returned", _("Bank transfer sent back")
    EARNED = "earned", _("Sold and delivered")
    RELEASED = "released", _("Days for returns are over")
    HELD = "held", _("Held back again")
    CASH_KEPT = "cash_kept", _("Cash that the vendor holds, set off")
    REFUND_CLAIMED = "refund_claimed", _("Refund decided")
    REFUND_PAID = "refund_paid", _("Refund paid")
    REFUND_FAILED = "refund_failed", _("Refund not carried out")
    PAYOUT_CLAIMED = "payout_claimed", _("Payout prepared")
    PAYOUT_PAID = "payout_paid", _("Payout paid")
    PAYOUT_DROPPED = "payout_dropped", _("Payout dropped")
    TRANSFER_REVERSED = "transfer_reversed", _("Transfer taken back from a vendor")
    FEE = "fee", _("Fee of the payment provider")
    DISPUTE_OPENED = "dispute_opened", _("Card dispute opened")
    DISPUTE_WON = "dispute_won", _("Card dispute won")
    DISPUTE_LOST = "dispute_lost", _("Card dispute lost")
    CORRECTED = "corrected", _("Correction")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a new entry: a debit (above zero) or a credit (below) on an account; nothing is allowed."""

    account: AccountKind
    amount: Money
    vendor_id: int | None = None

    def __post_init__(self) -> None:
        if (self.vendor_id is not None) != (self.account in PER_VENDOR):
            raise ValueError(f"an account of {self.account} belongs to a vendor or to nobody: {self!r}")

    @property
    def code(self) -> str:
        """The account's code: `bank`, or `payable:12` for a vendor's."""
        return self.account.value if self.vendor_id is None else f"{self.account.value}:{self.vendor_id}"


def debit(account: AccountKind, amount: Money, vendor_id: int | None = None) -> Line:
    """A line that adds to what is claimed or spent."""
    return Line(account, amount, vendor_id)


def credit(account: AccountKind, amount: Money, vendor_id: int | None = None) -> Line:
    """A line that adds to what is owed or earned."""
    return Line(account, -amount, vendor_id)
