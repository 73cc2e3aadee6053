"""Any sequence of basket, order, cancel, ship and restock leaves stock and sums as a plain model says."""

from collections import Counter

import pytest
from django.db import transaction
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

from apps.kernel.actor import Actor
from apps.ordering import services
from apps.ordering.models import VendorOrder
from apps.ordering.states import VendorOrderState as State
from apps.ordering.states import order_status
from apps.payments.models import Payment
from apps.payments.services.settling import settle
from apps.purchase.services import BasketBlocked, place
from apps.shop.basket.models import Basket
from apps.shop.basket.services import OnlySoManyLeft, add_product, set_quantity
from apps.shop.catalogue.models import Product
from apps.shop.order.models import Order
from apps.shop.partner.models import StockRecord
from apps.shop.partner.stock import set_level
from tests.factories.catalogue import make_product
from tests.factories.sales import details, ready_to_sell, total_of

GUEST, SYSTEM = Actor.guest(), Actor.system()
LIVE = (State.PLACED, State.ACCEPTED, State.PACKED)
places = st.integers(0, 2)


class Shop(RuleBasedStateMachine):
    """Three products of three vendors, one shopper at a time; the model is two counters and a dictionary."""

    def __init__(self) -> None:
        super().__init__()
        self.walk = transaction.atomic()
        self.walk.__enter__()

    def teardown(self) -> None:
        """Every walk begins in an empty shop."""
        transaction.set_rollback(True)
        self.walk.__exit__(None, None, None)

    @initialize()
    def open_the_shop(self) -> None:
        """Goods with five units each."""
        ready_to_sell()
        self.products: list[Product] = [make_product(stock=5, price=price) for price in (33_333, 100_000, 285_001)]
        self.available = Counter({product.pk: 5 for product in self.products})
        self.promised: Counter[int] = Counter()
        self.basket: Basket | None = None
        self.wanted: Counter[int] = Counter()
        self.states: dict[int, State] = {}

    @rule(place=places, quantity=st.integers(1, 4))
    def add(self, place: int, quantity: int) -> None:
        """Put units into the basket; more than there is must be refused."""
        product = self.products[place]
        fits = self.wanted[product.pk] + quantity <= self.available[product.pk]
        try:
            self.basket = add_product(basket=self.basket, user_id=None, product_id=product.pk, quantity=quantity)
        except OnlySoManyLeft:
            assert not fits
        else:
            assert fits
            self.wanted[product.pk] += quantity

    @precondition(lambda self: self.wanted)
    @rule(place=places)
    def take_out(self, place: int) -> None:
        """Take a line out of the basket."""
        product = self.products[place]
        line = self.basket.lines.filter(product=product).first() if self.basket else None
        if self.basket and line:
            set_quantity(basket=self.basket, line_id=line.pk, quantity=0)
        del self.wanted[product.pk]

    @precondition(lambda self: self.wanted)
    @rule()
    def order(self) -> None:
        """Submit twice; refused as a whole when one product has run short meanwhile."""
        assert self.basket is not None
        basket = self.basket
        fits = all(self.available[product] >= quantity for product, quantity in self.wanted.items())
        seen = total_of(basket)
        try:
            order = place(basket_id=basket.pk, details=details(), seen_total=seen, actor=GUEST)
        except BasketBlocked:
            assert not fits
            return
        assert fits
        assert place(basket_id=basket.pk, details=details(), seen_total=seen, actor=GUEST) == order
        assert order.total_incl_tax == seen
        self.available -= self.wanted
        self.promised += self.wanted
        self.states |= {part.pk: State.PLACED for part in order.vendor_orders.all()}
        self.basket, self.wanted = None, Counter()

    @precondition(lambda self: any(state in LIVE for state in self.states.values()))
    @rule(data=st.data(), to=st.sampled_from(["next", "cancel"]))
    def move_on(self, data: st.DataObject, to: str) -> None:
        """A vendor takes the next step, or cancels."""
        part = self._pick(data)
        units = Counter({line.product_id: line.quantity for line in part.lines.all()})
        if to == "cancel":
            services.cancel(vendor_order=part, actor=SYSTEM, reason="Hết hàng")
            self.states[part.pk] = State.CANCELLED
            self.available += units
            self.promised -= units
        elif part.state == State.PLACED:
            services.accept(vendor_order=part, actor=SYSTEM)
            self.states[part.pk] = State.ACCEPTED
        elif part.state == State.ACCEPTED:
            services.pack(vendor_order=part, actor=SYSTEM)
            self.states[part.pk] = State.PACKED
        else:
            services.hand_over(vendor_order=part, actor=SYSTEM, carrier="ghn", tracking_number="1")
            self.states[part.pk] = State.SHIPPED
            self.promised -= units
        settle(order_id=part.order_id, actor=SYSTEM)

    @rule(place=places, units=st.integers(0, 6))
    def restock(self, place: int, units: int) -> None:
        """A vendor counts its shelf anew; what is promised stays promised."""
        product = self.products[place]
        set_level(stockrecord_id=product.stockrecords.get().pk, available=units)
        self.available[product.pk] = units

    @invariant()
    def stock_is_as_the_model_says(self) -> None:
        """Units that can be sold, and units that are promised."""
        for record in StockRecord.objects.filter(product__in=getattr(self, "products", [])):
            assert record.available == self.available[record.product_id]
            assert record.num_allocated == self.promised[record.product_id]

    @invariant()
    def sums_and_states_follow_the_parts(self) -> None:
        """An order is the sum of its parts to the dong, its status theirs, its cash what is left."""
        for order in Order.objects.prefetch_related("vendor_orders"):
            parts = list(order.vendor_orders.all())
            assert {part.pk: part.state for part in parts} == {part.pk: self.states[part.pk] for part in parts}
            assert order.total_incl_tax == sum(part.total_amount for part in parts)
            assert order.status == order_status(part.state for part in parts)
            owed = sum(part.cash_amount for part in parts if part.state != State.CANCELLED)
            payment = Payment.objects.get(order=order)
            assert (payment.amount, payment.state) == (owed, "open") if owed else payment.state == "cancelled"

    def _pick(self, data: st.DataObject) -> VendorOrder:
        live = sorted(pk for pk, state in self.states.items() if state in LIVE)
        return VendorOrder.objects.get(pk=data.draw(st.sampled_from(live)))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("walks", "steps"),
    [(10, 25), pytest.param(100, 40, marks=pytest.mark.drill)],  # the short form daily
)
def test_any_sequence_of_steps(walks: int, steps: int) -> None:
    limits = settings(
        max_examples=walks, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Shop, settings=limits)
