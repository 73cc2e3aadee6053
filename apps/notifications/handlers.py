"""Turns what happened into mail: to the shopper, to each vendor, to those who applied."""

from typing import Any

from apps.jobs.registry import handles
from apps.listings.models import Listing
from apps.notifications.mail import send
from apps.ordering.models import VendorOrder
from apps.provenance.models import Certificate
from apps.shop.order.models import Order
from apps.vendors.models import Vendor


@handles("order.placed")
def on_order_placed(args: dict[str, Any]) -> None:
    """Confirm the order to the shopper; guests without an address get none and track by phone."""
    order = Order.objects.select_related("user", "shipping_address").get(pk=args["order_id"])
    to = order.contact_email
    if not to:
        return
    parts = order.vendor_orders.select_related("vendor").prefetch_related("lines").order_by("pk")
    context = {"order": order, "parts": parts, "total": order.total_incl_tax}
    send("order_placed", to=to, language=order.language, context=context)


@handles("vendor_order.placed")
def on_vendor_order_placed(args: dict[str, Any]) -> None:
    """Tell the vendor what to confirm; the mail shows its own part only."""
    part = VendorOrder.objects.select_related("vendor").prefetch_related("lines").get(pk=args["vendor_order_id"])
    send("vendor_order_placed", to=part.vendor.email, language=part.vendor.language, context={"part": part})


@handles("vendor_order.shipped")
@handles("vendor_order.cancelled")
@handles("vendor_order.returned")
def on_vendor_order_moved(args: dict[str, Any]) -> None:
    """Tell the shopper that a part is on its way, will not come or went back; the state decides which."""
    parts = VendorOrder.objects.select_related("vendor", "order__user")
    part = parts.prefetch_related("lines", "parcels__carrier").get(pk=args["vendor_order_id"])
    to = part.order.contact_email
    if to:
        send("vendor_order_moved", to=to, language=part.order.language, context={"part": part})


@handles("vendor_order.withdrawn")
def on_vendor_order_withdrawn(args: dict[str, Any]) -> None:
    """Tell the vendor that a part was taken back: nothing has to be packed for it."""
    part = VendorOrder.objects.select_related("vendor").prefetch_related("lines").get(pk=args["vendor_order_id"])
    send("vendor_order_withdrawn", to=part.vendor.email, language=part.vendor.language, context={"part": part})


@handles("vendor.decided")
def on_vendor_decided(args: dict[str, Any]) -> None:
    """Tell the applicant or vendor what was decided, and why."""
    vendor = Vendor.objects.get(pk=args["vendor_id"])
    context = {"vendor": vendor, "decision": args["decision"], "reason": args["reason"]}
    send("vendor_decided", to=vendor.email, language=vendor.language, context=context)


@handles("listing.decided")
def on_listing_decided(args: dict[str, Any]) -> None:
    """Tell the vendor whether a listing is on sale, and why not."""
    listing = Listing.objects.select_related("vendor", "product").get(pk=args["listing_id"])
    context = {
        "vendor": listing.vendor,
        "listing_id": listing.pk,
        "title": listing.product.title,
        "decision": args["decision"],
        "reason": args["reason"],
    }
    send("listing_decided", to=listing.vendor.email, language=listing.vendor.language, context=context)


@handles("certificate.decided")
def on_certificate_decided(args: dict[str, Any]) -> None:
    """Tell the vendor whether a certificate's stars show, and why not."""
    certificate = Certificate.objects.select_related("vendor", "product__listing").get(pk=args["certificate_id"])
    context = {
        "vendor": certificate.vendor,
        "listing_id": certificate.product.listing.pk,
        "title": certificate.product.title,
        "number": certificate.number,
        "decision": args["decision"],
        "reason": args["reason"],
    }
    send("certificate_decided", to=certificate.vendor.email, language=certificate.vendor.language, context=context)
