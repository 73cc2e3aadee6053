"""How states look: a tone and an icon for each, the words come from the state itself."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from apps.jobs.models import JobState
from apps.listings.states import ListingState
from apps.ordering.states import VendorOrderState
from apps.payments.states import TransferState
from apps.payouts.states import BankAccountState, PayoutState, RunState
from apps.provenance.states import CertificateState
from apps.vendors.states import VendorState


@dataclass(frozen=True)
class Pill:
    """Tone (a CSS class), lucide icon and words of a state."""

    tone: str
    icon: str
    words: StrOrPromise


_ORDER = {
    VendorOrderState.PENDING_PAYMENT: ("wait", "hourglass"),
    VendorOrderState.PLACED: ("wait", "bell"),
    VendorOrderState.ACCEPTED: ("work", "package-open"),
    VendorOrderState.PACKED: ("work", "package-check"),
    VendorOrderState.SHIPPED: ("go", "truck"),
    VendorOrderState.DELIVERED: ("done", "check"),
    VendorOrderState.COMPLETED: ("done", "check-check"),
    VendorOrderState.CANCELLED: ("off", "x"),
    VendorOrderState.RETURNED: ("off", "undo-2"),
}
_LISTING = {
    ListingState.DRAFT: ("off", "pencil"),
    ListingState.SUBMITTED: ("wait", "hourglass"),
    ListingState.PUBLISHED: ("done", "check"),
    ListingState.REJECTED: ("bad", "circle-alert"),
    ListingState.PAUSED: ("off", "pause"),
    ListingState.ARCHIVED: ("off", "archive"),
}
_VENDOR = {
    VendorState.APPLIED: ("wait", "hourglass"),
    VendorState.APPROVED: ("done", "check"),
    VendorState.REJECTED: ("bad", "circle-alert"),
    VendorState.SUSPENDED: ("bad", "ban"),
    VendorState.CLOSED: ("off", "x"),
}
_CERTIFICATE = {
    CertificateState.CLAIMED: ("wait", "hourglass"),
    CertificateState.VERIFIED: ("done", "badge-check"),
    CertificateState.REJECTED: ("bad", "circle-alert"),
    CertificateState.REVOKED: ("bad", "ban"),
}
_JOB = {
    JobState.READY: ("wait", "hourglass"),
    JobState.RUNNING: ("work", "refresh-cw"),
    JobState.DONE: ("done", "check"),
    JobState.DEAD: ("bad", "circle-alert"),
    JobState.DISCARDED: ("off", "x"),
}
_TRANSFER = {
    TransferState.NEW: ("wait", "circle-question-mark"),
    TransferState.MATCHED: ("done", "check"),
    TransferState.RETURN_DUE: ("wait", "undo-2"),
    TransferState.RETURNED: ("off", "check"),
}
_PAYOUT = {
    PayoutState.PREPARED: ("wait", "hourglass"),
    PayoutState.APPROVED: ("work", "check"),
    PayoutState.SENT: ("go", "send"),
    PayoutState.PAID: ("done", "check-check"),
    PayoutState.FAILED: ("bad", "circle-alert"),
    PayoutState.DROPPED: ("off", "x"),
}
_RUN = {
    RunState.PREPARED: ("wait", "hourglass"),
    RunState.CHECKED: ("wait", "eye"),
    RunState.APPROVED: ("done", "check"),
    RunState.DROPPED: ("off", "x"),
}
_BANK_ACCOUNT = {
    BankAccountState.PROPOSED: ("wait", "mail"),
    BankAccountState.CONFIRMED: ("done", "check"),
    BankAccountState.BAD: ("bad", "circle-alert"),
    BankAccountState.WITHDRAWN: ("off", "x"),
}
_LOOKS: dict[str, dict[str, Pill]] = {
    kind: {str(state.value): Pill(tone, icon, state.label) for state, (tone, icon) in looks.items()}
    for kind, looks in (
        ("order", _ORDER),
        ("listing", _LISTING),
        ("vendor", _VENDOR),
        ("certificate", _CERTIFICATE),
        ("job", _JOB),
        ("transfer", _TRANSFER),
        ("payout", _PAYOUT),
        ("run", _RUN),
        ("bank_account", _BANK_ACCOUNT),
    )
}
OVERDUE = Pill("bad", "clock-alert", _("Overdue"))


def pill_of(kind: str, state: str) -> Pill:
    """The look of `state` among the states of `kind`; KeyError for a name that does not exist."""
    return OVERDUE if state == "overdue" else _LOOKS[kind][state]
