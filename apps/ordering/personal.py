"""Personal data of vendor orders: each vendor has its own copy of the recipient."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.personal_data import (
    ERASED,
    PersonalData,
    by_path,
    exempt,
    refuse_erasure_while,
    register,
    replace,
)
from apps.ordering.models import Parcel, VendorOrder, VendorOrderLine
from apps.ordering.states import VENDOR_ORDER_TRANSITIONS
from apps.shop.personal import ACCOUNTING

_FINAL = [state for state, steps in VENDOR_ORDER_TRANSITIONS.items() if not steps]


def _has_open_orders(user_id: int) -> Any:
    if VendorOrder.objects.filter(order__user_id=user_id).exclude(state__in=_FINAL).exists():
        return _(
            "Some orders are still open. Cancel them, or wait until they are completed: seven days after delivery."
        )
    return ""


register(
    PersonalData(
        model=VendorOrder,
        rows=by_path(VendorOrder, "order__user"),
        fields=("recipient_name", "recipient_phone", "street", "delivery_note", "gift_message", "cancel_reason"),
        why="the vendor's copy of who gets the goods and where",
        kept=ACCOUNTING,
        erase=replace(
            recipient_name=ERASED,
            recipient_phone="",
            street=ERASED,
            delivery_note="",
            gift_message="",
            cancel_reason="",
        ),
        done="name, phone, street and all free text replaced; commune, goods, money and days stay",
        title=_("Parts of orders"),
        export={
            "number": _("Number"),
            "vendor__name": _("Vendor"),
            "state": _("State"),
            "recipient_name": _("Full name"),
            "recipient_phone": _("Phone"),
            "street": _("House number, street, hamlet"),
            "commune_name": _("Commune"),
            "province_name": _("Province"),
            "delivery_note": _("Note for the courier"),
            "gift_message": _("Gift message"),
            "total_amount": _("Total"),
            "placed_at": _("Ordered"),
        },
    ),
    PersonalData(
        model=Parcel,
        rows=by_path(Parcel, "vendor_order__order__user"),
        fields=("tracking_number",),
        why="following the parcel, and claims against the carrier",
        kept="until erasure",
        erase=replace(tracking_number=ERASED),
        done="the number at the carrier, which knows the name, is replaced",
        title=_("Parcels"),
        export={
            "vendor_order__number": _("Number"),
            "carrier__name": _("Carrier"),
            "tracking_number": _("Tracking number"),
        },
    ),
)
exempt("goods and amounts of a vendor order; they name nobody", VendorOrderLine)
refuse_erasure_while(_has_open_orders)
