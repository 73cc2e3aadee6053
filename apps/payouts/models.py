"""Where vendors want their money, and the payouts that take it there, in whole dong."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.kernel.clock import now
from apps.payments.banks import BANKS
from apps.payouts.states import BankAccountState, Obstacle, PayoutState, RunState
from apps.vendors.models import Vendor

TAIL = 4


def masked(number: str) -> str:
    """The account number as pages show it: its end only."""
    return f"••• {number[-TAIL:]}"


class BankAccount(models.Model):
    """A bank account that a vendor named; every change is a new row, the newest confirmed one counts."""

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="bank_accounts")
    bank_bin = models.CharField(max_length=6)
    number = models.CharField(max_length=19)
    # As banks write it: capitals without accents.
    holder = models.CharField(max_length=70)
    state = models.CharField(max_length=16, choices=BankAccountState, default=BankAccountState.PROPOSED)
    proposed_at = models.DateTimeField(default=now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # No payout goes there before.
    hold_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=BankAccountState.values), name="bank_account_state_known"),
            models.CheckConstraint(condition=~Q(number="") & ~Q(holder=""), name="bank_account_is_whole"),
            models.CheckConstraint(
                condition=~Q(state__in=[BankAccountState.CONFIRMED, BankAccountState.BAD])
                | Q(confirmed_at__isnull=False, hold_until__isnull=False),
                name="bank_account_is_held_after_confirming",
            ),
            models.UniqueConstraint(
                fields=["vendor"], condition=Q(state="proposed"), name="bank_account_one_proposed_per_vendor"
            ),
        )

    def __str__(self) -> str:
        return f"{self.bank_name} {masked(self.number)}"

    @property
    def bank_name(self) -> str:
        """The name that people know the bank by."""
        return bank_name(self.bank_bin)

    @property
    def shown(self) -> str:
        """The account number for pages."""
        return masked(self.number)

    @property
    def obstacle(self) -> Obstacle | None:
        """Why no payout may go there now."""
        if self.state == BankAccountState.BAD:
            return Obstacle.BAD_ACCOUNT
        return Obstacle.ON_HOLD if self.hold_until is None or self.hold_until > now() else None


class StripeAccount(models.Model):
    """A vendor's own account at Stripe, to which payouts go once Stripe lets it receive and its hold is over."""

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="stripe_accounts")
    # Stripe is asked for the account with it, however often: one row, one account.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Empty until Stripe has made it.
    account_id = models.CharField(max_length=64, blank=True, db_index=True)
    # Made by version 2 of Stripe's API for accounts; by version 1 where the platform does not have the other.
    is_v2 = models.BooleanField(default=True)
    # What Stripe said when it was asked last.
    may_receive = models.BooleanField(default=False)
    opened_at = models.DateTimeField(default=now)
    # No payout goes there before.
    hold_until = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["vendor"], condition=Q(removed_at__isnull=True), name="stripe_account_one_per_vendor"
            ),
            models.CheckConstraint(
                condition=Q(may_receive=False) | ~Q(account_id=""), name="stripe_account_receives_under_a_number"
            ),
        )

    def __str__(self) -> str:
        return f"Stripe {masked(self.account_id)}" if self.account_id else "Stripe"

    @property
    def obstacle(self) -> Obstacle | None:
        """Why no payout may go there now."""
        if not self.may_receive:
            return Obstacle.BAD_ACCOUNT
        return Obstacle.ON_HOLD if self.hold_until > now() else None


class PayoutRun(models.Model):
    """Payouts that are looked through and approved together, by two different people."""

    state = models.CharField(max_length=16, choices=RunState, default=RunState.PREPARED)
    created_at = models.DateTimeField(default=now)
    # The day of the schedule that it was prepared for; one prepared by hand has none.
    due_on = models.DateField(null=True, blank=True, unique=True)
    # Whoever prepared it by hand, or looked through one that the schedule prepared.
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="payout_run_state_known"),
            models.CheckConstraint(
                condition=~Q(state=RunState.CHECKED) | Q(checked_by__isnull=False),
                name="payout_run_checked_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=RunState.APPROVED)
                | (Q(checked_by__isnull=False, approved_by__isnull=False) & ~Q(checked_by=F("approved_by"))),
                name="payout_run_four_eyes",
            ),
        )

    def __str__(self) -> str:
        return f"#{self.pk}"


class Payout(models.Model):
    """All that is due to one vendor at the moment when it was prepared, on its way to the account it had then."""

    run = models.ForeignKey(PayoutRun, on_delete=models.PROTECT, related_name="payouts")
    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="payouts")
    amount = models.BigIntegerField()
    state = models.CharField(max_length=16, choices=PayoutState, default=PayoutState.PREPARED)
    provider = models.CharField(max_length=16)
    # Where it goes is copied: what the vendor changes later does not touch it.
    bank_account = models.ForeignKey(BankAccount, null=True, on_delete=models.PROTECT, related_name="payouts")
    bank_bin = models.CharField(max_length=6, blank=True)
    account_number = models.CharField(max_length=19, blank=True)
    account_holder = models.CharField(max_length=70, blank=True)
    stripe_account = models.ForeignKey(StripeAccount, null=True, on_delete=models.PROTECT, related_name="payouts")
    # The provider is asked with it, however often: one payout, one transfer.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # What the bank or the provider calls the transfer.
    reference = models.CharField(max_length=120, blank=True, db_index=True)
    # Why it failed or was dropped.
    state_reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=PayoutState.values), name="payout_state_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payout_amount_positive"),
            models.CheckConstraint(
                condition=~Q(state=PayoutState.PAID) | ~Q(reference=""), name="payout_paid_has_a_reference"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PayoutState.FAILED, PayoutState.DROPPED]) | ~Q(state_reason=""),
                name="payout_ended_for_a_reason",
            ),
            models.UniqueConstraint(fields=["run", "vendor"], name="payout_once_per_run"),
        )
        indexes = (
            models.Index(fields=["state", "created_at"], name="payout_queue"),
            models.Index(fields=["vendor", "-id"], name="payout_of_vendor"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people call it, and what stands in the content of the bank transfer."""
        return f"CT{self.pk:06d}"

    @property
    def destination(self) -> str:
        """Bank and end of the account number, or the account at Stripe."""
        if self.stripe_account is not None:
            return str(self.stripe_account)
        return f"{bank_name(self.bank_bin)} {masked(self.account_number)}" if self.bank_bin else self.provider

    @property
    def bank_name(self) -> str:
        """The name of the bank, or nothing for a payout through another provider."""
        return bank_name(self.bank_bin) if self.bank_bin else ""


def bank_name(bank_bin: str) -> str:
    """The bank with this BIN; the BIN itself for one that the list has lost."""
    return BANKS[bank_bin].name if bank_bin in BANKS else bank_bin
