"""Orders come into being and move on: every function is one transaction with its audit events and jobs.

Locks are taken in one order everywhere: vendor orders by id, then stock by id over all of them, then the order.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.delivery.models import Carrier
from apps.fees.selectors import LineTerms, SaleLine, delivery_tax, terms
from apps.jobs.services import enqueue, record
from apps.jobs.transitions import transition
from apps.kernel.actor import Actor
from apps.kernel.clock import now, today
from apps.kernel.errors import DomainError
from apps.kernel.ids import OrderNumberCipher
from apps.kernel.money import Money
from apps.ordering.models import OrderNumber, Parcel, VendorOrder, VendorOrderLine
from apps.ordering.pricing import BasketView, LineView, VendorGroup
from apps.ordering.states import (
    PART_CANCELS,
    SHOPPER_CANCELS,
    SHOPPER_CANCELS_PART,
    VENDOR_ORDER_TRANSITIONS,
    PayWhen,
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
# Sealed goods may be sent back for a week (the shop's own rule, see the page on returns).
RETURN_WITHIN = dt.timedelta(days=7)
# Numbers of vendor orders begin with a K (kiện), so that nobody takes one for the number of an order.
PART_PREFIX = "K"


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
    pay: PayWhen,
) -> Order:
    """Turn a priced basket into an order with one vendor order per vendor; stock is reserved first, in order of id.

    One that is paid first waits for its payment, and no vendor hears of it before.

    The caller holds the lock of the basket's row and has checked what the shopper agreed to; every group has its
    delivery quote. Raises OutOfStock, and nothing has happened then.
    """
    stock.reserve(quantities=_quantities(line for group in view.groups for line in group.lines))
    order = write_order(
        basket=view.basket,
        number=_next_number(),
        recipient=recipient,
        shipping=Money.total(group.shipping_amount for group in view.groups),
        total=view.total,
        user_id=actor.user_id,
    )
    order_lines = {line.stockrecord_id: line for line in order.lines.all() if line.stockrecord_id}
    certificates = valid_certificates([line.product_id for group in view.groups for line in group.lines])
    for group in view.groups:
        part = VendorOrder.objects.create(
            order=order,
            # A vendor that knew the order's number could look at the other vendors' parts, as its shopper does.
            number=PART_PREFIX + _next_number(),
            cash_amount=group.total.amount if pay is PayWhen.AT_DOOR else 0,
            state=VendorOrderState.PENDING_PAYMENT if pay is PayWhen.FIRST else VendorOrderState.PLACED,
            **_destination(recipient),
            **_amounts(group),
        )
        _keep_lines(part, group, order_lines, certificates)
    record(actor=actor, verb="order.placed", obj=order, after={"number": order.number, "total": view.total.amount})
    if pay is PayWhen.FIRST:
        follow(order.pk)
    else:
        announce(order_id=order.pk)
    return order


def announce(*, order_id: int) -> None:
    """Tell the shopper and each vendor, in the caller's transaction, that an order is to be carried out."""
    for part_id in VendorOrder.objects.filter(order_id=order_id, state=VendorOrderState.PLACED).values_list(
        "pk", flat=True
    ):
        enqueue("vendor_order.placed", {"vendor_order_id": part_id})
    enqueue("order.placed", {"order_id": order_id})


@transaction.atomic
def accept(*, vendor_order: VendorOrder, actor: Actor) -> VendorOrder:
    """The vendor confirms that it will send the goods."""
    moved = _move(vendor_order, VendorOrderState.ACCEPTED, actor, accepted_at=now())
    enqueue("vendor_order.accepted", {"vendor_order_id": moved.pk})
    return moved


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
    moved = _step(vendor_order, VendorOrderState.SHIPPED, actor, shipped_at=now())
    stock.consume(quantities=reserved([moved]))
    Parcel.objects.create(vendor_order=moved, carrier=found, tracking_number=tracking_number.strip())
    enqueue("vendor_order.shipped", {"vendor_order_id": moved.pk})
    follow(moved.order_id)
    return moved


@transaction.atomic
def deliver(*, vendor_order: VendorOrder, actor: Actor) -> VendorOrder:
    """The shopper has the parcel and the courier the cash."""
    moved = _move(vendor_order, VendorOrderState.DELIVERED, actor, delivered_at=now())
    enqueue("vendor_order.delivered", {"vendor_order_id": moved.pk})
    enqueue("payment.settle", {"order_id": moved.order_id})
    enqueue("vendor_order.complete", {"vendor_order_id": moved.pk}, run_at=now() + RETURN_WITHIN)
    return moved


@transaction.atomic
def complete(*, vendor_order: VendorOrder, actor: Actor) -> VendorOrder:
    """The days in which goods can be sent back are over: what the vendor earned is due."""
    moved = _move(vendor_order, VendorOrderState.COMPLETED, actor, completed_at=now())
    enqueue("payment.settle", {"order_id": moved.order_id})
    return moved


@transaction.atomic
def come_back(*, vendor_order: VendorOrder, actor: Actor, reason: str) -> VendorOrder:
    """A parcel on its way was refused or not found and is with its vendor again; nothing is owed for it any more.

    Its units stay out of the stock: whether they can be sold once more is for the vendor to see. Raises ReasonMissing,
    or IllegalTransition unless the parcel is on its way.
    """
    if not reason.strip():
        raise ReasonMissing
    moved = _step(
        vendor_order,
        VendorOrderState.RETURNED,
        actor,
        expect={"state": VendorOrderState.SHIPPED},
        # Only here, not in the audit trail: it may name a person, and that cannot be erased.
        cancel_reason=reason.strip(),
        returned_at=now(),
    )
    enqueue("vendor_order.returned", {"vendor_order_id": moved.pk})
    enqueue("payment.settle", {"order_id": moved.order_id})
    follow(moved.order_id)
    return moved


@transaction.atomic
def cancel(*, vendor_order: VendorOrder, actor: Actor, reason: str) -> VendorOrder:
    """A vendor (or an admin) takes its part back before it is shipped; stock and payment follow.

    Vouchers stay used: what is left of the order keeps the discount that its lines got. Raises ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing
    return _close([vendor_order], actor, reason.strip(), PART_CANCELS)[0]


@transaction.atomic
def cancel_part_by_shopper(*, vendor_order: VendorOrder, actor: Actor) -> VendorOrder:
    """The shopper takes one part back before its vendor has confirmed; raises IllegalTransition afterwards."""
    return _close([vendor_order], actor, "", SHOPPER_CANCELS_PART)[0]


@transaction.atomic
def cancel_order_by_shopper(*, order: Order, actor: Actor) -> Order:
    """The shopper takes back the whole order while no vendor has confirmed; raises TooLateToCancel afterwards."""
    parts = list(VendorOrder.objects.select_for_update().filter(order=order).order_by("pk"))
    waiting = [part for part in parts if part.state in SHOPPER_CANCELS]
    gone = [part for part in parts if part.state == VendorOrderState.CANCELLED]
    if not waiting or len(waiting) + len(gone) < len(parts):
        raise TooLateToCancel
    _close(waiting, actor, "", SHOPPER_CANCELS)
    order.refresh_from_db()
    return order


def _next_number() -> str:
    return order_number_cipher().encode(OrderNumber.objects.create().pk)


def _step(vendor_order: VendorOrder, to: str, actor: Actor, **changes: Any) -> VendorOrder:
    return transition(vendor_order, to, table=VENDOR_ORDER_TRANSITIONS, actor=actor, **changes)


def _move(vendor_order: VendorOrder, to: str, actor: Actor, **changes: Any) -> VendorOrder:
    """A step that touches no stock."""
    moved = _step(vendor_order, to, actor, **changes)
    follow(moved.order_id)
    return moved


def _close(
    parts: Sequence[VendorOrder], actor: Actor, reason: str, table: Mapping[str, frozenset[str]]
) -> list[VendorOrder]:
    """Cancel parts of one order and give their stock back, all of it at once: two orders never wait in a circle."""
    known = {part.pk for part in parts if part.state != VendorOrderState.PENDING_PAYMENT}
    closed = [
        transition(
            part,
            VendorOrderState.CANCELLED,
            table=table,
            actor=actor,
            cancel_reason=reason,
            cancelled_at=now(),
        )
        for part in parts
    ]
    stock.release(quantities=reserved(closed))
    for part in closed:
        enqueue("vendor_order.cancelled", {"vendor_order_id": part.pk})
        if part.pk in known and actor.on_behalf_of_vendor_id != part.vendor_id:
            enqueue("vendor_order.withdrawn", {"vendor_order_id": part.pk})
    enqueue("payment.settle", {"order_id": closed[0].order_id})
    follow(closed[0].order_id)
    return closed


def follow(order_id: int) -> None:
    """Work out the order's status anew in the caller's transaction, its row locked: two vendors may move on at once."""
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


def reserved(parts: Iterable[VendorOrder]) -> dict[int, int]:
    """Units by stock record id that these parts hold."""
    return _quantities(line for part in parts for line in part.lines.all())


def _destination(recipient: Recipient) -> dict[str, str]:
    """The vendor's own copy of where its part goes: it never reads the whole order."""
    return {
        "recipient_name": recipient.name,
        "recipient_phone": recipient.phone,
        "street": recipient.street,
        "commune_name": recipient.commune.full_name,
        "province_name": recipient.commune.province.full_name,
        "delivery_note": recipient.note,
        "gift_message": recipient.gift_message,
    }


def _amounts(group: VendorGroup) -> dict[str, Any]:
    """Money, weight and days of a part; raises ValueError when nobody has asked what its delivery costs."""
    if group.shipping is None:
        raise ValueError("an order needs the delivery quote of every vendor")
    tax_vat, tax_pit = delivery_tax(group.vendor, group.shipping.amount, today())
    return {
        "vendor": group.vendor,
        "items_amount": group.items.amount,
        "discount_amount": group.discount.amount,
        "shipping_amount": group.shipping.amount.amount,
        "shipping_tax_vat_amount": tax_vat.amount,
        "shipping_tax_pit_amount": tax_pit.amount,
        "total_amount": group.total.amount,
        "weight_g": group.weight_g,
        **deadlines(),
        "arrives_from": group.shipping.arrives_from,
        "arrives_until": group.shipping.arrives_until,
    }


def deadlines() -> dict[str, Any]:
    """When an order that a vendor hears of now is to be confirmed and handed over."""
    placed_at = now()
    return {"placed_at": placed_at, "accept_by": placed_at + ACCEPT_WITHIN, "ship_by": placed_at + SHIP_WITHIN}


def _keep_lines(
    part: VendorOrder, group: VendorGroup, order_lines: Mapping[int, Line], certificates: Mapping[int, Certificate]
) -> None:
    """What is sold and on which terms, as it is today: a rule that changes tomorrow changes no order."""
    sold = [SaleLine(view.product_id, view.revenue, view.quantity) for view in group.lines]
    VendorOrderLine.objects.bulk_create(
        _line(part, view, order_lines[view.stockrecord_id], certificates.get(view.product_id), taken)
        for view, taken in zip(group.lines, terms(group.vendor, sold, today()), strict=True)
    )


def _line(
    part: VendorOrder, view: LineView, line: Line, certificate: Certificate | None, taken: LineTerms
) -> VendorOrderLine:
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
        platform_discount_amount=view.platform_discount.amount,
        commission_amount=taken.commission.amount,
        commission_vat_amount=taken.commission_vat.amount,
        tax_vat_amount=taken.tax_vat.amount,
        tax_pit_amount=taken.tax_pit.amount,
        commission_rule_id=taken.rule_id,
        stars_at_sale=certificate.stars if certificate else None,
        certificate_number_at_sale=certificate.number if certificate else "",
    )
