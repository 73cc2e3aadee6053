"""Booking: the one way into the ledger."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from apps.kernel.money import Money
from apps.ledger.books import PER_VENDOR, AccountKind, EntryKind, Line
from apps.ledger.models import Account, Entry, Posting


class Unbalanced(ValueError):
    """The lines of an entry do not sum to zero."""


class KeyReused(ValueError):
    """A key names an entry already, and that one moved other money."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What to book; the key is derived from the row that moves the money, so that doing it twice books it once."""

    key: str
    kind: EntryKind
    lines: Sequence[Line]
    order_number: str = ""
    part_number: str = ""
    memo: str = ""

    def sums(self) -> dict[str, int]:
        """Dong by account code, without accounts that end up at nothing."""
        sums: Counter[str] = Counter()
        for line in self.lines:
            sums[line.code] += line.amount.amount
        return {code: amount for code, amount in sums.items() if amount}


@transaction.atomic
def book(*entries: NewEntry) -> list[Entry]:
    """Write entries with their postings and move the balances; entries booked before are returned as they are.

    All accounts are locked in one order, so that two bookings never wait in a circle: what one transaction books, it
    books in one call. Audit is the entry itself: it is never changed. Raises Unbalanced or KeyReused.
    """
    wanted = [(entry, entry.sums()) for entry in entries]
    for entry, sums in wanted:
        if sum(sums.values()):
            raise Unbalanced(entry.key)
    written = [_entry(entry, sums) for entry, sums in wanted]
    new = [(row, sums) for (row, created), (_, sums) in zip(written, wanted, strict=True) if created]
    accounts = _moved(new)
    Posting.objects.bulk_create(
        Posting(entry=row, account=accounts[code], amount=amount) for row, sums in new for code, amount in sums.items()
    )
    return [row for row, _created in written]


@transaction.atomic
def reverse(*, entry: Entry, key: str, kind: EntryKind, memo: str = "") -> Entry:
    """Book the opposite of an entry, once for ever; the entry itself stays. Raises KeyReused."""
    reversal, created = Entry.objects.get_or_create(
        reverses=entry,
        defaults={
            "key": key,
            "kind": kind,
            "memo": memo,
            "order_number": entry.order_number,
            "part_number": entry.part_number,
        },
    )
    if not created:
        if reversal.key != key:
            raise KeyReused(key)
        return reversal
    sums = {posting.account.code: -posting.amount for posting in entry.postings.select_related("account")}
    accounts = _moved([(reversal, sums)])
    Posting.objects.bulk_create(
        Posting(entry=reversal, account=accounts[code], amount=amount) for code, amount in sums.items()
    )
    return reversal


def _entry(entry: NewEntry, sums: dict[str, int]) -> tuple[Entry, bool]:
    """The row, and whether it is new; a key that was used for other money is refused."""
    values = {
        "kind": entry.kind,
        "order_number": entry.order_number,
        "part_number": entry.part_number,
        "memo": entry.memo,
    }
    row, created = Entry.objects.get_or_create(key=entry.key, defaults=values)
    if not created:
        booked = {posting.account.code: posting.amount for posting in row.postings.select_related("account")}
        if booked != sums:
            raise KeyReused(entry.key)
    return row, created


def _moved(entries: Sequence[tuple[Entry, dict[str, int]]]) -> dict[str, Account]:
    """Accounts by code, each balance moved and so each row locked; by code, as every booking does."""
    moves: Counter[str] = Counter()
    for _entry_row, sums in entries:
        moves.update(sums)
    accounts = {}
    for code in sorted(moves):
        kind, _, vendor_id = code.partition(":")
        account, _created = Account.objects.get_or_create(
            code=code, defaults={"kind": kind, "vendor_id": int(vendor_id) if vendor_id else None}
        )
        Account.objects.filter(pk=account.pk).update(balance=F("balance") + moves[code])
        accounts[code] = account
    return accounts


def owed_to_vendor(*, kind: AccountKind, vendor_id: int) -> Money:
    """What an account of a vendor's owes it, its row locked to the end of the transaction; below zero it owes us.

    Raises ValueError for an account that no vendor has.
    """
    if kind not in PER_VENDOR:
        raise ValueError(f"no vendor has an account of {kind}")
    code = f"{kind.value}:{vendor_id}"
    balances = Account.objects.select_for_update().filter(code=code).values_list("balance", flat=True)
    return Money(-(balances.first() or 0))
