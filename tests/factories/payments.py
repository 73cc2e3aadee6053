"""Orders whose money is on its way, and the steps that make vendors earn it."""

from apps.kernel.actor import Actor
from apps.ordering import services
from apps.ordering.models import VendorOrder, VendorOrderLine
from apps.payments.models import Payment, Share
from apps.payments.services.receiving import receive
from apps.payments.services.settling import settle
from apps.shop.catalogue.models import Product
from apps.shop.order.models import Order
from tests.factories.sales import make_order

SYSTEM = Actor.system()


def make_transfer_order(*products: Product | tuple[Product, int], **fields: object) -> Order:
    """An order that waits for its bank transfer."""
    return make_order(*products, payment_method="vietqr", **fields)


def payment_of(order: Order) -> Payment:
    """The newest payment of an order."""
    return Payment.objects.filter(order=order).latest("pk")


def share_of(part: VendorOrder) -> Share:
    """The part's share of its newest payment."""
    return Share.objects.filter(vendor_order=part).latest("pk")


def pay(order: Order) -> Payment:
    """The whole amount has come."""
    return receive(payment_id=payment_of(order).pk, charge="", actor=SYSTEM)


def bring(part: VendorOrder, *, carrier: str = "ghn") -> VendorOrder:
    """From placed to delivered, and its money in line."""
    part = services.accept(vendor_order=part, actor=SYSTEM)
    part = services.pack(vendor_order=part, actor=SYSTEM)
    part = services.hand_over(vendor_order=part, actor=SYSTEM, carrier=carrier, tracking_number=f"T{part.pk}")
    part = services.deliver(vendor_order=part, actor=SYSTEM)
    settle(order_id=part.order_id, actor=SYSTEM)
    return part


def complete(part: VendorOrder) -> VendorOrder:
    """The days for returns are over, and its money in line."""
    part = services.complete(vendor_order=part, actor=SYSTEM)
    settle(order_id=part.order_id, actor=SYSTEM)
    return part


def parts_of(order: Order) -> list[VendorOrder]:
    """The parts, as they are now."""
    return list(VendorOrder.objects.filter(order=order).order_by("pk"))


def set_terms(part: VendorOrder, **amounts: int) -> None:
    """Give the first line of a part these frozen terms, in dong, and the others and the delivery none."""
    none = dict.fromkeys(
        ("platform_discount_amount", "commission_amount", "commission_vat_amount", "tax_vat_amount", "tax_pit_amount"),
        0,
    )
    VendorOrderLine.objects.filter(vendor_order=part).update(**none)
    first = VendorOrderLine.objects.filter(vendor_order=part).order_by("pk")[:1]
    VendorOrderLine.objects.filter(pk__in=list(first.values_list("pk", flat=True))).update(**none | amounts)
    VendorOrder.objects.filter(pk=part.pk).update(shipping_tax_vat_amount=0, shipping_tax_pit_amount=0)
