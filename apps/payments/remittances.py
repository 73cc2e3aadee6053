"""What a carrier says that it hands over, compared with what it has collected."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db.models import F
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from apps.payments.columns import Names, amount_of, cell_of, find_head, text_of
from apps.payments.models import Share
from apps.payments.providers.cod import Cash
from apps.payments.selectors import batches, late_cash
from apps.payments.sheets import BadSheet, Row
from apps.payments.statements import BadRow
from apps.payments.states import CashHolder

_NAMES: Final[Names] = {
    "tracking": ("ma van don", "so van don", "ma don hang", "ma don", "van don", "tracking", "order code", "waybill"),
    "amount": ("tien thu ho", "so tien thu ho", "cod", "thu ho", "so tien", "amount", "collected"),
}
_NEEDED: Final = ("tracking", "amount")


@dataclass(frozen=True, slots=True)
class Handed:
    """One row of a carrier's list: so many dong for this parcel."""

    row: int
    tracking_number: str
    amount: int


@dataclass(frozen=True, slots=True)
class Parcel:
    """A row beside what the carrier was to collect for the parcel."""

    handed: Handed
    share_id: int
    part_number: str
    owed: int


@dataclass(slots=True)
class Comparison:
    """The rows by how they fit, and the parcels that should be in the list and are not."""

    right: list[Parcel] = field(default_factory=list)
    other_amount: list[Parcel] = field(default_factory=list)
    unknown: list[Handed] = field(default_factory=list)
    known: list[Handed] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    missing: list[Share] = field(default_factory=list)


def compare(rows: Sequence[Row], *, carrier_code: str) -> Comparison:
    """Compare a carrier's list with its parcels; nothing is written. Raises BadSheet without the two columns.

    A list without a head has the tracking number first and the amount second.
    """
    place, columns = find_head(rows, _NAMES, _NEEDED) or (-1, {"tracking": 0, "amount": 1})
    found = Comparison()
    handed = _read(rows[place + 1 :], columns, found)
    if not handed:
        raise BadSheet(_("No row has a tracking number and an amount."))
    shares = _shares(carrier_code, [each.tracking_number for each in handed])
    for each in handed:
        _compare(each, shares.get(each.tracking_number), found)
    listed = {each.tracking_number for each in handed}
    found.missing = [share for share in late_cash(carrier_code) if _tracking(share) not in listed]
    return found


def _read(rows: Sequence[Row], columns: dict[str, int], found: Comparison) -> list[Handed]:
    handed: dict[str, Handed] = {}
    for row in rows:
        number = text_of(cell_of(row, columns["tracking"])).upper()
        amount = amount_of(cell_of(row, columns["amount"]))
        if not number and amount is None:
            continue
        if not number or amount is None:
            found.bad.append(BadRow(row.number, _("The tracking number or the amount is missing, or no amount.")))
        elif number in handed:
            found.bad.append(BadRow(row.number, _("This parcel stands in the list twice.")))
        else:
            handed[number] = Handed(row.number, number, amount)
    return list(handed.values())


def _compare(each: Handed, share: Share | None, found: Comparison) -> None:
    if share is None:
        found.unknown.append(each)
        return
    if share.cash_holder == CashHolder.PLATFORM:
        found.known.append(each)
        return
    parcel = Parcel(each, share.pk, share.vendor_order.number, share.captured)
    fits = share.cash_holder == CashHolder.CARRIER and share.captured == each.amount
    (found.right if fits else found.other_amount).append(parcel)


def _shares(carrier_code: str, numbers: Sequence[str]) -> dict[str, Share]:
    """Cash shares of the carrier's parcels by tracking number in capitals."""
    cash = Share.objects.filter(vendor_order__parcels__carrier__code=carrier_code, payment__provider=Cash.code)
    cash = cash.annotate(tracking_number=F("vendor_order__parcels__tracking_number"), key=Upper("tracking_number"))
    return {
        _tracking(share): share
        for some in batches(numbers)
        for share in cash.filter(key__in=some).select_related("vendor_order")
    }


def _tracking(share: Share) -> str:
    number: str = share.tracking_number  # type: ignore[attr-defined]  # annotated
    return number.upper()
