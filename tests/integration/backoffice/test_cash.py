"""Cash at the door: who has it, and a carrier's list that is looked at before it is taken in."""

import datetime as dt

import pytest

from apps.kernel.clock import now
from apps.kernel.money import dong
from apps.ledger.books import AccountKind
from apps.ledger.selectors import balance
from apps.ordering.models import VendorOrder
from tests.factories.catalogue import make_product
from tests.factories.payments import bring, parts_of, share_of
from tests.factories.sales import make_order
from tests.factories.sheets import csv_of, upload
from tests.integration.backoffice.desk import desk

pytestmark = pytest.mark.django_db
URL, LIST = "/quan-tri/ngan-hang/thu-ho/", "/quan-tri/ngan-hang/thu-ho/doi-soat/"


@pytest.fixture
def part() -> VendorOrder:
    """A parcel that was delivered nine days ago."""
    found = bring(parts_of(make_order(make_product()))[0])
    VendorOrder.objects.filter(pk=found.pk).update(delivered_at=now() - dt.timedelta(days=9))
    return found


def test_cash_is_shown_by_holder_and_what_is_late_by_parcel(part: VendorOrder) -> None:
    page = desk().get(URL)
    assert [(held.amount, held.days) for held in page.context["carriers"]] == [(part.total_amount, 9)]
    assert [share.pk for share in page.context["page"]] == [share_of(part).pk]
    assert part.parcels.get().tracking_number in page.content.decode()


def test_a_list_is_looked_at_then_taken_in(part: VendorOrder) -> None:
    client, number = desk(), part.parcels.get().tracking_number
    data = csv_of(("Mã vận đơn", "COD"), (number, part.total_amount), ("LA1", 5))
    page = client.post(LIST, {"carrier": "ghn", "file": upload(data)})
    found = page.context["found"]
    assert ([each.owed for each in found.right], [each.tracking_number for each in found.unknown]) == (
        [part.total_amount],
        ["LA1"],
    )
    assert balance(AccountKind.BANK) == dong(0)
    for _ in range(2):
        assert client.post(LIST, {"rows": page.context["rows"]})["Location"] == URL
    assert (balance(AccountKind.BANK), balance(AccountKind.CARRIER_CASH)) == (dong(part.total_amount), dong(0))
    again = client.post(LIST, {"carrier": "ghn", "pasted": f"{number}\t{part.total_amount}"})
    assert [each.tracking_number for each in again.context["found"].known] == [number]


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"carrier": "ghn"},
        {"carrier": "khong-co", "pasted": "A\t5"},
        {"carrier": "ghn", "pasted": "chỉ có chữ"},
        {"carrier": "tu-giao", "pasted": "A\t5"},
    ],
)
def test_what_is_no_list_is_refused_in_words(part: VendorOrder, form: dict[str, str]) -> None:
    page = desk().post(LIST, form)
    assert (page.status_code, bool(page.context["form"].errors)) == (422, True)


def test_rows_that_no_page_of_ours_has_shown_are_not_taken_in(part: VendorOrder) -> None:
    assert desk().post(LIST, {"rows": "x"})["Location"] == LIST
    assert balance(AccountKind.BANK) == dong(0)
