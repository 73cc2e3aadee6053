"""Orders come into being and move on: every function is one transaction with its audit events and jobs.

Locks are taken in one order everywhere: vendor orders by id, then stock by id, then the order.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.delivery.models import Carrier
from apps.jobs.services import enqueue, record
from apps.jobs.transitions import transition
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.kernel.errors import DomainError
from apps.kernel.ids import OrderNumberCipher
from apps.kernel.money import Money
from apps.ordering.models import OrderNumber, Parcel, VendorOrder, VendorOrderLine
from apps.ordering.pricing import BasketView, LineView, VendorGroup
from apps.ordering.states import (
    SHOPPER_CANCELS,
    VENDOR_ORDER_TRANSITIONS,
    VendorOrderState,
    order_status,
)
from apps.provenance.models import Certificate
from apps.provenance.selectors import valid_certificates
from apps.shop.order.models import Line, Order
from apps.shop.order.services import Recipient, write_order
from apps.shop.partner import stock

# A vendor confirms within a day and hands over within two; later is shown as late.
ACCEPT_WITHIN = dt.timedelta(hours=24)
SHIP_WITHIN = dt.timedelta(hours=48)


class ReasonMissing(DomainError):
    """A cancellation by a vendor needs words for the shopper."""

    default_message = _("Write the reason: the shopper reads it.")


class UnknownCarrier(DomainError):
    """No active carrier has this code."""

    default_message = _("Choose a carrier from the list.")


class TooLateToCancel(DomainError):
    """A vendor has confirmed already."""

    default_message = _(
        "A vendor has confirmed this order already. Call the vendor: the number stands beside its part of the order."
    )


def order_number_cipher() -> OrderNumberCipher:
    """Turns sequence numbers into order numbers and back, with the key of this shop."""
    return OrderNumberCipher(settings.ORDER_NUMBER_KEY.encode())


@transaction.atomic
def place_order(
    *,
    view: BasketView,
    recipient: Recipient,
    actor: Actor,
    collect_cash: bool,
    notes_by_vendor: Mapping[int, str] | None = None,
) -> Order:
    """Turn a priced basket into an order with one vendor order per vendor; stock is reserved first, in order of id.

    The caller holds the lock of the basket's row and has checked what the shopper agreed to; every group has its
    delivery quote. Raises OutOfStock, and nothing has happened then.
    """
    stock.reserve(quantities=_quantities(line for group in view.groups for line in group.lines))
    order = write_order(
        basket=view.basket,
        number=order_number_cipher().encode(OrderNumber.objects.create().pk),
        recipient=recipient,
        shipping=Money.total(group.shipping_amount for group in view.groups),
        total=view.total,
        user_id=actor.user_id,
    )
    order_lines = {line.stockrecord_id: line for line in order.lines.all() if line.stockrecord_id}
    certificates = valid_certificates([line.product_id for group in view.groups for line in group.lines])
    for place, group in enumerate(view.groups, start=1):
        note = (notes_by_vendor or {}).get(group.vendor.pk, recipient.note)
        cash = group.total if collect_cash else Money(0)
        part = VendorOrder.objects.create(
            order=order,
            number=f"{order.number}-{place}",
            delivery_note=note,
            cash_amount=cash.amount,
            **_destination(recipient),
            **_amounts(group),
        )
        _keep_lines(part, group, order_lines, certificates)
        enqueue("vendor_order.placed", {"vendor_order_id": part.pk})
    record(actor=actor, verb="order.placed", obj=order, after={"number": order.number, "total": view.total.amount})
    enqueue("order.placed", {"order_id": order.pk})
    return order


@transaction.atomic
def accept(*, vendor_order: VendorOrder, actor: Actor) -> VendorOrder:
    """The vendor confirms that it will send the goods."""
    return _move(vendor_order, VendorOrderState.ACCEPTED, actor, accepted_at=now())


@transaction.atomic
def pack(*, vendor_order: VendorOrder, actor: Actor) -> VendorOrder:
    """The parcel waits for its carrier."""
    return _move(vendor_order, VendorOrderState.PACKED, actor, packed_at=now())


@transaction.atomic
def hand_over(*, vendor_order: VendorOrder, actor: Actor, carrier: str, tracking_number: str) -> VendorOrder:
    """The carrier has the parcel: its units leave the stock. Raises UnknownCarrier."""
    found = Carrier.objects.filter(code=carrier, is_active=True).first()
    if found is None:
        raise UnknownCarrier
    moved = _move(vendor_order, VendorOrderState.SHIPPED, actor, shipped_at=now())
    stock.consume(quantities=_reserved(moved))
    Parcel.objects.create(vendor_order=moved, carrier=found, tracking_number=tracking_number.strip())
    return moved


@transaction.atomic
def deliver(*, vendor_order: VendorOrder, actor: Actor) -> VendorOrder:
    """The shopper has the parcel and the courier the cash."""
    moved = _move(vendor_order, VendorOrderState.DELIVERED, actor, delivered_at=now())
    enqueue("payment.settle", {"order_id": moved.order_id})
    return moved


@transaction.atomic
def cancel(*, vendor_order: VendorOrder, actor: Actor, reason: str) -> VendorOrder:
    """A vendor (or an admin) takes its part back before it is shipped; stock and payment follow.

    Vouchers stay used: what is left of the order keeps the discount that its lines got. Raises ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing
    return _cancel(vendor_order, actor, reason.strip(), VENDOR_ORDER_TRANSITIONS)


@transaction.atomic
def cancel_part_by_shopper(*, vendor_order: VendorOrder, actor: Actor) -> VendorOrder:
    """The shopper takes one part back before its vendor has confirmed; raises IllegalTransition afterwards."""
    return _cancel(vendor_order, actor, "", SHOPPER_CANCELS)


@transaction.atomic
def cancel_order_by_shopper(*, order: Order, actor: Actor) -> Order:
    """The shopper takes back the whole order while no vendor has confirmed; raises TooLateToCancel afterwards."""
    parts = list(VendorOrder.objects.select_for_update().filter(order=order).order_by("pk"))
    waiting = [part for part in parts if part.state == VendorOrderState.PLACED]
    gone = [part for part in parts if part.state == VendorOrderState.CANCELLED]
    if not waiting or len(waiting) + len(gone) < len(parts):
        raise TooLateToCancel
    for part in waiting:
        _close(part, actor, "", SHOPPER_CANCELS)
    _follow(order.pk)
    order.refresh_from_db()
    return order


def _move(vendor_order: VendorOrder, to: str, actor: Actor, **changes: Any) -> VendorOrder:
    moved = transition(vendor_order, to, table=VENDOR_ORDER_TRANSITIONS, actor=actor, **changes)
    if to == VendorOrderState.SHIPPED:
        enqueue("vendor_order.shipped", {"vendor_order_id": moved.pk})
    _follow(moved.order_id)
    return moved


def _cancel(vendor_order: VendorOrder, actor: Actor, reason: str, table: Mapping[str, frozenset[str]]) -> VendorOrder:
    moved = _close(vendor_order, actor, reason, table)
    _follow(moved.order_id)
    return moved


def _close(vendor_order: VendorOrder, actor: Actor, reason: str, table: Mapping[str, frozenset[str]]) -> VendorOrder:
    """Cancel one part and give its stock back; the order's status is not touched yet."""
    moved = transition(
        vendor_order,
        VendorOrderState.CANCELLED,
        table=table,
        actor=actor,
        reason=reason,
        cancel_reason=reason,
        cancelled_at=now(),
    )
    stock.release(quantities=_reserved(moved))
    enqueue("vendor_order.cancelled", {"vendor_order_id": moved.pk})
    enqueue("payment.settle", {"order_id": moved.order_id})
    return moved


def _follow(order_id: int) -> None:
    """Work out the order's status anew, its row locked: two vendors may move on at the same moment."""
    order = Order.objects.select_for_update().get(pk=order_id)
    states = VendorOrder.objects.filter(order_id=order_id).values_list("state", flat=True)
    status = order_status(states)
    if order.status != status:
        Order.objects.filter(pk=order_id).update(status=status)


def _quantities(lines: Any) -> dict[int, int]:
    counted: Counter[int] = Counter()
    for line in lines:
        counted[line.stockrecord_id] += line.quantity
    return dict(counted)


def _reserved(vendor_order: VendorOrder) -> dict[int, int]:
    return _quantities(vendor_order.lines.all())


def _destination(recipient: Recipient) -> dict[str, str]:
    """The vendor's own copy of where its part goes: it never reads the whole order."""
    return {
        "recipient_name": recipient.name,
        "recipient_phone": recipient.phone,
        "street": recipient.street,
        "commune_name": recipient.commune.full_name,
        "province_name": recipient.commune.province.full_name,
        "gift_message": recipient.gift_message,
    }


def _amounts(group: VendorGroup) -> dict[str, Any]:
    """Money, weight and days of a part; raises ValueError when nobody has asked what its delivery costs."""
    if group.shipping is None:
        raise ValueError("an order needs the delivery quote of every vendor")
    placed_at = now()
    return {
        "vendor": group.vendor,
        "items_amount": group.items.amount,
        "discount_amount": group.discount.amount,
        "shipping_amount": group.shipping.amount.amount,
        "total_amount": group.total.amount,
        "weight_g": group.weight_g,
        "placed_at": placed_at,
        "accept_by": placed_at + ACCEPT_WITHIN,
        "ship_by": placed_at + SHIP_WITHIN,
        "arrives_from": group.shipping.arrives_from,
        "arrives_until": group.shipping.arrives_until,
    }


def _keep_lines(
    part: VendorOrder, group: VendorGroup, order_lines: Mapping[int, Line], certificates: Mapping[int, Certificate]
) -> None:
    """What is sold, as it is today: a certificate that ends tomorrow was true at the sale."""
    VendorOrderLine.objects.bulk_create(
        _line(part, view, order_lines[view.stockrecord_id], certificates.get(view.product_id)) for view in group.lines
    )


def _line(part: VendorOrder, view: LineView, line: Line, certificate: Certificate | None) -> VendorOrderLine:
    return VendorOrderLine(
        vendor_order=part,
        line=line,
        stockrecord_id=view.stockrecord_id,
        product_id=view.product_id,
        sku=line.partner_sku,
        title=view.product.title,
        unit=view.unit,
        quantity=view.quantity,
        unit_price_amount=view.unit_price.amount,
        items_amount=view.line_total.amount,
        discount_amount=view.discount.amount,
        stars_at_sale=certificate.stars if certificate else None,
        certificate_number_at_sale=certificate.number if certificate else "",
    )
