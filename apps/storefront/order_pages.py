"""An order as its shopper sees it: the part that is on its way first, each line with its picture."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.jobs.selectors import history_of
from apps.kernel.actor import ActorKind
from apps.ordering.order_views import OrderView, PartLine, PartView
from apps.ordering.states import VendorOrderState
from apps.shop.catalogue.pictures import Picture, picture_of


@dataclass(frozen=True, slots=True)
class LineRow:
    """One product of a part."""

    line: PartLine
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class PartPanel:
    """One vendor's part."""

    part: PartView
    rows: tuple[LineRow, ...]
    cancelled_by: str = ""  # in words

    @property
    def moving(self) -> bool:
        """True while a courier has it."""
        return self.part.state == VendorOrderState.SHIPPED

    @property
    def arrives(self) -> bool:
        """True while the expected days still mean something."""
        return self.part.is_live and not self.part.vendor_order.delivered_at


def panels_of(view: OrderView) -> list[PartPanel]:
    """The parts, what is on its way first."""
    panels = [
        PartPanel(part, tuple(_row(line) for line in part.lines), _who_cancelled(part, view.order.user_id))
        for part in view.parts
    ]
    return sorted(panels, key=lambda panel: not panel.moving)


def _who_cancelled(part: PartView, shopper_id: int | None) -> str:
    """The audit trail knows the doer; one query for a cancelled part, none for others."""
    if part.state != VendorOrderState.CANCELLED:
        return ""
    event = history_of(part.vendor_order).filter(verb="vendororder.cancelled").first()
    if event is None:
        return ""
    if event.on_behalf_of_vendor_id == part.vendor.pk:
        return _("Cancelled by the vendor.")
    if event.actor_kind == ActorKind.GUEST or (event.actor_id is not None and event.actor_id == shopper_id):
        return _("Cancelled by the buyer.")
    return _("Cancelled by the market.")


def _row(line: PartLine) -> LineRow:
    image = line.picture
    return LineRow(line, picture_of(image, line.title) if image else None)
