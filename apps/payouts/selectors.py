"""Reads of payouts: who is owed how much and can be paid, a vendor's money and accounts, runs."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum

from apps.kernel.clock import today
from apps.ledger.books import AccountKind
from apps.ledger.models import Account
from apps.payouts.models import BankAccount, Payout, PayoutRun
from apps.payouts.states import BankAccountState, Obstacle, PayoutState, RunState
from apps.vendors.models import Vendor
from apps.vendors.scoping import for_vendor

_COUNTS = (BankAccountState.CONFIRMED, BankAccountState.BAD)


@dataclass(frozen=True, slots=True)
class Due:
    """What is due to one vendor in dong, the account it can go to, and what stands against it."""

    vendor: Vendor
    amount: int
    account: BankAccount | None
    obstacle: Obstacle | None


@dataclass(frozen=True, slots=True)
class Balance:
    """A vendor's money in dong: due now, still held, on its way; and what the vendor owes us."""

    due: int
    held: int
    on_the_way: int
    debt: int


def due_vendors() -> list[Due]:
    """Every vendor with a balance, the largest first; two queries."""
    found = Account.objects.filter(kind=AccountKind.PAYABLE).exclude(balance=0).select_related("vendor")
    owed = [(account.vendor, -account.balance) for account in found.order_by("balance", "code") if account.vendor]
    accounts = _current(vendor.pk for vendor, _amount in owed)
    return [_due(vendor, amount, accounts.get(vendor.pk)) for vendor, amount in owed]


def balance_of(*, vendor: Vendor) -> Balance:
    """How the vendor's money stands; one query."""
    rows = for_vendor(Account.objects.all(), vendor=vendor).values_list("kind", "balance")
    owed = {kind: -balance for kind, balance in rows}
    due = owed.get(AccountKind.PAYABLE, 0)
    return Balance(
        due=max(due, 0),
        held=owed.get(AccountKind.PENDING, 0),
        on_the_way=owed.get(AccountKind.IN_TRANSIT, 0),
        debt=max(-due, 0),
    )


def obstacle_of(*, vendor: Vendor) -> Obstacle | None:
    """What stands against paying this vendor out now, or once something is due."""
    balance = balance_of(vendor=vendor)
    return _due(vendor, balance.due - balance.debt, current_account(vendor=vendor)).obstacle


def next_run_on() -> dt.date | None:
    """The next day on which the schedule prepares a run, today included; None when none is scheduled."""
    days = (today() + dt.timedelta(days=ahead) for ahead in range(7))
    return next((day for day in days if f"{day:%A}".upper() == settings.PAYOUT_WEEKDAY), None)


def current_account(*, vendor: Vendor) -> BankAccount | None:
    """The account that counts, also while it is on hold or bad: the newest that was confirmed."""
    found = for_vendor(BankAccount.objects.filter(state__in=_COUNTS), vendor=vendor)
    return found.order_by("confirmed_at", "pk").last()


def waiting_account(*, vendor: Vendor) -> BankAccount | None:
    """The account whose link was not followed yet."""
    return for_vendor(BankAccount.objects.filter(state=BankAccountState.PROPOSED), vendor=vendor).first()


def accounts_of(*, vendor: Vendor) -> QuerySet[BankAccount]:
    """All accounts that the vendor ever named, the newest first."""
    return for_vendor(BankAccount.objects.all(), vendor=vendor).order_by("-pk")


def payouts_of(*, vendor: Vendor) -> QuerySet[Payout]:
    """A vendor's payouts, the newest first."""
    return for_vendor(Payout.objects.all(), vendor=vendor).order_by("-pk")


def payout_of(*, vendor: Vendor, pk: int) -> Payout:
    """One of them; raises Payout.DoesNotExist."""
    return payouts_of(vendor=vendor).get(pk=pk)


def runs() -> QuerySet[PayoutRun]:
    """Runs, the newest first, with who took part, what is in them and how many of it have not ended."""
    open_states = [PayoutState.PREPARED, PayoutState.APPROVED, PayoutState.SENT, PayoutState.FAILED]
    counted = PayoutRun.objects.select_related("checked_by", "approved_by").annotate(
        count=Count("payouts"), total=Sum("payouts__amount"), left=Count("payouts", Q(payouts__state__in=open_states))
    )
    return counted.order_by("-pk")


def waiting_runs() -> int:
    """How many runs wait for somebody to check or approve them."""
    return PayoutRun.objects.filter(state__in=[RunState.PREPARED, RunState.CHECKED]).count()


def payouts_in(run: PayoutRun) -> QuerySet[Payout]:
    """The payouts of a run with their vendors, the largest first."""
    return run.payouts.select_related("vendor").order_by("-amount", "pk")


def _current(vendor_ids: Iterable[int]) -> dict[int, BankAccount]:
    wanted: Collection[int] = list(vendor_ids)
    rows = BankAccount.objects.filter(vendor_id__in=wanted, state__in=_COUNTS).order_by("confirmed_at", "pk")
    return {row.vendor_id: row for row in rows}


def _due(vendor: Vendor, amount: int, account: BankAccount | None) -> Due:
    obstacle: Obstacle | None
    if amount < 0:
        obstacle = Obstacle.DEBT
    elif 0 < amount < settings.PAYOUT_MINIMUM:
        obstacle = Obstacle.BELOW_MINIMUM
    else:
        obstacle = Obstacle.NO_ACCOUNT if account is None else account.obstacle
    return Due(vendor, amount, account, obstacle)
