"""Vendors with money that is due and an account to which it can go, and runs of payouts on their way."""

import datetime as dt
from typing import Any

from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.kernel.money import dong
from apps.ledger.books import AccountKind, EntryKind, credit, debit
from apps.ledger.models import Entry
from apps.ledger.services import NewEntry, book
from apps.payouts.models import BankAccount, Payout, PayoutRun, StripeAccount
from apps.payouts.services.runs import approve, prepare
from apps.payouts.services.sending import export
from apps.payouts.states import BankAccountState
from apps.vendors.models import Vendor
from tests.factories.people import make_user
from tests.factories.vendors import make_vendor

LONG_AGO = dt.timedelta(days=30)


def make_account(vendor: Vendor, **fields: Any) -> BankAccount:
    """A confirmed account whose hold is over."""
    at = now() - LONG_AGO
    values: dict[str, Any] = {
        "bank_bin": "970436",
        "number": f"00110000{vendor.pk:05d}",
        "holder": "NGUYEN THI LAN",
        "state": BankAccountState.CONFIRMED,
        "confirmed_at": at,
        "hold_until": at,
    }
    return BankAccount.objects.create(vendor=vendor, **{**values, **fields})


def make_stripe_account(vendor: Vendor, **fields: Any) -> StripeAccount:
    """An account at Stripe that may receive, and whose hold is over."""
    values: dict[str, Any] = {
        "account_id": f"acct_{vendor.pk:08d}",
        "may_receive": True,
        "hold_until": now() - LONG_AGO,
    }
    return StripeAccount.objects.create(vendor=vendor, **{**values, **fields})


def owe(vendor: Vendor, amount: int) -> None:
    """Make so many dong due to the vendor, or less due for a negative number; no order stands behind it."""
    lines = [debit(AccountKind.LOSSES, dong(amount)), credit(AccountKind.PAYABLE, dong(amount), vendor.pk)]
    book(NewEntry(f"test:{Entry.objects.count()}", EntryKind.CORRECTED, lines))


def make_payee(amount: int = 500_000, **fields: Any) -> Vendor:
    """A vendor with money due and an account for it."""
    vendor = make_vendor(**fields)
    make_account(vendor)
    owe(vendor, amount)
    return vendor


def make_admin_actor() -> Actor:
    """An admin at work, each time another one."""
    return Actor.person(make_user(is_staff=True, full_name="Người Duyệt").pk)


def make_run(*vendors: Vendor, by: Actor | None = None) -> PayoutRun:
    """A run that waits for approval; of one new vendor when none is given."""
    if not vendors:
        make_payee()
    return prepare(actor=by or make_admin_actor())


def make_approved(*vendors: Vendor) -> PayoutRun:
    """A run that a second person has approved."""
    return approve(run=make_run(*vendors), actor=make_admin_actor())


def make_sent(*vendors: Vendor) -> Payout:
    """The first payout of a run whose file is at the bank."""
    run = make_approved(*vendors)
    export(run=run, actor=make_admin_actor())
    return run.payouts.order_by("pk")[0]
