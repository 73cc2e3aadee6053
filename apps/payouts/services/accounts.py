"""A vendor's bank account: proposed with the password, confirmed by a link in the vendor's mail, then held."""

import datetime as dt
import re

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.jobs.models import AuditEvent
from apps.jobs.services import enqueue, record
from apps.jobs.transitions import transition
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.kernel.errors import DomainError
from apps.kernel.vietnamese import fold
from apps.payments.banks import BANKS
from apps.payouts.models import TAIL, BankAccount
from apps.payouts.states import BANK_ACCOUNT_TRANSITIONS, BankAccountState
from apps.vendors.models import Vendor
from apps.vendors.scoping import for_vendor

# Time for the vendor's people to see what somebody else has changed, before money goes there.
HOLD = dt.timedelta(hours=72)
LINK_LIVES = dt.timedelta(days=3)
_SALT = "payouts.bank-account"
# NAPAS lets an account number have up to 19 letters and digits.
_NUMBER = re.compile(r"[0-9A-Z]{6,19}")
_HOLDER = re.compile(r"[A-Z0-9 .,&()'/-]{2,70}")


class UnknownBank(DomainError):
    """No bank has this BIN."""

    default_message = _("Choose a bank from the list.")


class BadAccountNumber(DomainError):
    """Not an account number."""

    default_message = _("An account number has 6 to 19 digits or letters.")


class BadHolder(DomainError):
    """Not a name as banks write it."""

    default_message = _("Write the holder's name as on the account: letters only, such as NGUYEN THI LAN.")


class AddressTooNew(DomainError):
    """The vendor's e-mail address was changed a moment ago: its owner may not know yet."""

    default_message = _("Your stall's e-mail address was changed in the last 3 days. Please wait, or write to us.")


class BadLink(DomainError):
    """The link is too old, was not made by us, or names an account that waits no more."""

    default_message = _("This link is not valid any more. Enter the bank account again to get a new one.")


class HoldIsOver(DomainError):
    """Only a change that is still on hold can be taken back."""

    default_message = _("This account is in use already. Enter another one to change it.")


@transaction.atomic
def propose(*, vendor: Vendor, actor: Actor, bank_bin: str, number: str, holder: str) -> BankAccount:
    """Name another bank account; it counts once the link that goes to the vendor's e-mail address was followed.

    The view has asked for the password again. A proposal that waited before is withdrawn. Raises UnknownBank,
    BadAccountNumber, BadHolder or AddressTooNew.
    """
    facts = {"bank_bin": _bank(bank_bin), "number": _number(number), "holder": _holder(holder)}
    Vendor.objects.select_for_update(no_key=True).get(pk=vendor.pk)
    check_address(vendor)
    for waiting in for_vendor(BankAccount.objects.filter(state=BankAccountState.PROPOSED), vendor=vendor):
        transition(waiting, BankAccountState.WITHDRAWN, table=BANK_ACCOUNT_TRANSITIONS, actor=actor)
    account = BankAccount.objects.create(vendor=vendor, **facts)
    # The event is never erased: it holds the end of the number only.
    after = {"bank": account.bank_bin, "number": account.number[-TAIL:]}
    record(actor=actor, verb="bankaccount.proposed", obj=account, after=after)
    enqueue("bank_account.proposed", {"account_id": account.pk})
    return account


@transaction.atomic
def confirm(*, account: BankAccount, actor: Actor) -> BankAccount:
    """The link was followed: from the end of the hold on, payouts go there. Raises IllegalTransition."""
    at = now()
    confirmed = transition(
        account,
        BankAccountState.CONFIRMED,
        table=BANK_ACCOUNT_TRANSITIONS,
        actor=actor,
        confirmed_at=at,
        hold_until=at + HOLD,
    )
    enqueue("bank_account.confirmed", {"account_id": account.pk})
    return confirmed


@transaction.atomic
def withdraw(*, account: BankAccount, actor: Actor) -> BankAccount:
    """Take a change back while no payout can have gone there; the account before counts again.

    Raises HoldIsOver or IllegalTransition.
    """
    row = BankAccount.objects.select_for_update().get(pk=account.pk)
    if row.hold_until is not None and row.hold_until <= now():
        raise HoldIsOver
    gone = transition(row, BankAccountState.WITHDRAWN, table=BANK_ACCOUNT_TRANSITIONS, actor=actor)
    enqueue("bank_account.withdrawn", {"account_id": account.pk})
    return gone


def link_of(account: BankAccount) -> str:
    """The word of the link that confirms this account; whoever reads the vendor's mail has it, and nobody else."""
    return signing.dumps(account.pk, salt=_SALT)


def account_of_link(*, vendor: Vendor, word: str) -> BankAccount:
    """The account of this vendor that a link names and that still waits; raises BadLink."""
    try:
        pk = signing.loads(word, salt=_SALT, max_age=LINK_LIVES)
    except signing.BadSignature as problem:
        raise BadLink from problem
    waiting = for_vendor(BankAccount.objects.filter(pk=pk, state=BankAccountState.PROPOSED), vendor=vendor)
    account = waiting.first()
    if account is None:
        raise BadLink
    return account


def check_address(vendor: Vendor) -> None:
    """Raises AddressTooNew while mails may go to an address that somebody has entered a moment ago."""
    changes = AuditEvent.objects.filter(
        object_type=Vendor._meta.label, object_id=str(vendor.pk), verb="vendor.profile", at__gt=now() - HOLD
    )
    if any("email" in after.get("fields", ()) for after in changes.values_list("after", flat=True)):
        raise AddressTooNew


def _bank(bank_bin: str) -> str:
    if bank_bin not in BANKS:
        raise UnknownBank
    return bank_bin


def _number(text: str) -> str:
    number = "".join(letter for letter in text.upper() if not letter.isspace() and letter not in ".-")
    if not _NUMBER.fullmatch(number):
        raise BadAccountNumber
    return number


def _holder(text: str) -> str:
    holder = fold(text).upper()
    if not _HOLDER.fullmatch(holder):
        raise BadHolder
    return holder
