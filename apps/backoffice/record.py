"""The audit trail in words: who did what, when and why."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from apps.accounts.states import ErasureState, ExportState
from apps.jobs.models import AuditEvent, JobState
from apps.kernel.actor import ActorKind
from apps.listings.states import ListingState
from apps.ordering.states import VendorOrderState
from apps.payments.states import DisputeState, PaymentState, RefundState, TransferState
from apps.payouts.states import BankAccountState, PayoutState, RunState
from apps.provenance.states import CertificateState
from apps.vendors.states import VendorState

# Changes of state are told by the state's own name.
STATES: Mapping[str, type[TextChoices]] = {
    "vendor": VendorState,
    "listing": ListingState,
    "certificate": CertificateState,
    "vendororder": VendorOrderState,
    "payment": PaymentState,
    "refund": RefundState,
    "banktransfer": TransferState,
    "dispute": DisputeState,
    "payout": PayoutState,
    "payoutrun": RunState,
    "bankaccount": BankAccountState,
    "job": JobState,
    "dataexport": ExportState,
    "erasure": ErasureState,
}
WORDS: Mapping[str, StrOrPromise] = {
    "vendor.apply": _("Application sent"),
    "vendor.profile": _("Profile changed"),
    "membership.set": _("Member added or given another role"),
    "certificate.claim": _("Certificate claimed"),
    "listing.create": _("Product created"),
    "listing.update": _("Facts changed"),
    "listing.price": _("Price changed"),
    "listing.stock": _("Stock changed"),
    "listing.picture_added": _("Photo added"),
    "listing.picture_described": _("Photo described"),
    "listing.picture_removed": _("Photo removed"),
    "listing.pictures_ordered": _("Photos put in another order"),
    "order.placed": _("Ordered"),
    "order.adopted": _("Taken into an account"),
    "payment.opened": _("Payment opened"),
    "payment.reduced": _("Payment made smaller"),
    "commission.add": _("Commission rule added"),
    "commission.change": _("Commission rule changed"),
    "commission.move": _("Commission rule moved"),
    "commission.switch": _("Commission rule switched on or off"),
    "tax.treat": _("Tax rates set for a vendor or a product"),
    "tax.drop": _("Tax rates of a vendor or a product taken back"),
    "payment.begun": _("Sent to the payment page"),
    "payment.late": _("Paid late, taken up again"),
    "refund.decided": _("Refund decided"),
    "cash.remitted": _("Cash handed over by the carrier"),
    "dispute.opened": _("Card dispute opened"),
    "transfer.arrived": _("Money came to the bank account"),
    "payout.file": _("Bank file fetched"),
    "stripeaccount.opened": _("Account at Stripe opened"),
    "stripeaccount.told": _("Stripe said whether the account may receive"),
    "stripeaccount.withdrawn": _("Account at Stripe taken away"),
    "profile.update": _("Profile changed"),
    "address.save": _("Address saved"),
    "address.delete": _("Address removed"),
    "consent.said": _("Said yes or no to a use of the data"),
    "export.asked": _("Copy of the data asked for"),
    "erasure.asked": _("Erasure asked for"),
    "job.retry": _("Job given another try"),
    "job.discard": _("Job laid aside"),
    "places.load": _("Places loaded"),
    "delivery.load_tariffs": _("Tariffs loaded"),
}
DOERS: Mapping[str, StrOrPromise] = {
    ActorKind.GUEST: _("guest"),
    ActorKind.SYSTEM: _("the platform"),
    ActorKind.PROVIDER: _("a provider"),
}


@dataclass(frozen=True)
class Deed:
    """One line of the record; `about` names the part it concerns where a page shows several."""

    at: dt.datetime
    words: StrOrPromise
    by: StrOrPromise
    reason: str
    about: str


def deeds(events: Iterable[AuditEvent], names: Mapping[tuple[str, str], str] | None = None) -> list[Deed]:
    """Audit events, read with their actor, in words; `names` tells what (type, id) of an object is called."""
    return [
        Deed(
            at=event.at,
            words=words_of(event.verb),
            by=event.actor.get_full_name() if event.actor else DOERS.get(event.actor_kind, event.actor_kind),
            reason=event.reason,
            about=(names or {}).get((event.object_type, event.object_id), ""),
        )
        for event in events
    ]


def words_of(verb: str) -> StrOrPromise:
    """What a verb of the audit trail means; KeyError or ValueError for one that nobody has put into words."""
    kind, _dot, state = verb.partition(".")
    return WORDS[verb] if verb in WORDS else STATES[kind](state).label
