"""A ledger of a million postings is added up within a minute, and one dong that is amiss in it is found."""

import time
from itertools import islice

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F, Sum

from apps.ledger.books import AccountKind, EntryKind
from apps.ledger.models import Account, Entry, Posting

pytestmark = [pytest.mark.django_db, pytest.mark.drill]
ENTRIES, VENDORS, BATCH = 250_000, 2_000, 10_000
MOST_SECONDS = 60


def test_a_million_postings_add_up_within_a_minute(capsys: pytest.CaptureFixture[str]) -> None:
    _fill()
    begun = time.monotonic()
    call_command("ledger", "verify")
    assert time.monotonic() - begun < MOST_SECONDS
    assert capsys.readouterr().out.startswith(f"{ENTRIES * 4:,} postings add up")
    Account.objects.filter(kind=AccountKind.COMMISSION).update(balance=F("balance") + 1)
    with pytest.raises(CommandError, match="1 faults"):
        call_command("ledger", "verify")


def _fill() -> None:
    """Sales of a shop with two thousand vendors: what the shopper paid is the vendor's, commission and its VAT."""
    vendors = [_account(AccountKind.PENDING, f"pending:{number}") for number in range(VENDORS)]
    shoppers, commission, vat = (
        _account(kind, kind.value)
        for kind in (AccountKind.SHOPPERS, AccountKind.COMMISSION, AccountKind.COMMISSION_VAT)
    )
    numbers = iter(range(ENTRIES))
    while part := list(islice(numbers, BATCH)):
        made = Entry.objects.bulk_create(Entry(key=f"sale:{number}", kind=EntryKind.EARNED) for number in part)
        Posting.objects.bulk_create(
            Posting(entry=entry, account=account, amount=amount)
            for number, entry in zip(part, made, strict=True)
            for account, amount in (
                (shoppers, 110_000),
                (vendors[number % VENDORS], -99_000),
                (commission, -10_000),
                (vat, -1_000),
            )
        )
        connection.check_constraints()  # a million of them at the end would take longer than a statement may
    for account, total in Posting.objects.values_list("account").annotate(total=Sum("amount")):
        Account.objects.filter(pk=account).update(balance=total)


def _account(kind: AccountKind, code: str) -> Account:
    return Account.objects.create(kind=kind, code=code)
