"""Reads of the ledger, and the proof that it adds up."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from apps.kernel.money import Money, dong
from apps.ledger.books import PER_VENDOR, AccountKind
from apps.ledger.models import Account, Entry, Posting


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the ledger that does not add up."""

    what: str
    where: str
    dong: int

    def __str__(self) -> str:
        return f"{self.what}: {self.where} is off by {self.dong:,} dong"


def faults() -> Iterator[Fault]:
    """Whatever does not add up: the whole, one entry, one balance. Nothing comes out of a sound ledger."""
    whole: int = Posting.objects.aggregate(whole=Coalesce(Sum("amount"), 0))["whole"]
    if whole:
        yield Fault("the whole ledger", "sum of all postings", whole)
    entries = Entry.objects.annotate(total=Coalesce(Sum("postings__amount"), 0)).exclude(total=0)
    for key, total in entries.values_list("key", "total").iterator():
        yield Fault("an entry", key, total)
    accounts = Account.objects.annotate(total=Coalesce(Sum("postings__amount"), 0)).exclude(balance=F("total"))
    for code, balance, total in accounts.values_list("code", "balance", "total").iterator():
        yield Fault("a balance", code, balance - total)


def balance(kind: AccountKind, *, vendor_id: int | None = None) -> Money:
    """The balance of an account: a claim or cost is above zero, a debt or income below.

    Of a vendor's kind of account, that of all vendors when none is named.
    """
    accounts = Account.objects.filter(kind=kind)
    if vendor_id is not None:
        accounts = accounts.filter(vendor_id=vendor_id)
    return dong(accounts.aggregate(total=Coalesce(Sum("balance"), 0))["total"])


def balances() -> list[tuple[AccountKind, Money]]:
    """Every kind of account with its balance, in the order of the chart; vendors' own accounts summed up."""
    found = dict(Account.objects.order_by().values_list("kind").annotate(total=Sum("balance")))
    return [(kind, dong(found.get(kind.value, 0))) for kind in AccountKind]


def balance_of_order(kind: AccountKind, order_number: str) -> Money:
    """What the entries of one order leave on a kind of account."""
    own = Posting.objects.filter(entry__order_number=order_number, account__kind=kind)
    return dong(own.aggregate(total=Coalesce(Sum("amount"), 0))["total"])


def balance_of_part(kind: AccountKind, part_number: str) -> Money:
    """What the entries of one vendor order leave on a kind of account."""
    own = Posting.objects.filter(entry__part_number=part_number, account__kind=kind)
    return dong(own.aggregate(total=Coalesce(Sum("amount"), 0))["total"])


def entries(*, number: str = "", kind: str = "", account: str = "") -> QuerySet[Entry]:
    """Entries with their postings, newest first: of an order or vendor order, of a kind, on the account with a code."""
    found = Entry.objects.order_by("-pk").prefetch_related("postings__account__vendor")
    if number:
        found = found.filter(Q(order_number=number) | Q(part_number=number))
    if kind:
        found = found.filter(kind=kind)
    if account:
        found = found.filter(postings__account__code=account)
    return found


def vendor_postings(*, vendor_id: int, kind: AccountKind) -> QuerySet[Posting]:
    """Postings on an account of a vendor's, newest first, with their entries; raises ValueError for other accounts."""
    if kind not in PER_VENDOR:
        raise ValueError(f"no vendor has an account of {kind}")
    own = Posting.objects.filter(account__kind=kind, account__vendor_id=vendor_id)
    return own.select_related("entry").order_by("-pk")
