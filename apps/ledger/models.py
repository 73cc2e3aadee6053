"""Accounts, entries and postings in whole dong; triggers of the database refuse to change the last two."""

from django.db import models
from django.db.models import Q

from apps.kernel.clock import now
from apps.ledger.books import AccountKind, EntryKind
from apps.vendors.models import Vendor


class Account(models.Model):
    """One account of the chart; its balance is the sum of its postings, kept in the transaction that makes them."""

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=16, choices=AccountKind)
    vendor = models.ForeignKey(Vendor, null=True, on_delete=models.PROTECT, related_name="accounts")
    balance = models.BigIntegerField(default=0)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(kind__in=AccountKind.values), name="account_kind_known"),)

    def __str__(self) -> str:
        return self.code


class Entry(models.Model):
    """One movement of money: its postings sum to zero, and its key makes sure that it is booked once."""

    key = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=24, choices=EntryKind)
    booked_at = models.DateTimeField(default=now, db_index=True)
    # What it is about, in numbers that people know; a vendor order's begins with a K.
    order_number = models.CharField(max_length=16, blank=True, db_index=True)
    part_number = models.CharField(max_length=16, blank=True, db_index=True)
    memo = models.CharField(max_length=200, blank=True)
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="entry_kind_known"),)

    def __str__(self) -> str:
        return self.key


class Posting(models.Model):
    """One line of an entry: a debit above zero, a credit below."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings")
    amount = models.BigIntegerField()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(amount=0), name="posting_not_nothing"),)

    def __str__(self) -> str:
        return f"{self.account} {self.amount}"
