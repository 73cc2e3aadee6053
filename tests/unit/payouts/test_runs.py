"""Runs: the claim is the booking, four eyes let money go, and every payout ends as paid, failed or dropped."""

import csv
import datetime as dt
import io

import pytest
import time_machine
from django.db import IntegrityError, transaction

from apps.jobs.models import AuditEvent, Job
from apps.jobs.transitions import IllegalTransition
from apps.kernel.actor import Actor
from apps.ledger.books import AccountKind
from apps.ledger.models import Entry
from apps.ledger.selectors import balance, balances, faults
from apps.payouts.handlers import on_prepare
from apps.payouts.models import BankAccount, Payout, PayoutRun
from apps.payouts.selectors import balance_of, due_vendors, obstacle_of, payouts_in, runs, waiting_runs
from apps.payouts.services.runs import (
    NothingToPay,
    ReasonMissing,
    SamePerson,
    approve,
    check,
    drop,
    drop_run,
    prepare,
)
from apps.payouts.services.sending import ReferenceMissing, confirm, confirm_all, export, fail, retry
from apps.payouts.states import BankAccountState, Obstacle, PayoutState, RunState
from tests.factories.payouts import (
    make_account,
    make_admin_actor,
    make_approved,
    make_payee,
    make_run,
    make_sent,
    owe,
)
from tests.factories.vendors import make_vendor

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


def money() -> dict[str, int]:
    """Every account that is not at nothing; the ledger adds up. What tests owe is on `losses`."""
    assert list(faults()) == []
    return {kind.value: amount.amount for kind, amount in balances() if amount and kind != AccountKind.LOSSES}


def states(run: PayoutRun) -> list[str]:
    return list(run.payouts.order_by("pk").values_list("state", flat=True))


def test_a_run_takes_the_whole_balance_of_every_vendor_that_can_be_paid() -> None:
    one, two = make_payee(500_000), make_payee(1_250_000)
    admin = make_admin_actor()
    run = prepare(actor=admin)
    assert [(payout.vendor, payout.amount) for payout in payouts_in(run)] == [(two, 1_250_000), (one, 500_000)]
    assert (run.state, run.checked_by_id, states(run)) == (RunState.CHECKED, admin.user_id, ["prepared"] * 2)
    assert money() == {"in_transit": -1_750_000}
    payout = run.payouts.get(vendor=one)
    account = BankAccount.objects.get(vendor=one)
    copied = (payout.bank_account, payout.bank_bin, payout.account_number, payout.account_holder)
    assert copied == (account, account.bank_bin, account.number, account.holder)
    with pytest.raises(NothingToPay):
        prepare(actor=admin)
    assert PayoutRun.objects.count() == 1


def test_who_cannot_be_paid_is_listed_with_the_reason() -> None:
    ready, small, debtor = make_payee(300_000), make_payee(99_999), make_payee(-5_000)
    nowhere, held, bad = make_vendor(), make_vendor(), make_vendor()
    for vendor in (nowhere, held, bad):
        owe(vendor, 200_000)
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    make_account(held, hold_until=soon)
    make_account(bad, state=BankAccountState.BAD)
    found = {due.vendor: due.obstacle for due in due_vendors()}
    assert found == {
        ready: None,
        small: Obstacle.BELOW_MINIMUM,
        debtor: Obstacle.DEBT,
        nowhere: Obstacle.NO_ACCOUNT,
        held: Obstacle.ON_HOLD,
        bad: Obstacle.BAD_ACCOUNT,
    }
    assert {vendor: obstacle_of(vendor=vendor) for vendor in found} == found
    run = prepare(actor=make_admin_actor())
    assert [payout.vendor for payout in run.payouts.all()] == [ready]


def test_a_debt_is_netted_from_the_next_payout() -> None:
    vendor = make_payee(-40_000)
    assert (balance_of(vendor=vendor).debt, balance_of(vendor=vendor).due) == (40_000, 0)
    owe(vendor, 240_000)
    assert make_run(vendor).payouts.get().amount == 200_000
    assert (balance_of(vendor=vendor).due, balance_of(vendor=vendor).on_the_way) == (0, 200_000)


def test_whoever_prepared_a_run_does_not_approve_it() -> None:
    admin = make_admin_actor()
    run = make_run(by=admin)
    with pytest.raises(SamePerson):
        approve(run=run, actor=admin)
    assert states(run) == ["prepared"]
    other = make_admin_actor()
    approved = approve(run=run, actor=other)
    assert (approved.state, approved.approved_by_id, states(run)) == (RunState.APPROVED, other.user_id, ["approved"])
    assert Job.objects.filter(kind="payout.send").count() == 1
    with pytest.raises(IllegalTransition):
        approve(run=run, actor=make_admin_actor())


def test_the_database_knows_four_eyes() -> None:
    admin = make_admin_actor()
    run = make_run(by=admin)
    for approver in (admin.user_id, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            PayoutRun.objects.filter(pk=run.pk).update(state=RunState.APPROVED, approved_by_id=approver)
    with pytest.raises(IntegrityError), transaction.atomic():
        PayoutRun.objects.create(state=RunState.CHECKED)


def test_the_schedule_prepares_on_its_day_once_and_two_people_follow(settings: pytest.FixtureRequest) -> None:
    settings.PAYOUT_WEEKDAY = "WEDNESDAY"  # type: ignore[attr-defined]  # pytest-django's settings
    vendor = make_payee()
    for day in (24, 25, 25):
        with time_machine.travel(dt.datetime(2026, 11, day, 5, tzinfo=dt.UTC)):
            on_prepare({})
    run = PayoutRun.objects.get()
    assert (run.state, run.checked_by, run.due_on) == (RunState.PREPARED, None, dt.date(2026, 11, 25))
    assert (run.payouts.get().vendor, waiting_runs()) == (vendor, 1)
    one, two = make_admin_actor(), make_admin_actor()
    with pytest.raises(IllegalTransition):
        approve(run=run, actor=one)
    check(run=run, actor=one)
    with pytest.raises(SamePerson):
        approve(run=run, actor=one)
    assert approve(run=run, actor=two).state == RunState.APPROVED
    assert waiting_runs() == 0


def test_a_run_of_the_schedule_without_money_is_none() -> None:
    with time_machine.travel(dt.datetime(2026, 11, 23, 5, tzinfo=dt.UTC)):
        on_prepare({})
    assert PayoutRun.objects.count() == 0


def test_a_payout_that_is_dropped_is_due_again() -> None:
    vendor = make_payee()
    make_payee()
    run = make_run(vendor)
    payout = run.payouts.get(vendor=vendor)
    with pytest.raises(ReasonMissing):
        drop(payout=payout, reason=" ", actor=SYSTEM)
    dropped = drop(payout=payout, reason="Tên không khớp", actor=SYSTEM)
    assert (dropped.state, dropped.state_reason) == (PayoutState.DROPPED, "Tên không khớp")
    assert (balance_of(vendor=vendor).due, money()) == (500_000, {"payable": -500_000, "in_transit": -500_000})
    approve(run=run, actor=make_admin_actor())
    assert states(run) == ["dropped", "approved"]
    with pytest.raises(IllegalTransition):
        drop(payout=payout, reason="x", actor=SYSTEM)
    assert make_run(vendor).payouts.get().vendor == vendor


def test_a_run_can_be_dropped_as_a_whole_until_it_is_approved() -> None:
    make_payee()
    run = make_run(make_payee())
    assert drop_run(run=run, reason="Sai kỳ", actor=SYSTEM).state == RunState.DROPPED
    assert (states(run), money()) == (["dropped"] * 2, {"payable": -1_000_000})
    with pytest.raises(IllegalTransition):
        drop_run(run=make_approved(), reason="x", actor=SYSTEM)


def test_a_run_of_which_everything_was_dropped_is_not_approved() -> None:
    run = make_run()
    drop(payout=run.payouts.get(), reason="x", actor=SYSTEM)
    with pytest.raises(NothingToPay):
        approve(run=run, actor=make_admin_actor())


def test_the_bank_file_has_what_banks_ask_for_and_marks_it_as_on_its_way() -> None:
    vendor = make_payee(1_234_567)
    run = make_approved(vendor)
    payout = run.payouts.get()
    file = export(run=run, actor=SYSTEM)
    head, row = csv.reader(io.StringIO(file))
    assert len(head) == len(row)
    content = f"SAN VAT CHI TRA {payout.number}"
    account = payout.account_number
    assert row == ["1", "970436", "Vietcombank", account, "NGUYEN THI LAN", "1234567", content]
    assert (len(content) <= 25, content.isascii(), states(run)) == (True, True, ["sent"])
    assert (export(run=run, actor=SYSTEM), Job.objects.filter(kind="payout.sent").count()) == (file, 1)
    assert AuditEvent.objects.filter(verb="payout.file").count() == 2


def test_a_file_holds_nothing_that_ended_and_no_formula() -> None:
    run = make_approved(make_payee())
    Payout.objects.update(account_holder="=1+1")
    assert "'=1+1" in export(run=run, actor=SYSTEM)
    confirm_all(run=run, reference="FT1", actor=SYSTEM)
    with pytest.raises(NothingToPay):
        export(run=run, actor=SYSTEM)
    with pytest.raises(NothingToPay):
        export(run=make_run(), actor=SYSTEM)


def test_a_payout_is_paid_with_the_banks_number_once() -> None:
    payout = make_sent(make_payee())
    with pytest.raises(ReferenceMissing):
        confirm(payout=payout, reference="", actor=SYSTEM)
    paid = confirm(payout=payout, reference="FT26330", actor=SYSTEM)
    assert (paid.state, paid.reference, paid.paid_at is None) == (PayoutState.PAID, "FT26330", False)
    assert money() == {"bank": -500_000}
    with pytest.raises(IllegalTransition):
        confirm(payout=payout, reference="FT26330", actor=SYSTEM)
    assert Entry.objects.filter(kind="payout_paid").count() == 1


def test_all_payouts_of_a_file_are_confirmed_by_one_bank_order() -> None:
    make_payee()
    payout = make_sent(make_payee())
    assert confirm_all(run=payout.run, reference="FT7", actor=SYSTEM) == 2
    assert (states(payout.run), balance(AccountKind.IN_TRANSIT).amount) == (["paid"] * 2, 0)
    assert confirm_all(run=payout.run, reference="FT7", actor=SYSTEM) == 0


def test_nothing_is_paid_that_was_not_approved_and_sent() -> None:
    prepared = make_run().payouts.get()
    approved = make_approved().payouts.get()
    for payout in (prepared, approved):
        with pytest.raises(IllegalTransition):
            confirm(payout=payout, reference="FT1", actor=SYSTEM)


def test_a_failed_payout_keeps_its_money_until_it_is_tried_again_or_dropped() -> None:
    vendor = make_payee()
    payout = make_sent(vendor)
    key = payout.key
    with pytest.raises(IllegalTransition):
        drop(payout=payout, reason="x", actor=SYSTEM)
    failed = fail(payout=payout, reason="Sai số tài khoản", account_is_bad=False, actor=SYSTEM)
    assert (failed.state, failed.state_reason) == (PayoutState.FAILED, "Sai số tài khoản")
    assert (money(), [due.vendor for due in due_vendors()]) == ({"in_transit": -500_000}, [])
    assert Job.objects.filter(kind="payout.failed").count() == 1
    again = retry(payout=payout, actor=SYSTEM)
    assert (again.state, again.key) == (PayoutState.APPROVED, key)
    export(run=payout.run, actor=SYSTEM)
    assert Job.objects.filter(kind="payout.sent").count() == 2
    confirm(payout=payout, reference="FT2", actor=SYSTEM)
    assert money() == {"bank": -500_000}


def test_an_account_from_which_money_came_back_is_paid_to_no_more() -> None:
    vendor = make_payee()
    payout = make_sent(vendor)
    fail(payout=payout, reason="Tài khoản đã đóng", account_is_bad=True, actor=SYSTEM)
    account = BankAccount.objects.get(vendor=vendor)
    assert (account.state, account.obstacle) == (BankAccountState.BAD, Obstacle.BAD_ACCOUNT)
    drop(payout=payout, reason="Tài khoản đã đóng", actor=SYSTEM)
    assert obstacle_of(vendor=vendor) == Obstacle.BAD_ACCOUNT
    with pytest.raises(NothingToPay):
        make_run(vendor)
    new = make_account(vendor, number="9704999999", confirmed_at=dt.datetime.now(dt.UTC))
    assert make_run(vendor).payouts.get().bank_account == new


def test_only_a_failed_payout_is_tried_again() -> None:
    with pytest.raises(IllegalTransition):
        retry(payout=make_run().payouts.get(), actor=SYSTEM)


def test_the_list_of_runs_counts_what_is_left() -> None:
    make_payee(200_000)
    payout = make_sent(make_payee())
    assert [(run.count, run.total, run.left) for run in runs()] == [(2, 700_000, 2)]
    confirm(payout=payout, reference="FT1", actor=SYSTEM)
    assert [run.left for run in runs()] == [1]
