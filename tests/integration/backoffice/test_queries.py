"""The number of queries of a list does not depend on how much it shows."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.jobs.models import Job, JobState
from apps.kernel.clock import now
from apps.kernel.money import dong
from apps.ordering.models import VendorOrder
from apps.payments.services.refunds import refund_amount
from tests.factories import shop
from tests.factories.bank import come, said
from tests.factories.catalogue import make_product
from tests.factories.payments import SYSTEM, bring, make_transfer_order, parts_of, payment_of, share_of
from tests.factories.sales import make_order
from tests.factories.vendors import make_vendor
from tests.integration.backoffice.desk import claimed, desk

pytestmark = pytest.mark.django_db
MOST = 24


def cases() -> None:
    """One of each kind that waits."""
    shop.applicant()
    shop.submitted()
    claimed()


def vendor() -> None:
    """A vendor with something on sale."""
    make_product(vendor=make_vendor())


def order() -> None:
    """An order of two parts."""
    make_order(make_product(), make_product())


def job() -> None:
    """A job that died."""
    Job.objects.create(kind="test.note", state=JobState.DEAD, last_error="x")


def transfer() -> None:
    """Money without an order, and some that belongs to one."""
    come(5_000)
    order = make_transfer_order(make_product())
    come(1_000, said(order))


def refund() -> None:
    """Money that somebody has to send back."""
    order = make_transfer_order(make_product())
    come(payment_of(order).amount, said(order))
    refund_amount(share=share_of(parts_of(order)[0]), amount=dong(5_000), reason="x", actor=SYSTEM)


def late_parcel() -> None:
    """Cash that a carrier should have handed over."""
    part = bring(parts_of(make_order(make_product()))[0])
    VendorOrder.objects.filter(pk=part.pk).update(delivered_at=now() - dt.timedelta(days=9))


def cost(client: Client, path: str) -> tuple[int, int]:
    """Rows and queries of a page."""
    with CaptureQueriesContext(connection) as queries:
        page = client.get(path)
    assert page.status_code == 200
    return len(page.context["cases"] if "cases" in page.context else page.context["page"].object_list), len(queries)


@pytest.mark.parametrize(
    ("paths", "make", "rows"),
    [
        (["/quan-tri/"], cases, 3),
        (["/quan-tri/nha-ban/", "/quan-tri/nha-ban/?q=h"], vendor, 1),
        (["/quan-tri/don-hang/", "/quan-tri/don-hang/?q=hoa"], order, 1),
        (["/quan-tri/tac-vu/"], job, 1),
        (["/quan-tri/ngan-hang/", "/quan-tri/ngan-hang/?trang-thai=matched"], transfer, 1),
        (["/quan-tri/ngan-hang/hoan-tien/"], refund, 1),
        (["/quan-tri/ngan-hang/thu-ho/"], late_parcel, 1),
    ],
)
def test_one_and_thirty_cost_the_same(paths: list[str], make: Callable[[], None], rows: int) -> None:
    client = desk()
    make()
    before = [cost(client, path) for path in paths]
    for _ in range(30 // rows - 1):
        make()
    after = [cost(client, path) for path in paths]
    assert [(few, many) for (few, _), (many, _) in zip(before, after, strict=True)] == [(rows, 30)] * len(paths)
    assert max(one for _, one in before) <= MOST
    assert [(one, thirty) for (_, one), (_, thirty) in zip(before, after, strict=True) if thirty > one] == []


def test_an_order_of_six_vendors_costs_what_one_of_one_costs() -> None:
    client = desk()
    small, large = make_order(make_product()), make_order(*(make_product() for _ in range(6)))
    counts = []
    for each in (small, large):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("backoffice:order", args=[each.number])).status_code == 200
        counts.append(len(queries))
    assert counts[0] <= MOST
    assert counts[1] <= counts[0]
