"""The ledger: what is booked balances, is booked once and stays as it is."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from apps.kernel.money import dong
from apps.ledger.books import AccountKind, EntryKind, Line, credit, debit
from apps.ledger.models import Account, Entry, Posting
from apps.ledger.selectors import (
    Fault,
    balance,
    balance_of_order,
    balance_of_part,
    balances,
    entries,
    faults,
    vendor_postings,
)
from apps.ledger.services import KeyReused, NewEntry, Unbalanced, book, owed_to_vendor, reverse
from tests.factories.vendors import make_vendor

pytestmark = pytest.mark.django_db


def _captured(amount: int, key: str = "payment:1:captured") -> NewEntry:
    lines = [debit(AccountKind.BANK, dong(amount)), credit(AccountKind.SHOPPERS, dong(amount))]
    return NewEntry(key, EntryKind.CAPTURED, lines, order_number="0000000A")


def test_an_entry_moves_the_balances_of_its_accounts() -> None:
    book(_captured(150_000))
    assert (balance(AccountKind.BANK), balance(AccountKind.SHOPPERS)) == (dong(150_000), dong(-150_000))
    assert dict(balances())[AccountKind.BANK] == dong(150_000)
    assert balance_of_order(AccountKind.SHOPPERS, "0000000A") == dong(-150_000)
    assert list(faults()) == []


def test_booking_twice_books_once() -> None:
    assert book(_captured(150_000)) == book(_captured(150_000))
    assert (Entry.objects.count(), Posting.objects.count()) == (1, 2)
    assert balance(AccountKind.BANK) == dong(150_000)


def test_a_key_is_refused_for_other_money() -> None:
    book(_captured(150_000))
    with pytest.raises(KeyReused):
        book(_captured(150_001))
    assert balance(AccountKind.BANK) == dong(150_000)


def test_lines_that_do_not_balance_are_refused() -> None:
    lines = [debit(AccountKind.BANK, dong(2)), credit(AccountKind.SHOPPERS, dong(1))]
    with pytest.raises(Unbalanced):
        book(_captured(5), NewEntry("x", EntryKind.CAPTURED, lines))
    assert Entry.objects.count() == 0


def test_lines_of_nothing_leave_no_posting() -> None:
    lines = [debit(AccountKind.BANK, dong(0)), credit(AccountKind.SHOPPERS, dong(0))]
    (entry,) = book(NewEntry("x", EntryKind.CAPTURED, lines))
    assert entry.postings.count() == 0


def test_a_vendors_account_is_its_own() -> None:
    one, other = make_vendor(), make_vendor()
    line = [debit(AccountKind.SHOPPERS, dong(10)), credit(AccountKind.PENDING, dong(10), one.pk)]
    book(NewEntry("earned", EntryKind.EARNED, line))
    assert balance(AccountKind.PENDING, vendor_id=one.pk) == dong(-10)
    assert balance(AccountKind.PENDING, vendor_id=other.pk) == dong(0)
    assert owed_to_vendor(kind=AccountKind.PENDING, vendor_id=one.pk) == dong(10)
    moved = [debit(AccountKind.PENDING, dong(4), one.pk), credit(AccountKind.PAYABLE, dong(4), one.pk)]
    theirs = [debit(AccountKind.SHOPPERS, dong(7)), credit(AccountKind.PENDING, dong(7), other.pk)]
    book(NewEntry("released", EntryKind.RELEASED, moved), NewEntry("theirs", EntryKind.EARNED, theirs))
    own = vendor_postings(vendor_id=one.pk, kind=AccountKind.PENDING)
    assert [(posting.amount, posting.entry.key) for posting in own] == [(4, "released"), (-10, "earned")]
    assert [posting.amount for posting in vendor_postings(vendor_id=one.pk, kind=AccountKind.PAYABLE)] == [-4]


@pytest.mark.parametrize(("account", "vendor_id"), [(AccountKind.PAYABLE, None), (AccountKind.BANK, 7)])
def test_an_account_of_a_vendor_needs_one_and_others_have_none(account: AccountKind, vendor_id: int | None) -> None:
    with pytest.raises(ValueError, match="belongs to a vendor or to nobody"):
        Line(account, dong(1), vendor_id)


def test_only_vendors_accounts_owe_a_vendor() -> None:
    with pytest.raises(ValueError, match="no vendor has an account"):
        owed_to_vendor(kind=AccountKind.BANK, vendor_id=1)
    with pytest.raises(ValueError, match="no vendor has an account"):
        vendor_postings(vendor_id=1, kind=AccountKind.BANK)


def test_a_reversal_takes_everything_back_once() -> None:
    (entry,) = book(_captured(150_000))
    first = reverse(entry=entry, key="payment:1:undone", kind=EntryKind.CORRECTED)
    assert reverse(entry=entry, key="payment:1:undone", kind=EntryKind.CORRECTED) == first
    with pytest.raises(KeyReused):
        reverse(entry=entry, key="another", kind=EntryKind.CORRECTED)
    assert (balance(AccountKind.BANK), Posting.objects.count()) == (dong(0), 4)
    assert (first.order_number, first.memo, first.reverses) == ("0000000A", "", entry)


def test_entries_are_found_by_number_kind_and_account() -> None:
    (entry,) = book(_captured(150_000))
    lines = [debit(AccountKind.BANK, dong(3)), credit(AccountKind.SHOPPERS, dong(3))]
    (part,) = book(NewEntry("of a part", EntryKind.EARNED, lines, order_number="0000000C", part_number="K0000001"))
    assert list(entries()) == [part, entry]
    assert [list(entries(number=number)) for number in ("K0000001", "0000000C")] == [[part], [part]]
    assert [balance_of_order(AccountKind.BANK, number) for number in ("0000000A", "0000000C", "0000000D")] == [
        dong(150_000),
        dong(3),
        dong(0),
    ]
    assert [balance_of_part(AccountKind.BANK, number) for number in ("K0000001", "K0000002")] == [dong(3), dong(0)]
    assert list(entries(number="0000000A")) == [entry]
    assert list(entries(kind="captured")) == [entry]
    assert list(entries(account="bank")) == [part, entry]
    assert [list(entries(number="0000000B")), list(entries(kind="fee")), list(entries(account="stripe"))] == [
        [],
        [],
        [],
    ]


@pytest.mark.parametrize("table", ["ledger_entry", "ledger_posting"])
@pytest.mark.parametrize("statement", ["UPDATE {table} SET id = id + 1000", "DELETE FROM {table}"])
def test_the_database_refuses_to_change_what_was_booked(table: str, statement: str) -> None:
    book(_captured(150_000))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table=table))
    assert Posting.objects.count() == 2


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no deferred triggers; verify finds it there")
def test_the_database_refuses_an_entry_that_does_not_balance() -> None:
    (entry,) = book(_captured(150_000))
    with pytest.raises(DatabaseError, match="does not balance"), transaction.atomic(), connection.cursor() as cursor:
        Posting.objects.create(entry=entry, account=Account.objects.get(code="bank"), amount=1)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_verify_says_that_everything_adds_up(capsys: pytest.CaptureFixture[str]) -> None:
    book(_captured(150_000))
    call_command("ledger", "verify")
    assert capsys.readouterr().out.partition(" (")[0] == "2 postings add up"


def test_verify_finds_a_balance_that_is_wrong() -> None:
    book(_captured(150_000))
    Account.objects.filter(code="bank").update(balance=F("balance") + 5)
    assert list(faults()) == [Fault("a balance", "bank", 5)]
    with pytest.raises(CommandError, match="1 faults in the ledger"):
        call_command("ledger", "verify")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL refuses such a row")
def test_verify_finds_an_entry_that_does_not_balance() -> None:
    (entry,) = book(_captured(150_000))
    Posting.objects.create(entry=entry, account=Account.objects.get(code="bank"), amount=7)
    assert list(faults()) == [
        Fault("the whole ledger", "sum of all postings", 7),
        Fault("an entry", "payment:1:captured", 7),
        Fault("a balance", "bank", -7),
    ]
