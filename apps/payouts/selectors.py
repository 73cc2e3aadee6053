"""Reads of payouts: who is owed how much and can be paid, a vendor's money and accounts, runs."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum

from apps.kernel.clock import now, today
from apps.ledger.books import AccountKind
from apps.ledger.models import Account
from apps.payouts.models import BankAccount, Payout, PayoutRun, StripeAccount
from apps.payouts.states import BankAccountState, Obstacle, PayoutState, RunState
from apps.vendors.models import Vendor
from apps.vendors.scoping import for_vendor

_COUNTS = (BankAccountState.CONFIRMED, BankAccountState.BAD)


@dataclass(frozen=True, slots=True)
class Due:
    """What is due to one vendor in dong, the account it can go to, and what stands against it."""

    vendor: Vendor
    amount: int
    account: BankAccount | StripeAccount | None
    obstacle: Obstacle | None


@dataclass(frozen=True, slots=True)
class Balance:
    """A vendor's money in dong: due now, still held, on its way; and what the vendor owes us."""

    due: int
    held: int
    on_the_way: int
    debt: int


def due_vendors() -> list[Due]:
    """Every vendor with a balance, the largest first; two queries, three with Stripe."""
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
    return _due(vendor, balance.due - balance.debt, destination_of(vendor=vendor)).obstacle


def next_run_on() -> dt.date | None:
    """The next day on which the schedule prepares a run, today included; None when none is scheduled."""
    days = (today() + dt.timedelta(days=ahead) for ahead in range(7))
    return next((day for day in days if f"{day:%A}".upper() == settings.PAYOUT_WEEKDAY), None)


def current_account(*, vendor: Vendor) -> BankAccount | None:
    """The account that counts, also while it is on hold or bad: the newest that was confirmed."""
    found = for_vendor(BankAccount.objects.filter(state__in=_COUNTS), vendor=vendor)
    return found.order_by("confirmed_at", "pk").last()


def through_stripe() -> bool:
    """Whether vendors can be paid out through Stripe here."""
    return bool(settings.STRIPE_SECRET_KEY)


def stripe_account(*, vendor: Vendor) -> StripeAccount | None:
    """The vendor's account at Stripe, also while it may not receive anything; none that was taken away."""
    return for_vendor(StripeAccount.objects.filter(removed_at=None), vendor=vendor).select_related("vendor").first()


def destination_of(*, vendor: Vendor) -> BankAccount | StripeAccount | None:
    """Where the next payout goes: to Stripe as soon as it can, otherwise to the bank account that counts."""
    return for_vendor(_ready_at_stripe(), vendor=vendor).first() or current_account(vendor=vendor)


def waiting_account(*, vendor: Vendor) -> BankAccount | None:
    """The account whose link was not followed yet."""
    return for_vendor(BankAccount.objects.filter(state=BankAccountState.PROPOSED), vendor=vendor).first()


def accounts_of(*, vendor: Vendor) -> QuerySet[BankAccount]:
    """All accounts that the vendor ever named, the newest first."""
    return for_vendor(BankAccount.objects.all(), vendor=vendor).order_by("-pk")


def payouts_of(*, vendor: Vendor) -> QuerySet[Payout]:
    """A vendor's payouts, the newest first."""
    return for_vendor(Payout.objects.select_related("stripe_account"), vendor=vendor).order_by("-pk")


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
    return run.payouts.select_related("vendor", "stripe_account").order_by("-amount", "pk")


def _ready_at_stripe() -> QuerySet[StripeAccount]:
    """Accounts at Stripe to which payouts go now."""
    if not through_stripe():
        return StripeAccount.objects.none()
    return StripeAccount.objects.filter(may_receive=True, hold_until__lte=now(), removed_at=None)


def _current(vendor_ids: Iterable[int]) -> dict[int, BankAccount | StripeAccount]:
    """See `destination_of`, for many vendors."""
    wanted: Collection[int] = list(vendor_ids)
    rows = BankAccount.objects.filter(vendor_id__in=wanted, state__in=_COUNTS).order_by("confirmed_at", "pk")
    at_stripe = _ready_at_stripe().filter(vendor_id__in=wanted)
    return {row.vendor_id: row for row in rows} | {row.vendor_id: row for row in at_stripe}


def _due(vendor: Vendor, amount: int, account: BankAccount | StripeAccount | None) -> Due:
    obstacle: Obstacle | None
    if amount < 0:
        obstacle = Obstacle.DEBT
    elif 0 < amount < settings.PAYOUT_MINIMUM:
        obstacle = Obstacle.BELOW_MINIMUM
    else:
        obstacle = Obstacle.NO_ACCOUNT if account is None else account.obstacle
    return Due(vendor, amount, account, obstacle)
