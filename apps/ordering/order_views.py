"""Orders as shoppers and admins see them: every vendor's part with its steps, in a fixed number of queries."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from apps.kernel.money import Money, dong
from apps.ordering.models import Parcel, VendorOrder, VendorOrderLine
from apps.ordering.states import SHOPPER_CANCELS, SHOPPER_CANCELS_PART, VendorOrderState
from apps.shop.catalogue.models import Product, ProductImage
from apps.shop.order.models import Order
from apps.vendors.models import Vendor

_S = VendorOrderState
_STEPS = (_S.PLACED, _S.ACCEPTED, _S.PACKED, _S.SHIPPED, _S.DELIVERED)
_ON_ITS_WAY = (_S.SHIPPED, _S.DELIVERED, _S.COMPLETED)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a timeline; `mark` is done, now, next or bad, `at` None while it has not happened."""

    label: str
    at: dt.datetime | None
    mark: str


@dataclass(frozen=True, slots=True)
class PartLine:
    """One product of a part as it was sold, and the product of today to link to."""

    line: VendorOrderLine
    product: Product | None

    @property
    def title(self) -> str:
        """The name at the sale; in English today's English name, where there is one."""
        english = self.product.title_en if self.product and get_language() == "en" else ""
        return english or self.line.title

    @property
    def url(self) -> str:
        """The product's page; empty when it is gone."""
        return self.product.get_absolute_url() if self.product and self.product.is_public else ""

    @property
    def picture(self) -> ProductImage | None:
        """The product's first picture."""
        return next(iter(self.product.images.all()), None) if self.product else None

    @property
    def unit_price(self) -> Money:
        """What one unit cost."""
        return dong(self.line.unit_price_amount)

    @property
    def total(self) -> Money:
        """What the line cost before discounts."""
        return dong(self.line.items_amount)


@dataclass(frozen=True, slots=True)
class PartView:
    """One vendor's part of an order."""

    vendor_order: VendorOrder
    vendor: Vendor
    timeline: tuple[Step, ...]
    lines: tuple[PartLine, ...]
    parcel: Parcel | None

    @property
    def number(self) -> str:
        """The order's number with the part's place."""
        return self.vendor_order.number

    @property
    def state(self) -> str:
        """The state's value, for `<c-pill kind="order">`."""
        return self.vendor_order.state

    @property
    def label(self) -> str:
        """The state in words."""
        return str(self.vendor_order.get_state_display())

    @property
    def items(self) -> Money:
        """Goods before discounts."""
        return dong(self.vendor_order.items_amount)

    @property
    def discount(self) -> Money:
        """This part's share of the discounts."""
        return dong(self.vendor_order.discount_amount)

    @property
    def shipping(self) -> Money:
        """The delivery fee."""
        return dong(self.vendor_order.shipping_amount)

    @property
    def total(self) -> Money:
        """What this part costs."""
        return dong(self.vendor_order.total_amount)

    @property
    def is_live(self) -> bool:
        """False once the part was cancelled or sent back."""
        return self.state not in (_S.CANCELLED, _S.RETURNED)

    @property
    def can_cancel(self) -> bool:
        """True until the vendor confirms."""
        return self.state in SHOPPER_CANCELS_PART


@dataclass(frozen=True, slots=True)
class OrderView:
    """What one shopper bought in one checkout."""

    order: Order
    parts: tuple[PartView, ...]

    @property
    def number(self) -> str:
        """The number that the shopper was given."""
        return str(self.order.number)

    @property
    def placed_at(self) -> dt.datetime:
        """When it was placed."""
        placed: dt.datetime = self.order.date_placed
        return placed

    @property
    def status(self) -> str:
        """The derived status: that of the slowest part."""
        return str(self.order.status)

    @property
    def label(self) -> str:
        """The status in words."""
        return str(VendorOrderState(self.status).label)

    @property
    def summary(self) -> str:
        """One sentence on where everything is."""
        return _summary([part.state for part in self.parts])

    @property
    def items(self) -> Money:
        """Goods before discounts."""
        return Money.total(part.items for part in self.parts)

    @property
    def discount(self) -> Money:
        """All discounts."""
        return Money.total(part.discount for part in self.parts)

    @property
    def shipping(self) -> Money:
        """All delivery fees."""
        return Money.total(part.shipping for part in self.parts)

    @property
    def total(self) -> Money:
        """What was agreed at the checkout."""
        return Money.total(part.total for part in self.parts)

    @property
    def due(self) -> Money:
        """What is left to pay after cancelled parts."""
        return Money.total(part.total for part in self.parts if part.is_live)

    @property
    def can_cancel(self) -> bool:
        """True while the whole order can be taken back: it waits for its payment, or no vendor has confirmed."""
        states = {part.state for part in self.parts}
        return bool(states & SHOPPER_CANCELS.keys()) and states <= {*SHOPPER_CANCELS, _S.CANCELLED}


def order_views(orders: Iterable[Order]) -> list[OrderView]:
    """Views of many orders with five queries in all."""
    orders = list(orders)
    parts = list(
        VendorOrder.objects.filter(order__in=orders)
        .select_related("vendor__commune__province")
        .prefetch_related("lines", Prefetch("parcels", Parcel.objects.select_related("carrier")))
        .order_by("pk")
    )
    product_ids = {line.product_id for part in parts for line in part.lines.all()}
    products = Product.objects.prefetch_related("images").in_bulk(product_ids)
    return [
        OrderView(order, tuple(_part(part, products) for part in parts if part.order_id == order.pk))
        for order in orders
    ]


def order_view(order: Order) -> OrderView:
    """The view of one order."""
    return order_views([order])[0]


def timeline(vendor_order: VendorOrder) -> tuple[Step, ...]:
    """The steps of a vendor order: done with their time, the present one, what comes next; a cancellation ends it."""
    times = {
        _S.PLACED: vendor_order.placed_at,
        _S.ACCEPTED: vendor_order.accepted_at,
        _S.PACKED: vendor_order.packed_at,
        _S.SHIPPED: vendor_order.shipped_at,
        _S.DELIVERED: vendor_order.delivered_at,
    }
    labels = {
        _S.PLACED: _("Ordered"),
        _S.ACCEPTED: _("Confirmed by the vendor"),
        _S.PACKED: _("Packed"),
        _S.SHIPPED: _("Handed to the carrier"),
        _S.DELIVERED: _("Delivered"),
    }
    reached = [step for step in _STEPS if times[step] is not None]
    endings = {
        _S.CANCELLED: (_("Cancelled"), vendor_order.cancelled_at),
        _S.RETURNED: (_("Came back to the vendor"), vendor_order.returned_at),
    }
    if vendor_order.state in endings:
        done = [Step(labels[step], times[step], "done") for step in reached]
        return (*done, Step(*endings[VendorOrderState(vendor_order.state)], "bad"))
    latest = reached[-1]
    finished = latest == _S.DELIVERED
    return tuple(
        Step(labels[step], times[step], "now" if step == latest and not finished else _mark(times[step]))
        for step in _STEPS
    )


def _mark(at: dt.datetime | None) -> str:
    return "next" if at is None else "done"


def _part(vendor_order: VendorOrder, products: Mapping[int, Product]) -> PartView:
    lines = tuple(PartLine(line, products.get(line.product_id)) for line in vendor_order.lines.all())
    parcel = next(iter(vendor_order.parcels.all()), None)
    return PartView(vendor_order, vendor_order.vendor, timeline(vendor_order), lines, parcel)


def _summary(states: list[str]) -> str:
    live = [state for state in states if state not in (_S.CANCELLED, _S.RETURNED)]
    if not live:
        return _("This order was cancelled.")
    arrived = sum(state in (_S.DELIVERED, _S.COMPLETED) for state in live)
    if arrived == len(live):
        return _("Everything has arrived.")
    for count, words in (
        (arrived, _("%(count)d of %(all)d parcels have arrived.")),
        (sum(state in _ON_ITS_WAY for state in live), _("%(count)d of %(all)d parcels are on their way.")),
        (sum(state != _S.PLACED for state in live), _("%(count)d of %(all)d vendors are preparing their part.")),
    ):
        if count:
            return words % {"count": count, "all": len(live)}
    return ngettext("Waiting for the vendor to confirm.", "Waiting for %(all)d vendors to confirm.", len(live)) % {
        "all": len(live)
    }
