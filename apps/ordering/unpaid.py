"""Orders that wait for their payment: it comes, is to be cash after all, never comes, or comes too late."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from apps.jobs.services import enqueue
from apps.jobs.transitions import transition
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.ordering.models import VendorOrder
from apps.ordering.services import announce, deadlines, follow, reserved
from apps.ordering.states import REVIVES, VENDOR_ORDER_TRANSITIONS, VendorOrderState
from apps.shop.partner import stock

_S = VendorOrderState


@transaction.atomic
def start(*, order_id: int, actor: Actor) -> bool:
    """The money is there: vendors hear of the parts that waited for it. False when none did."""
    return _place(order_id, _S.PENDING_PAYMENT, VENDOR_ORDER_TRANSITIONS, actor)


@transaction.atomic
def pay_at_door(*, order_id: int, actor: Actor) -> bool:
    """The shopper would rather pay the courier: each part is placed with its cash. False when none waited."""
    waiting = VendorOrder.objects.filter(order_id=order_id, state=_S.PENDING_PAYMENT)
    waiting.update(cash_amount=F("total_amount"))
    return start(order_id=order_id, actor=actor)


@transaction.atomic
def give_up(*, order_id: int, actor: Actor) -> bool:
    """No money came in time: the parts that waited for it are cancelled, their stock is free. False when none did."""
    parts = [
        transition(
            part,
            _S.CANCELLED,
            table=VENDOR_ORDER_TRANSITIONS,
            actor=actor,
            cancel_reason=_("No payment arrived in time."),
            cancelled_at=now(),
        )
        for part in _parts(order_id, _S.PENDING_PAYMENT)
    ]
    if not parts:
        return False
    stock.release(quantities=reserved(parts))
    enqueue("order.unpaid", {"order_id": order_id})
    follow(order_id)
    return True


@transaction.atomic
def revive(*, order_id: int, actor: Actor) -> None:
    """Money came after its time: take the order up again, the whole of it. Raises OutOfStock, and nothing is done."""
    stock.reserve(quantities=reserved(_parts(order_id, _S.CANCELLED)))
    _place(order_id, _S.CANCELLED, REVIVES, actor)


def _place(order_id: int, since: str, table: Mapping[str, frozenset[str]], actor: Actor) -> bool:
    parts = _parts(order_id, since)
    for part in parts:
        transition(part, _S.PLACED, table=table, actor=actor, cancel_reason="", cancelled_at=None, **deadlines())
    if parts:
        follow(order_id)
        announce(order_id=order_id)
    return bool(parts)


def _parts(order_id: int, state: str) -> list[VendorOrder]:
    """The parts of an order in a state, locked in the order that everybody keeps."""
    own = VendorOrder.objects.select_for_update(no_key=True).filter(order_id=order_id, state=state)
    return list(own.order_by("pk"))
