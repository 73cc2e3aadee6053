"""Reads of orders, for shoppers, vendors and admins."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import Count, Prefetch, QuerySet

from apps.accounts.phones import BadPhone, parse_phone
from apps.kernel.ids import BadOrderNumber, normalise
from apps.ordering.models import Parcel, VendorOrder
from apps.ordering.order_views import OrderView, order_view
from apps.ordering.services import order_number_cipher
from apps.ordering.states import VendorOrderState
from apps.shop.order.models import Order
from apps.vendors.models import Vendor
from apps.vendors.scoping import for_vendor

_S = VendorOrderState
# Tab of the order board -> states it shows.
TABS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "new": (_S.PLACED,),
        "to_ship": (_S.ACCEPTED, _S.PACKED),
        "shipping": (_S.SHIPPED,),
        "delivered": (_S.DELIVERED, _S.COMPLETED),
        "cancelled": (_S.CANCELLED, _S.RETURNED),
    }
)
# What still has a deadline comes by deadline, the rest by its newest.
_BY_DEADLINE = {"new": "accept_by", "to_ship": "ship_by"}


def order_number_of(text: str) -> str | None:
    """The order's number from what somebody typed, in any spelling; None when it cannot be one."""
    typed = normalise(text)
    try:
        order_number_cipher().decode(typed)
    except BadOrderNumber:
        return None
    return typed


def order_by_number(number: str) -> Order | None:
    """The order with this number, in any spelling."""
    known = order_number_of(number)
    return Order.objects.filter(number=known).first() if known else None


def track(number: str, phone: str) -> OrderView | None:
    """The order of a guest who knows its number and the recipient's phone; None for any wrong pair."""
    try:
        called = parse_phone(phone)
    except BadPhone:
        return None
    order = order_by_number(number)
    return order_view(order) if order and order.guest_phone == called else None


def orders_of(user_id: int) -> QuerySet[Order]:
    """A person's orders, the newest first; give a page of them to `order_views`."""
    return Order.objects.filter(user_id=user_id).order_by("-date_placed", "-pk")


def order_of(*, user_id: int, number: str) -> Order:
    """One order of this person; raises Order.DoesNotExist."""
    return orders_of(user_id).get(number=order_number_of(number) or "")


def board(*, vendor: Vendor, tab: str) -> QuerySet[VendorOrder]:
    """A vendor's orders under one tab of its board, the nearest deadline first; raises KeyError for an unknown tab."""
    mine = for_vendor(VendorOrder.objects.all(), vendor=vendor).filter(state__in=TABS[tab]).prefetch_related("lines")
    deadline = _BY_DEADLINE.get(tab)
    return mine.order_by(deadline, "pk") if deadline else mine.order_by("-placed_at", "-pk")


def board_counts(*, vendor: Vendor) -> dict[str, int]:
    """How many orders each tab has; one query."""
    mine = for_vendor(VendorOrder.objects.all(), vendor=vendor).order_by()
    by_state = dict(mine.values_list("state").annotate(Count("pk")))
    return {tab: sum(by_state.get(state, 0) for state in states) for tab, states in TABS.items()}


def vendor_order_of(*, vendor: Vendor, number: str) -> VendorOrder:
    """One order of this vendor with lines and parcels; raises VendorOrder.DoesNotExist for anybody else's."""
    parcels = Prefetch("parcels", Parcel.objects.select_related("carrier"))
    mine = for_vendor(VendorOrder.objects.all(), vendor=vendor)
    return mine.prefetch_related("lines", parcels).get(number=number)
