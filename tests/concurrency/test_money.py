"""Any sequence of paying, moving, refunding, disputing and replaying leaves every dong accounted for.

Invariants: every entry and the whole balance (I1, I2), balances are sums (I3), nothing goes back that was not captured
(I4), vendors have or were paid what their parts brought (I5), doing anything twice does it once (I6), notices may come
in any order and number (I7), Stripe holds what the ledger says (I8), and of an order that goes back whole nothing is
kept (I9). That no money is a float (I10), `tests/architecture/test_money_is_whole.py` shows.
"""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from threading import Thread
from typing import Any

import pytest
from django.conf import settings as shop_settings
from django.db import transaction
from django.db.models import Sum
from django.test import override_settings
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from apps.jobs.models import Job, JobState
from apps.jobs.registry import handler_of
from apps.kernel.actor import Actor
from apps.kernel.errors import DomainError
from apps.kernel.money import dong
from apps.ledger.books import AccountKind
from apps.ledger.models import Account
from apps.ledger.selectors import balance, balance_of_order, balance_of_part, faults
from apps.ordering import services as ordering
from apps.ordering.models import VendorOrder
from apps.ordering.states import VendorOrderState as State
from apps.payments.earned import held_on
from apps.payments.models import Dispute, Payment, Refund, RefundLine, Share
from apps.payments.providers.stripe import client, notice_of
from apps.payments.services import inbox, receiving, refunds
from apps.payments.services.cash import remit
from apps.payments.services.opening import begin, pay_otherwise
from apps.payments.services.refunds import returned_of
from apps.payments.split import split_of
from apps.payments.states import CashHolder, DisputeState, PaymentState, RefundState
from apps.payouts.models import Payout
from apps.payouts.services import runs, sending
from apps.payouts.states import PayoutState
from apps.shop.order.models import Order
from apps.vendors.models import Vendor
from fakes.stripe import FakeStripe
from tests.factories.catalogue import make_product
from tests.factories.payouts import make_account, make_admin_actor
from tests.factories.sales import make_order, ready_to_sell
from tests.unit.fakes.shopping import pay as pay_page

SECRET = "whsec_of_the_machine"
SYSTEM = Actor.system()
MONEY_JOBS = ("webhook.follow", "payment.settle", "refund.send", "payment.end")
CARDS = ("4242424242424242", "4000000000000002", "4000000000000259")
KEPT = (AccountKind.COMMISSION, AccountKind.COMMISSION_VAT, AccountKind.TAX_VAT, AccountKind.TAX_PIT)
VENDORS_OWN = (AccountKind.PENDING, AccountKind.PAYABLE, AccountKind.IN_TRANSIT, AccountKind.VENDOR_CASH)
NEXT = {State.PLACED: "accept", State.ACCEPTED: "pack", State.SHIPPED: "deliver", State.DELIVERED: "complete"}
chances = st.integers(0, 2**16)


class Money(RuleBasedStateMachine):
    """A shop with three vendors; whatever is picked is picked by the seed that the rule draws."""

    stripe: FakeStripe
    notices: list[tuple[bytes, str]]

    def __init__(self) -> None:
        super().__init__()
        self.walk = transaction.atomic()
        self.walk.__enter__()
        self.stripe.admin("webhooks/settle")
        self.stripe.admin("reset")
        self.notices.clear()

    def teardown(self) -> None:
        """At rest nothing is left in between; then everything is forgotten."""
        try:
            self._come_to_rest()
            self._stripe_holds_what_the_ledger_says()
            self._of_what_goes_back_whole_nothing_is_kept()
        finally:
            transaction.set_rollback(True)
            self.walk.__exit__(None, None, None)

    @initialize()
    def open_the_shop(self) -> None:
        """Goods for everybody."""
        ready_to_sell()
        self.goods = [make_product(stock=500, price=price) for price in (33_333, 100_000, 285_001)]
        for vendor in Vendor.objects.all():
            make_account(vendor)
        self.admins = [make_admin_actor(), make_admin_actor()]

    @rule(way=st.sampled_from(["cod", "vietqr", "stripe", "stripe"]), seed=chances)
    def order(self, way: str, seed: int) -> None:
        """One or two vendors."""
        picked = Random(seed).sample(self.goods, 1 + seed % 2)
        placed = make_order(*((product, 1 + seed % 3) for product in picked), payment_method=way)
        if way == "stripe":
            begin(payment=Payment.objects.get(order=placed), actor=SYSTEM)

    @precondition(lambda self: Payment.objects.filter(provider="stripe").exists())
    @rule(card=st.sampled_from(CARDS), seed=chances)
    def pay_by_card(self, card: str, seed: int) -> None:
        """On the page at Stripe, whether it is still open or not."""
        payment = self._pick(Payment.objects.filter(provider="stripe").exclude(reference=""), seed)
        if payment is not None:
            session = client().v1.checkout.sessions.retrieve(payment.reference)
            if session.url:
                pay_page(session.url, card)

    @precondition(lambda self: self.notices)
    @rule(seed=chances)
    def hear(self, seed: int) -> None:
        """Some of the notices, in any order, some of them twice."""
        self.stripe.admin("webhooks/settle")
        chance = Random(seed)
        chance.shuffle(self.notices)
        for raw, signature in chance.choices(self.notices, k=min(6, len(self.notices))):
            inbox.take_in(notice=notice_of(raw, signature))

    @rule(seed=chances)
    def come_back_from_the_page(self, seed: int) -> None:
        """The shopper's way back."""
        if payment := self._pick(Payment.objects.exclude(provider="cod"), seed):
            receiving.check(payment_id=payment.pk, actor=SYSTEM)

    @rule(seed=chances)
    def transfer_arrives(self, seed: int) -> None:
        """The whole amount by bank, in time or late, again and again."""
        if payment := self._pick(Payment.objects.filter(provider="vietqr"), seed):
            receiving.receive(payment_id=payment.pk, charge="", actor=SYSTEM)

    @rule(seed=chances)
    def time_is_over(self, seed: int) -> None:
        """For a payment in any state."""
        if payment := self._pick(Payment.objects.exclude(provider="cod"), seed):
            receiving.end(payment_id=payment.pk, actor=SYSTEM)

    @rule(way=st.sampled_from(["cod", "vietqr", "stripe"]), seed=chances)
    def pay_otherwise(self, way: str, seed: int) -> None:
        """The shopper changes their mind."""
        if payment := self._pick(Payment.objects.filter(state=PaymentState.OPEN), seed):
            self._try(lambda: pay_otherwise(payment_id=payment.pk, provider=way, actor=SYSTEM))

    @rule(seed=chances)
    def a_part_moves_on(self, seed: int) -> None:
        """The next step of any part."""
        if part := self._pick(VendorOrder.objects.filter(state__in=[*NEXT, State.PACKED]), seed):
            if part.state == State.PACKED:
                carrier = "tu-giao" if seed % 5 == 0 else "ghn"
                ordering.hand_over(vendor_order=part, actor=SYSTEM, carrier=carrier, tracking_number="1")
            else:
                getattr(ordering, NEXT[State(part.state)])(vendor_order=part, actor=SYSTEM)

    @rule(seed=chances)
    def a_part_ends(self, seed: int) -> None:
        """Cancelled by its vendor, or sent back by the courier."""
        if part := self._pick(VendorOrder.objects.all(), seed):
            end = ordering.come_back if part.state == State.SHIPPED else ordering.cancel
            self._try(lambda: end(vendor_order=part, actor=SYSTEM, reason="x"))

    @rule(amount=st.integers(-1, 400_000), seed=chances)
    def refund(self, amount: int, seed: int) -> None:
        """Any amount of any share."""
        if share := self._pick(Share.objects.filter(captured__gt=0), seed):
            self._try(lambda: refunds.refund_amount(share=share, amount=dong(amount), reason="x", actor=SYSTEM))

    @rule(ok=st.booleans(), seed=chances)
    def a_refund_ends_by_hand(self, ok: bool, seed: int) -> None:
        """A bank transfer is made, or cannot be."""
        if made := self._pick(Refund.objects.exclude(share__payment__provider="stripe"), seed):
            if ok:
                refunds.confirm(refund_id=made.pk, reference="FT", actor=SYSTEM)
            else:
                refunds.fail(refund_id=made.pk, actor=SYSTEM)

    @rule(seed=chances)
    def a_carrier_hands_cash_over(self, seed: int) -> None:
        """The cash of one parcel."""
        if share := self._pick(Share.objects.filter(payment__provider="cod", captured__gt=0), seed):
            remit(share_id=share.pk, amount=dong(share.captured), reference="x", actor=SYSTEM)

    @rule()
    def a_run_of_payouts(self) -> None:
        """All that is due is prepared by one, approved by another, and out with the bank's file."""
        one, two = self.admins

        def pay_out() -> None:
            run = runs.approve(run=runs.prepare(actor=one), actor=two)
            sending.export(run=run, actor=two)

        self._try(pay_out)

    @rule(act=st.sampled_from(["confirm", "fail", "retry", "drop"]), seed=chances)
    def a_payout_ends(self, act: str, seed: int) -> None:
        """Paid, come back, sent once more or given up; what does not fit its state is refused."""
        if payout := self._pick(Payout.objects.all(), seed):
            acts: dict[str, Any] = {
                "confirm": lambda: sending.confirm(payout=payout, reference="FT", actor=SYSTEM),
                "fail": lambda: sending.fail(payout=payout, reason="x", account_is_bad=False, actor=SYSTEM),
                "retry": lambda: sending.retry(payout=payout, actor=SYSTEM),
                "drop": lambda: runs.drop(payout=payout, reason="x", actor=SYSTEM),
            }
            self._try(acts[act])

    @rule(won=st.booleans(), seed=chances)
    def a_dispute_ends(self, won: bool, seed: int) -> None:
        """At the cardholder's bank."""
        dispute = self._pick(Dispute.objects.filter(state=DisputeState.OPEN), seed)
        if dispute and client().v1.disputes.retrieve(dispute.reference).status not in ("won", "lost"):
            self.stripe.admin("disputes/close", dispute=dispute.reference, won=won)

    @rule(times=st.integers(1, 6))
    def work(self, times: int) -> None:
        """Some jobs are done, each twice: a worker may die before it says so."""
        for job in Job.objects.filter(kind__in=MONEY_JOBS, state=JobState.READY).order_by("run_at", "pk")[:times]:
            self._do(job)

    @invariant()
    def the_ledger_adds_up(self) -> None:
        """I1 to I3."""
        assert list(faults()) == []

    @invariant()
    def nothing_goes_back_that_was_not_paid(self) -> None:
        """I4, by share (a constraint says so too) and by line."""
        own = RefundLine.objects.exclude(refund__state=RefundState.FAILED).exclude(line=None)
        for paid, discount, back in (
            own.values("line")
            .annotate(back=Sum("amount"))
            .values_list("line__items_amount", "line__discount_amount", "back")
        ):
            assert back <= paid - discount

    @invariant()
    def vendors_have_what_their_parts_brought(self) -> None:
        """I5: earnings by the split of each part, less what was paid out and what a vendor took at the door itself."""
        for vendor in Vendor.objects.all():
            shares = Share.objects.filter(vendor_order__vendor=vendor).select_related("vendor_order")
            brought = sum(_earning(share) for share in shares if share.captured and held_on(share.vendor_order))
            at_the_door = sum(share.captured for share in shares if share.cash_holder == CashHolder.VENDOR)
            paid = sum(Payout.objects.filter(vendor=vendor, state=PayoutState.PAID).values_list("amount", flat=True))
            own = sum(Account.objects.filter(vendor=vendor, kind__in=VENDORS_OWN).values_list("balance", flat=True))
            assert -own == brought - at_the_door - paid

    @invariant()
    def what_lies_where(self) -> None:
        """Shoppers' money is that of parts that have not earned; refunds and carriers hold what their rows say."""
        for order in Order.objects.all():
            shares = Share.objects.filter(payment__order=order).select_related("vendor_order")
            ahead = sum(share.left for share in shares if held_on(share.vendor_order) is None)
            assert -balance_of_order(AccountKind.SHOPPERS, order.number).amount == ahead
        claimed = Refund.objects.filter(state=RefundState.CLAIMED).aggregate(total=Sum("amount"))["total"] or 0
        assert -balance(AccountKind.REFUNDING).amount == claimed
        carried = Share.objects.filter(cash_holder=CashHolder.CARRIER).aggregate(total=Sum("captured"))["total"] or 0
        assert balance(AccountKind.CARRIER_CASH).amount == carried

    def _come_to_rest(self) -> None:
        """Everything is told and done, until nothing is left to do."""
        while True:
            self.stripe.admin("webhooks/settle")
            for raw, signature in self.notices:
                inbox.take_in(notice=notice_of(raw, signature))
            jobs = list(Job.objects.filter(kind__in=MONEY_JOBS, state=JobState.READY).order_by("run_at", "pk"))
            if not jobs:
                return
            for job in jobs:
                self._do(job)

    def _stripe_holds_what_the_ledger_says(self) -> None:
        """I8; nothing of a dispute that is over stays held."""
        found = client().v1.balance.retrieve()
        there = sum(part.amount for part in [*found.available, *found.pending])
        assert balance(AccountKind.STRIPE).amount == there
        assert self.stripe.admin("books")["faults"] == []
        open_ones = Dispute.objects.filter(state=DisputeState.OPEN).aggregate(total=Sum("amount"))["total"] or 0
        assert balance(AccountKind.DISPUTED).amount == open_ones
        assert list(faults()) == []

    def _of_what_goes_back_whole_nothing_is_kept(self) -> None:
        """I9, for payments that nobody disputed: no commission, no tax, no earning is left of them."""
        whole = list(Share.objects.filter(captured__gt=0, payment__disputes=None).select_related("vendor_order"))
        for share in whole:
            refunds.claim_rest(share=share, reason="x", actor=SYSTEM)
        self._come_to_rest()
        for made in Refund.objects.filter(share__in=whole, state=RefundState.CLAIMED):
            refunds.confirm(refund_id=made.pk, reference="FT", actor=SYSTEM)
        for share in whole:
            assert [balance_of_part(kind, share.vendor_order.number).amount for kind in KEPT] == [0] * len(KEPT)
        self.vendors_have_what_their_parts_brought()

    def _do(self, job: Job) -> None:
        for _ in range(2):
            handler_of(job.kind)(job.args)
        Job.objects.filter(pk=job.pk).update(state=JobState.DONE)

    def _try(self, act: Any) -> None:
        """What the shop may refuse leaves nothing behind."""
        try:
            with transaction.atomic():
                act()
        except DomainError:
            pass

    def _pick(self, rows: Any, seed: int) -> Any:
        ids = list(rows.order_by("pk").values_list("pk", flat=True))
        return rows.get(pk=ids[seed % len(ids)]) if ids else None


def _earning(share: Share) -> int:
    part = share.vendor_order
    return split_of(part, list(part.lines.order_by("pk")), returned_of(share)).earning


@pytest.fixture
def machine() -> Iterator[type[Money]]:
    notices: list[tuple[bytes, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            notices.append((self.rfile.read(int(self.headers["Content-Length"])), self.headers["Stripe-Signature"]))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    with FakeStripe(webhooks=[(f"http://127.0.0.1:{server.server_port}/", SECRET)]) as fake:
        values = {
            "STRIPE_SECRET_KEY": "sk_test_machine",
            "STRIPE_WEBHOOK_SECRETS": [SECRET],
            "STRIPE_API_BASE": fake.url,
        }
        with override_settings(**values):
            yield type("Walk", (Money,), {"stripe": fake, "notices": notices})
    server.shutdown()
    server.server_close()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("walks", "steps"),
    [(6, 40), pytest.param(1_000, 100, marks=pytest.mark.drill)],  # 240 operations daily, 100,000 in the drill
)
def test_every_dong_is_accounted_for(machine: type[Money], walks: int, steps: int) -> None:
    assert shop_settings.STRIPE_API_BASE
    limits = settings(
        max_examples=walks, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(machine, settings=limits)
