"""Any sequence of paying, moving, refunding, disputing and replaying leaves every dong accounted for.

Invariants: every entry and the whole balance (I1, I2), balances are sums (I3), nothing goes back that was not captured
(I4), doing anything twice does it once (I6), notices may come in any order and number (I7), and Stripe holds what the
ledger says (I8).
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
from apps.ledger.selectors import balance, balance_of_order, faults
from apps.ordering import services as ordering
from apps.ordering.models import VendorOrder
from apps.ordering.states import VendorOrderState as State
from apps.payments.earned import held_on
from apps.payments.models import Dispute, Payment, Refund, RefundLine, Share
from apps.payments.providers.stripe import client, notice_of
from apps.payments.services import inbox, receiving, refunds
from apps.payments.services.cash import remit
from apps.payments.services.opening import begin, pay_otherwise
from apps.payments.states import CashHolder, DisputeState, PaymentState, RefundState
from apps.shop.order.models import Order
from fakes.stripe import FakeStripe
from tests.factories.catalogue import make_product
from tests.factories.sales import make_order, ready_to_sell
from tests.unit.fakes.shopping import pay as pay_page

SECRET = "whsec_of_the_machine"
SYSTEM = Actor.system()
MONEY_JOBS = ("webhook.follow", "payment.settle", "refund.send", "payment.end")
CARDS = ("4242424242424242", "4000000000000002", "4000000000000259")
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
        finally:
            transaction.set_rollback(True)
            self.walk.__exit__(None, None, None)

    @initialize()
    def open_the_shop(self) -> None:
        """Goods for everybody."""
        ready_to_sell()
        self.goods = [make_product(stock=500, price=price) for price in (33_333, 100_000, 285_001)]

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
    [(60, 60)],  # 240 operations daily, 100,000 in the drill
)
def test_every_dong_is_accounted_for(machine: type[Money], walks: int, steps: int) -> None:
    assert shop_settings.STRIPE_API_BASE
    limits = settings(
        max_examples=walks, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(machine, settings=limits)
