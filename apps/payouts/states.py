"""States of bank accounts, payout runs and payouts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BankAccountState(TextChoices):
    """Whether a vendor's bank account may be paid to; a confirmed one also waits until its hold is over."""

    PROPOSED = "proposed", _("Waits for the link in the e-mail")
    CONFIRMED = "confirmed", _("Confirmed")
    BAD = "bad", _("A payout came back")
    WITHDRAWN = "withdrawn", _("Withdrawn")


BANK_ACCOUNT_TRANSITIONS: dict[str, frozenset[str]] = {
    BankAccountState.PROPOSED: frozenset({BankAccountState.CONFIRMED, BankAccountState.WITHDRAWN}),
    BankAccountState.CONFIRMED: frozenset({BankAccountState.BAD, BankAccountState.WITHDRAWN}),
    BankAccountState.BAD: frozenset(),
    BankAccountState.WITHDRAWN: frozenset(),
}


class RunState(TextChoices):
    """How far a run of payouts has come; what became of its money, each payout knows."""

    PREPARED = "prepared", _("Waits for a check")
    CHECKED = "checked", _("Waits for approval")
    APPROVED = "approved", _("Approved")
    DROPPED = "dropped", _("Dropped")


RUN_TRANSITIONS: dict[str, frozenset[str]] = {
    RunState.PREPARED: frozenset({RunState.CHECKED, RunState.DROPPED}),
    RunState.CHECKED: frozenset({RunState.APPROVED, RunState.DROPPED}),
    RunState.APPROVED: frozenset(),
    RunState.DROPPED: frozenset(),
}


class PayoutState(TextChoices):
    """Where the money of one payout is."""

    PREPARED = "prepared", _("Prepared")
    APPROVED = "approved", _("Approved")
    SENT = "sent", _("On its way")
    PAID = "paid", _("Paid out")
    FAILED = "failed", _("Came back")
    DROPPED = "dropped", _("Dropped")


# What may be with the bank already is never dropped: it has to fail first.
PAYOUT_TRANSITIONS: dict[str, frozenset[str]] = {
    PayoutState.PREPARED: frozenset({PayoutState.APPROVED, PayoutState.DROPPED}),
    PayoutState.APPROVED: frozenset({PayoutState.SENT, PayoutState.DROPPED}),
    PayoutState.SENT: frozenset({PayoutState.PAID, PayoutState.FAILED}),
    PayoutState.PAID: frozenset(),
    PayoutState.FAILED: frozenset({PayoutState.APPROVED, PayoutState.DROPPED}),
    PayoutState.DROPPED: frozenset(),
}


class Obstacle(TextChoices):
    """Why a vendor's due money is not paid out now."""

    NO_ACCOUNT = "no_account", _("No bank account")
    ON_HOLD = "on_hold", _("New bank account, still on hold")
    BAD_ACCOUNT = "bad_account", _("A payout to this account came back")
    BELOW_MINIMUM = "below_minimum", _("Less than the smallest payout, carried to the next")
    DEBT = "debt", _("The vendor owes us, netted from what it sells next")
