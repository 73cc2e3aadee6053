"""How the money of one vendor order splits: what its vendor gets, and what is fee, tax and discount in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass

from apps.kernel.money import dong
from apps.ledger.books import AccountKind, Line, credit, debit
from apps.ordering.models import VendorOrder, VendorOrderLine

# What was given back of each line, in dong; None is the delivery.
Returned = Mapping[int | None, int]


@dataclass(frozen=True, slots=True)
class Split:
    """Whole dong: what the shopper paid, what the market adds for its discounts, what is kept of both."""

    paid: int = 0
    promotions: int = 0
    commission: int = 0
    commission_vat: int = 0
    tax_vat: int = 0
    tax_pit: int = 0

    @property
    def earning(self) -> int:
        """What is left for the vendor."""
        return self.paid + self.promotions - self.commission - self.commission_vat - self.tax_vat - self.tax_pit

    def __add__(self, other: "Split") -> "Split":
        return Split(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))

    def __sub__(self, other: "Split") -> "Split":
        return Split(*(one - two for one, two in zip(astuple(self), astuple(other), strict=True)))

    def lines(self, *, vendor_id: int, held: AccountKind) -> list[Line]:
        """All but what the shopper paid, as lines of an entry: fees, taxes, and the earning on the vendor's account."""
        return [
            debit(AccountKind.PROMOTIONS, dong(self.promotions)),
            credit(AccountKind.COMMISSION, dong(self.commission)),
            credit(AccountKind.COMMISSION_VAT, dong(self.commission_vat)),
            credit(AccountKind.TAX_VAT, dong(self.tax_vat)),
            credit(AccountKind.TAX_PIT, dong(self.tax_pit)),
            credit(held, dong(self.earning), vendor_id),
        ]


def paid_of(part: VendorOrder, lines: Sequence[VendorOrderLine]) -> dict[int | None, int]:
    """What the shopper paid for each line and (None) for delivery, in dong."""
    return {line.pk: line.items_amount - line.discount_amount for line in lines} | {None: part.shipping_amount}


def split_of(part: VendorOrder, lines: Sequence[VendorOrderLine], returned: Returned) -> Split:
    """The split of what the shopper has paid for a part and not got back.

    Fees and taxes shrink with the money: whatever was given back in however many steps, what is kept depends on the
    sum alone, and nothing is kept of a part that went back whole.
    """
    paid = paid_of(part, lines)
    whole = sum(returned.values()) >= sum(paid.values()) > 0
    return sum(
        (_kept(split, returned.get(key, 0), whole) for key, split in _splits(part, lines, paid)),
        Split(),
    )


def _splits(
    part: VendorOrder, lines: Sequence[VendorOrderLine], paid: Mapping[int | None, int]
) -> Iterable[tuple[int | None, Split]]:
    """Each line, and the delivery, as they were at the sale."""
    for line in lines:
        yield (
            line.pk,
            Split(
                paid[line.pk],
                line.platform_discount_amount,
                line.commission_amount,
                line.commission_vat_amount,
                line.tax_vat_amount,
                line.tax_pit_amount,
            ),
        )
    yield (
        None,
        Split(paid[None], tax_vat=part.shipping_tax_vat_amount, tax_pit=part.shipping_tax_pit_amount),
    )


def _kept(split: Split, returned: int, whole: bool) -> Split:
    """The rest of a line; one that the shopper got for nothing goes back with the last dong of its part."""
    if not split.paid:
        return Split() if whole else split
    gone = (_in_proportion(value, returned, split.paid) for value in astuple(split))
    return split - Split(*gone)


def _in_proportion(value: int, returned: int, paid: int) -> int:
    """The part of a value that goes with the money, half a dong rounded up."""
    return (2 * value * returned + paid) // (2 * paid)
