"""A carrier's list beside the parcels whose cash it has."""

import datetime as dt

import pytest

from apps.kernel.clock import now
from apps.kernel.money import dong
from apps.ordering import services
from apps.ordering.models import Parcel, VendorOrder
from apps.payments.remittances import Comparison, compare
from apps.payments.selectors import held_by_carriers, held_by_vendors, late_cash
from apps.payments.services.cash import remit
from apps.payments.sheets import BadSheet, read
from tests.factories.catalogue import make_product
from tests.factories.payments import SYSTEM, bring, parts_of, share_of
from tests.factories.sales import make_order
from tests.factories.sheets import csv_of

pytestmark = pytest.mark.django_db


def delivered(number: str, *, days: int = 1, carrier: str = "ghn") -> VendorOrder:
    """A part whose cash the carrier has collected some days ago."""
    part = bring(parts_of(make_order(make_product()))[0], carrier=carrier)
    Parcel.objects.filter(vendor_order=part).update(tracking_number=number)
    VendorOrder.objects.filter(pk=part.pk).update(delivered_at=now() - dt.timedelta(days=days, hours=1))
    return part


def listed(*rows: tuple[object, object]) -> Comparison:
    given = [("STT", "Mã vận đơn", "Tiền thu hộ"), *((1, *row) for row in rows)]
    return compare(read(csv_of(*given)), carrier_code="ghn")


def numbers(found: Comparison) -> dict[str, list[str]]:
    return {
        "right": [each.handed.tracking_number for each in found.right],
        "other": [each.handed.tracking_number for each in found.other_amount],
        "unknown": [each.tracking_number for each in found.unknown],
        "known": [each.tracking_number for each in found.known],
        "missing": [share.tracking_number for share in found.missing],  # type: ignore[attr-defined]  # annotated
        "bad": [str(each.row) for each in found.bad],
    }


def test_every_row_is_put_where_it_belongs() -> None:
    parts = {number: delivered(number, days=9) for number in ("G1", "G2", "G3", "G4")}
    delivered("G5", days=3)
    delivered("V1", days=9, carrier="viettelpost")
    remit(share_id=share_of(parts["G3"]).pk, amount=dong(parts["G3"].total_amount), reference="", actor=SYSTEM)
    found = listed(
        ("g1", parts["G1"].total_amount),
        ("G2", parts["G2"].total_amount - 1),
        ("G3", parts["G3"].total_amount),
        ("V1", 5),
        ("G9", "50.000"),
        ("G1", 7),
        ("", "5.000"),
        ("G6", "nhiều"),
    )
    assert numbers(found) == {
        "right": ["G1"],
        "other": ["G2"],
        "known": ["G3"],
        "unknown": ["V1", "G9"],
        "missing": ["G4"],
        "bad": ["7", "8", "9"],
    }


def test_a_parcel_that_is_not_delivered_for_us_waits() -> None:
    part = parts_of(make_order(make_product()))[0]
    services.accept(vendor_order=part, actor=SYSTEM)
    services.pack(vendor_order=part, actor=SYSTEM)
    services.hand_over(vendor_order=part, actor=SYSTEM, carrier="ghn", tracking_number="G1")
    found = listed(("G1", part.total_amount))
    assert [(each.owed, each.part_number) for each in found.other_amount] == [(0, part.number)]


def test_pasted_rows_need_no_head() -> None:
    part = delivered("G1")
    for pasted in (f"G1\t{part.total_amount:,}", f"G1;{part.total_amount}", f"G0\t1,234,567\nG1\t{part.total_amount}"):
        found = compare(read(pasted.encode()), carrier_code="ghn")
        assert [each.share_id for each in found.right] == [share_of(part).pk]


def test_a_list_without_parcels_is_refused() -> None:
    with pytest.raises(BadSheet):
        listed(("", ""))


def test_cash_is_counted_by_holder_with_its_age() -> None:
    one, two, own = delivered("G1", days=9), delivered("G2", days=2), delivered("T1", days=3, carrier="tu-giao")
    held = held_by_carriers()
    assert [(each.parcels, each.amount, each.days, each.late) for each in held] == [
        (2, one.total_amount + two.total_amount, 9, True)
    ]
    vendors = held_by_vendors()
    assert [(each.holder, each.amount, each.days, each.late) for each in vendors] == [
        (own.vendor.name, own.total_amount, 3, False)
    ]
    assert [share.vendor_order_id for share in late_cash()] == [one.pk]
