"""A vendor's bank account: proposed, confirmed by the link in the mail, held, and taken back in time."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from apps.jobs.models import AuditEvent, Job
from apps.jobs.transitions import IllegalTransition
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.kernel.errors import DomainError
from apps.payouts.models import BankAccount
from apps.payouts.selectors import accounts_of, current_account, waiting_account
from apps.payouts.services import accounts
from apps.payouts.services.accounts import (
    HOLD,
    AddressTooNew,
    BadAccountNumber,
    BadHolder,
    BadLink,
    HoldIsOver,
    UnknownBank,
    account_of_link,
    confirm,
    link_of,
    withdraw,
)
from apps.payouts.states import BankAccountState, Obstacle
from apps.vendors.models import Vendor
from apps.vendors.services import update_profile
from tests.factories.payouts import make_account
from tests.factories.vendors import make_member, make_vendor

pytestmark = pytest.mark.django_db


def member_of(vendor: Vendor) -> Actor:
    return Actor.person(make_member(vendor).pk, vendor.pk)


def propose(vendor: Vendor, **facts: str) -> BankAccount:
    given = {"bank_bin": "970405", "number": "1500 205 123 456", "holder": "Nguyễn Thị Hồng Đào"}
    return accounts.propose(vendor=vendor, actor=member_of(vendor), **{**given, **facts})


def test_an_account_is_written_as_banks_do_and_waits_for_its_link() -> None:
    vendor = make_vendor()
    account = propose(vendor)
    assert (account.number, account.holder) == ("1500205123456", "NGUYEN THI HONG DAO")
    assert (account.bank_name, account.shown, str(account)) == ("Agribank", "••• 3456", "Agribank ••• 3456")
    assert (account.state, account.obstacle) == (BankAccountState.PROPOSED, Obstacle.ON_HOLD)
    assert (current_account(vendor=vendor), waiting_account(vendor=vendor)) == (None, account)
    event = AuditEvent.objects.get(verb="bankaccount.proposed")
    assert (event.object_id, event.after) == (str(account.pk), {"bank": "970405", "number": "3456"})
    assert Job.objects.get(kind="bank_account.proposed").args == {"account_id": account.pk}


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"bank_bin": "000000"}, UnknownBank),
        ({"number": "12345"}, BadAccountNumber),
        ({"number": "1" * 20}, BadAccountNumber),
        ({"number": "=1+1234567"}, BadAccountNumber),
        ({"holder": ""}, BadHolder),
        ({"holder": "=HYPERLINK"}, BadHolder),
        ({"holder": "A" * 71}, BadHolder),
    ],
)
def test_what_is_no_account_is_refused(facts: dict[str, str], error: type[DomainError]) -> None:
    vendor = make_vendor()
    with pytest.raises(error):
        propose(vendor, **facts)
    assert BankAccount.objects.count() == 0


def test_after_the_link_it_is_held_and_then_it_counts() -> None:
    vendor = make_vendor()
    old = make_account(vendor)
    account = account_of_link(vendor=vendor, word=link_of(propose(vendor)))
    assert current_account(vendor=vendor) == old
    confirmed = confirm(account=account, actor=member_of(vendor))
    assert confirmed.hold_until is not None
    assert confirmed.confirmed_at is not None
    assert confirmed.hold_until - confirmed.confirmed_at == HOLD == dt.timedelta(hours=72)
    assert (current_account(vendor=vendor), confirmed.obstacle) == (account, Obstacle.ON_HOLD)
    with time_machine.travel(now() + HOLD, tick=False):
        assert confirmed.obstacle is None
    assert list(accounts_of(vendor=vendor)) == [account, old]


def test_a_link_is_for_its_vendor_its_time_and_once() -> None:
    vendor = make_vendor()
    account = propose(vendor)
    word = link_of(account)
    for wrong in (word[:-1], "", "abc"):
        with pytest.raises(BadLink):
            account_of_link(vendor=vendor, word=wrong)
    with pytest.raises(BadLink):
        account_of_link(vendor=make_vendor(), word=word)
    with time_machine.travel(now() + accounts.LINK_LIVES + dt.timedelta(minutes=1)), pytest.raises(BadLink):
        account_of_link(vendor=vendor, word=word)
    confirm(account=account, actor=member_of(vendor))
    with pytest.raises(BadLink):
        account_of_link(vendor=vendor, word=word)
    with pytest.raises(IllegalTransition):
        confirm(account=account, actor=member_of(vendor))


def test_another_proposal_takes_the_place_of_one_that_waits() -> None:
    vendor = make_vendor()
    first, second = propose(vendor), propose(vendor, number="999999")
    first.refresh_from_db()
    assert (first.state, waiting_account(vendor=vendor)) == (BankAccountState.WITHDRAWN, second)
    with pytest.raises(IntegrityError), transaction.atomic():
        BankAccount.objects.create(vendor=vendor, bank_bin="970436", number="1", holder="A")


def test_a_change_on_hold_can_be_taken_back_and_the_old_account_counts_again() -> None:
    vendor = make_vendor()
    old, account = make_account(vendor), propose(vendor)
    confirm(account=account, actor=member_of(vendor))
    withdraw(account=account, actor=member_of(vendor))
    assert current_account(vendor=vendor) == old
    assert Job.objects.filter(kind="bank_account.withdrawn").count() == 1
    with pytest.raises(HoldIsOver):
        withdraw(account=old, actor=member_of(vendor))


def test_no_account_is_changed_right_after_the_address_to_which_the_link_goes() -> None:
    vendor = make_vendor()
    facts: dict[str, Any] = {"about": "", "phone": vendor.phone, "street": vendor.street}
    update_profile(vendor=vendor, actor=member_of(vendor), email="khac@example.test", **facts)
    with pytest.raises(AddressTooNew):
        propose(vendor)
    with time_machine.travel(now() + HOLD):
        assert propose(vendor).state == BankAccountState.PROPOSED


def test_the_database_holds_a_confirmed_account() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_account(make_vendor(), hold_until=None)
