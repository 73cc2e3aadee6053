"""Two people at the money at once: every dong leaves once."""

from functools import partial

import pytest
from django.db.models import Sum

from apps.kernel.actor import Actor
from apps.kernel.money import dong
from apps.ledger.books import AccountKind
from apps.ledger.selectors import balance, faults
from apps.payments.services.refunds import refund_amount
from apps.payouts.models import Payout, PayoutRun
from apps.payouts.services.runs import approve, drop, prepare
from apps.payouts.services.sending import confirm, fail
from apps.payouts.states import PayoutState
from tests.concurrency.racing import race, tally
from tests.factories.catalogue import make_product
from tests.factories.payments import bring, complete, make_transfer_order, parts_of, pay, share_of
from tests.factories.payouts import make_account, make_admin_actor, make_payee, make_run, make_sent, owe

pytestmark = pytest.mark.usefixtures("shared_database")
SYSTEM = Actor.system()
ROUNDS = 5


def test_runs_that_are_prepared_at_once_never_pay_twice() -> None:
    """Without the lock in `owed_to_vendor` several runs read the same balance and each of them takes it."""
    vendors = [make_payee(0) for _ in range(3)]
    admins = [make_admin_actor() for _ in range(4)]
    for turn in range(1, ROUNDS + 1):
        for vendor in vendors:
            owe(vendor, 500_000)

        outcome = race([partial(prepare, actor=admin) for admin in admins])

        assert set(tally(outcome)) <= {"done", "refused"}
        assert Payout.objects.aggregate(sum=Sum("amount"))["sum"] == turn * 1_500_000
        assert (Payout.objects.count(), balance(AccountKind.PAYABLE).amount) == (turn * 3, 0)
    assert list(faults()) == []


def test_a_refund_while_its_earning_is_paid_out_becomes_debt_of_the_vendor() -> None:
    """Refund first: nothing is left to pay. Payout first: the vendor owes what it was paid."""
    for _ in range(ROUNDS):
        order = make_transfer_order(make_product(price=400_000))
        pay(order)
        part = complete(bring(parts_of(order)[0]))
        make_account(part.vendor)
        share = share_of(part)
        due = -balance(AccountKind.PAYABLE, vendor_id=part.vendor_id).amount

        outcome = race(
            [
                partial(prepare, actor=make_admin_actor()),
                partial(refund_amount, share=share, amount=dong(share.captured), reason="x", actor=SYSTEM),
            ]
        )

        paid = sum(Payout.objects.filter(vendor=part.vendor).values_list("amount", flat=True))
        assert tally(outcome) == ({"done": 2} if paid else {"done": 1, "refused": 1})
        assert paid in (0, due)
        assert balance(AccountKind.PAYABLE, vendor_id=part.vendor_id).amount == paid
    assert list(faults()) == []


def test_two_people_approve_a_run_at_once() -> None:
    for _ in range(ROUNDS):
        run = make_run(make_payee())
        one, two = make_admin_actor(), make_admin_actor()

        outcome = race([partial(approve, run=run, actor=actor) for actor in (one, two)])

        assert tally(outcome) == {"done": 1, "refused": 1}
        assert PayoutRun.objects.get(pk=run.pk).approved_by_id in {one.user_id, two.user_id}


def test_a_payout_is_dropped_while_its_run_is_approved() -> None:
    for _ in range(ROUNDS):
        vendor = make_payee()
        run = make_run(vendor)
        payout = run.payouts.get(vendor=vendor)

        outcome = race(
            [
                partial(approve, run=run, actor=make_admin_actor()),
                partial(drop, payout=payout, reason="x", actor=SYSTEM),
            ]
        )

        # Approved and dropped after it, or dropped first: then either nothing was left, or its turn had passed.
        assert set(tally(outcome)) <= {"done", "refused"}
        assert Payout.objects.get(pk=payout.pk).state in (PayoutState.DROPPED, PayoutState.APPROVED)
    assert list(faults()) == []


def test_a_payout_ends_once() -> None:
    for _ in range(ROUNDS):
        payout = make_sent(make_payee())

        outcome = race(
            [
                partial(confirm, payout=payout, reference="FT1", actor=SYSTEM),
                partial(confirm, payout=payout, reference="FT2", actor=SYSTEM),
                partial(fail, payout=payout, reason="x", account_is_bad=False, actor=SYSTEM),
            ]
        )

        assert tally(outcome) == {"done": 1, "refused": 2}
    assert list(faults()) == []


def test_a_run_is_prepared_while_a_payout_before_is_dropped() -> None:
    """Both touch the same two accounts of the vendor: neither waits for the other in a circle."""
    for _ in range(ROUNDS):
        vendor = make_payee()
        payout = make_run(vendor).payouts.get()
        owe(vendor, 300_000)

        outcome = race(
            [
                partial(prepare, actor=make_admin_actor()),
                partial(drop, payout=payout, reason="x", actor=SYSTEM),
            ]
        )

        assert tally(outcome) == {"done": 2}
        left = -balance(AccountKind.PAYABLE, vendor_id=vendor.pk).amount
        claimed = Payout.objects.filter(vendor=vendor).exclude(state=PayoutState.DROPPED)
        assert (claimed.aggregate(sum=Sum("amount"))["sum"], left) in {(300_000, 500_000), (800_000, 0)}
        if left:
            make_run(vendor)
    assert list(faults()) == []
