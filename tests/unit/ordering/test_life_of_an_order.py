"""A vendor order from placed to delivered or cancelled; stock, status and money follow."""

import pytest

from apps.jobs.models import AuditEvent, Job
from apps.jobs.transitions import IllegalTransition
from apps.kernel.actor import Actor
from apps.ordering import services
from apps.ordering.handlers import on_vendor_order_complete
from apps.ordering.models import VendorOrder
from apps.ordering.selectors import track
from apps.ordering.states import VendorOrderState as State
from apps.payments.handlers import on_settle
from apps.payments.models import Payment
from apps.payments.states import PaymentState
from apps.shop.catalogue.models import Product
from apps.shop.order.models import Order
from apps.shop.partner.models import StockRecord
from tests.factories.catalogue import make_product
from tests.factories.sales import make_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(django_user_model: type) -> Actor:
    return Actor.person(django_user_model.objects.create_user("ban@example.test").pk)


@pytest.fixture
def goods() -> tuple[Product, Product]:
    return make_product(stock=10), make_product(stock=10)


@pytest.fixture
def order(goods: tuple[Product, Product]) -> Order:
    return make_order((goods[0], 3), (goods[1], 2))


@pytest.fixture
def parts(order: Order) -> list[VendorOrder]:
    return list(VendorOrder.objects.filter(order=order).order_by("pk"))


def stock_of(product: Product) -> tuple[int, int]:
    """Units in stock and units promised."""
    record = StockRecord.objects.get(product=product)
    return record.num_in_stock, record.num_allocated


def status_of(order: Order) -> str:
    return str(Order.objects.get(pk=order.pk).status)


def ship(part: VendorOrder, actor: Actor) -> None:
    services.accept(vendor_order=part, actor=actor)
    services.pack(vendor_order=part, actor=actor)
    services.hand_over(vendor_order=part, actor=actor, carrier="ghn", tracking_number=" GHN123 ")


def pay(order: Order) -> Payment:
    """Run what the jobs would run, twice as a job may."""
    for _ in range(2):
        on_settle({"order_id": order.pk})
    return Payment.objects.get(order=order)


def test_the_slowest_part_is_the_orders_status(order: Order, parts: list[VendorOrder], actor: Actor) -> None:
    ship(parts[0], actor)
    assert status_of(order) == State.PLACED

    services.accept(vendor_order=parts[1], actor=actor)
    assert status_of(order) == State.ACCEPTED

    services.cancel(vendor_order=parts[1], actor=actor, reason="Hết hàng")
    assert status_of(order) == State.SHIPPED


def test_shipping_takes_the_units_out(goods: tuple[Product, Product], parts: list[VendorOrder], actor: Actor) -> None:
    assert stock_of(goods[0]) == (10, 3)

    ship(parts[0], actor)

    assert stock_of(goods[0]) == (7, 0)
    assert stock_of(goods[1]) == (10, 2)
    assert parts[0].parcels.get().tracking_url.endswith("GHN123")


def test_an_unknown_carrier_moves_nothing(
    goods: tuple[Product, Product], parts: list[VendorOrder], actor: Actor
) -> None:
    with pytest.raises(services.UnknownCarrier):
        services.hand_over(vendor_order=parts[0], actor=actor, carrier="ngua", tracking_number="1")

    assert stock_of(goods[0]) == (10, 3)


def test_a_vendor_cancels_with_a_reason(
    goods: tuple[Product, Product], order: Order, parts: list[VendorOrder], actor: Actor
) -> None:
    with pytest.raises(services.ReasonMissing):
        services.cancel(vendor_order=parts[0], actor=actor, reason=" ")

    services.accept(vendor_order=parts[0], actor=actor)
    services.cancel(vendor_order=parts[0], actor=actor, reason="Biển động")

    assert stock_of(goods[0]) == (10, 0)
    assert VendorOrder.objects.get(pk=parts[0].pk).cancel_reason == "Biển động"
    assert pay(order).amount == parts[1].total_amount


def test_cancelling_twice_gives_back_once(
    goods: tuple[Product, Product], parts: list[VendorOrder], actor: Actor
) -> None:
    services.cancel(vendor_order=parts[0], actor=actor, reason="Hết hàng")

    with pytest.raises(IllegalTransition):
        services.cancel(vendor_order=parts[0], actor=actor, reason="Hết hàng")

    assert stock_of(goods[0]) == (10, 0)


def test_what_is_shipped_is_not_cancelled(parts: list[VendorOrder], actor: Actor) -> None:
    ship(parts[0], actor)

    with pytest.raises(IllegalTransition):
        services.cancel(vendor_order=parts[0], actor=actor, reason="Muộn")


def test_the_shopper_takes_everything_back(goods: tuple[Product, Product], order: Order) -> None:
    services.cancel_order_by_shopper(order=order, actor=Actor.guest())

    assert status_of(order) == State.CANCELLED
    assert [stock_of(product) for product in goods] == [(10, 0), (10, 0)]
    assert pay(order).state == PaymentState.CANCELLED


def test_too_late_once_a_vendor_has_confirmed(order: Order, parts: list[VendorOrder], actor: Actor) -> None:
    services.accept(vendor_order=parts[0], actor=actor)

    with pytest.raises(services.TooLateToCancel):
        services.cancel_order_by_shopper(order=order, actor=Actor.guest())
    with pytest.raises(IllegalTransition):
        services.cancel_part_by_shopper(vendor_order=parts[0], actor=Actor.guest())

    services.cancel_part_by_shopper(vendor_order=parts[1], actor=Actor.guest())
    assert status_of(order) == State.ACCEPTED


def test_cash_is_paid_when_every_parcel_has_arrived(order: Order, parts: list[VendorOrder], actor: Actor) -> None:
    for part, state in zip(parts, (PaymentState.OPEN, PaymentState.PAID), strict=True):
        ship(part, actor)
        services.deliver(vendor_order=part, actor=actor)
        assert pay(order).state == state

    assert status_of(order) == State.DELIVERED
    assert Payment.objects.get().amount == order.total_incl_tax


def test_every_step_is_audited_and_told(parts: list[VendorOrder], actor: Actor) -> None:
    Job.objects.all().delete()

    ship(parts[0], actor)

    told = Job.objects.order_by("created_at").values_list("kind", flat=True)
    assert list(told) == ["vendor_order.accepted", "vendor_order.shipped"]
    audited = AuditEvent.objects.filter(object_type="ordering.VendorOrder").order_by("pk")
    assert [event.verb for event in audited] == [
        "vendororder.accepted",
        "vendororder.packed",
        "vendororder.shipped",
    ]
    assert {event.actor_id for event in audited} == {actor.user_id}


def test_a_refused_parcel_costs_nothing_and_fills_no_stock(
    goods: tuple[Product, Product], order: Order, parts: list[VendorOrder], actor: Actor
) -> None:
    with pytest.raises(IllegalTransition):
        services.come_back(vendor_order=parts[0], actor=actor, reason="Khách không nhận")
    ship(parts[0], actor)
    with pytest.raises(services.ReasonMissing):
        services.come_back(vendor_order=parts[0], actor=actor, reason=" ")

    part = services.come_back(vendor_order=parts[0], actor=actor, reason="Khách không nhận")

    assert (part.state, part.cancel_reason, part.returned_at is None) == (State.RETURNED, "Khách không nhận", False)
    assert stock_of(goods[0]) == (7, 0)
    assert pay(order).amount == parts[1].total_amount
    assert status_of(order) == State.PLACED


def test_a_delivered_part_is_complete_after_a_week(order: Order, parts: list[VendorOrder], actor: Actor) -> None:
    ship(parts[0], actor)
    services.deliver(vendor_order=parts[0], actor=actor)
    job = Job.objects.get(kind="vendor_order.complete")
    assert round((job.run_at - job.created_at).total_seconds()) == 7 * 24 * 3600

    for _ in range(2):
        on_vendor_order_complete(job.args)
    on_vendor_order_complete({"vendor_order_id": parts[1].pk})

    assert [VendorOrder.objects.get(pk=part.pk).state for part in parts] == [State.COMPLETED, State.PLACED]


def test_the_vendor_hears_of_it_when_somebody_else_cancels(parts: list[VendorOrder], actor: Actor) -> None:
    member = Actor.person(actor.user_id or 0, parts[0].vendor_id)
    services.cancel(vendor_order=parts[0], actor=member, reason="Hết hàng")
    services.cancel_part_by_shopper(vendor_order=parts[1], actor=Actor.guest())

    told = Job.objects.filter(kind="vendor_order.withdrawn")
    assert [job.args for job in told] == [{"vendor_order_id": parts[1].pk}]


def test_numbers_of_parts_say_nothing_about_the_order(order: Order, parts: list[VendorOrder]) -> None:
    for part in parts:
        assert order.number not in part.number
        assert track(part.number, part.recipient_phone) is None
        assert track(part.number.removeprefix("K"), part.recipient_phone) is None
