"""Jobs of ordering: what time does to an order."""

from typing import Any

from apps.jobs.registry import handles
from apps.kernel.actor import Actor
from apps.ordering.models import VendorOrder
from apps.ordering.services import complete
from apps.ordering.states import VendorOrderState


@handles("vendor_order.complete")
def on_vendor_order_complete(args: dict[str, Any]) -> None:
    """Complete a delivered vendor order once nothing can be sent back any more; any other state is left alone."""
    part = VendorOrder.objects.get(pk=args["vendor_order_id"])
    if part.state == VendorOrderState.DELIVERED:
        complete(vendor_order=part, actor=Actor.system())
