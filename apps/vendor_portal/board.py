"""Rows of the order board: what to do next, by when, for whom; made from a vendor's own orders only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.listings.selectors import pictures_by_product
from apps.ordering.states import VendorOrderState as S
from apps.vendor_portal.deadlines import Deadline, deadline

if TYPE_CHECKING:
    from apps.ordering.models import VendorOrder

TAB_WORDS: dict[str, Promise] = {
    "new": _("To confirm"),
    "to_ship": _("To ship"),
    "shipping": _("On the way"),
    "delivered": _("Delivered"),
    "cancelled": _("Cancelled"),
}


@dataclass(frozen=True)
class Action:
    """The next step of an order: the name that the form posts, or an empty one when the page has to be opened."""

    name: str
    words: str | Promise
    icon: str
    main: bool


ACTIONS: dict[str, Action] = {
    S.PLACED: Action("accept", _("Confirm order"), "", True),
    S.ACCEPTED: Action("pack", _("Packed"), "package-check", False),
    S.PACKED: Action("", _("Hand to carrier"), "truck", False),
    S.SHIPPED: Action("deliver", _("Delivered"), "check", False),
}
CANCELLABLE = frozenset({S.PLACED, S.ACCEPTED, S.PACKED})


@dataclass(frozen=True)
class Goods:
    """A line of an order with its picture."""

    line: Any
    picture: Any


@dataclass(frozen=True)
class Row:
    """An order on the board."""

    order: VendorOrder
    goods: list[Goods]
    deadline: Deadline | None
    deadline_words: str | Promise
    action: Action | None

    @property
    def is_late(self) -> bool:
        """True when its deadline has passed."""
        return self.deadline is not None and self.deadline.is_late


def rows(orders: Iterable[VendorOrder]) -> list[Row]:
    """The rows of some orders, with one query for all pictures."""
    found = list(orders)
    pictures = pictures_by_product(line.product_id for order in found for line in order.lines.all())
    return [row(order, pictures) for order in found]


def row(order: VendorOrder, pictures: dict[int, Any]) -> Row:
    """The row of one order."""
    goods = [Goods(line, pictures.get(line.product_id)) for line in order.lines.all()]
    due, words = _due(order)
    return Row(order, goods, due, words, ACTIONS.get(order.state))


def _due(order: VendorOrder) -> tuple[Deadline | None, str | Promise]:
    if order.state == S.PLACED:
        due = deadline(order.accept_by)
        return due, _("Confirm by %(moment)s") % {"moment": due.moment}
    if order.state in (S.ACCEPTED, S.PACKED):
        due = deadline(order.ship_by)
        return due, _("Ship by %(moment)s") % {"moment": due.moment}
    return None, ""
