"""A priced basket as basket and checkout draw it: each line with its picture and the stars that are valid today."""

from dataclasses import dataclass

from apps.ordering.pricing import BasketView, LineView, VendorGroup
from apps.provenance.selectors import valid_certificates
from apps.shop.catalogue.pictures import Picture, picture_of
from apps.vendors.states import ProducerType

_ICONS = {
    ProducerType.ENTERPRISE: "factory",
    ProducerType.COOPERATIVE: "users",
    ProducerType.COOPERATIVE_GROUP: "handshake",
    ProducerType.HOUSEHOLD: "house",
}


@dataclass(frozen=True, slots=True)
class BasketRow:
    """One line with what is drawn beside its words, and what the last attempt to change it was answered."""

    line: LineView
    picture: Picture | None
    stars: int | None
    answer: str = ""

    @property
    def most(self) -> int:
        """The largest quantity that the field accepts: what is left, but never less than what is in the basket."""
        return max(self.line.max_quantity, self.line.quantity, 1)


@dataclass(frozen=True, slots=True)
class BasketPanel:
    """The goods of one vendor."""

    group: VendorGroup
    rows: tuple[BasketRow, ...]
    icon: str


def panels_of(view: BasketView, answers: dict[int, str] | None = None) -> list[BasketPanel]:
    """The vendors' panels in the basket's order; one more query for the certificates of all lines."""
    certificates = valid_certificates([line.product_id for group in view.groups for line in group.lines])

    def row(line: LineView) -> BasketRow:
        drawn = picture_of(line.picture, line.title) if line.picture else None
        certificate = certificates.get(line.product_id)
        answer = (answers or {}).get(line.id, "")
        return BasketRow(line, drawn, certificate.stars if certificate else None, answer)

    return [
        BasketPanel(
            group,
            tuple(row(line) for line in group.lines),
            _ICONS.get(ProducerType(group.vendor.producer_type), "store"),
        )
        for group in view.groups
    ]
