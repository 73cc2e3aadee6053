"""An order as its shopper sees it: the part that is on its way first, each line with its picture."""

from dataclasses import dataclass

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
    panels = [PartPanel(part, tuple(_row(line) for line in part.lines)) for part in view.parts]
    return sorted(panels, key=lambda panel: not panel.moving)


def _row(line: PartLine) -> LineRow:
    image = line.picture
    return LineRow(line, picture_of(image, line.title) if image else None)
