"""Withheld taxes by month and by year: sold, offset by returns in their own month, handed over."""

import csv
import datetime as dt
import io

import pytest
import time_machine

from apps.kernel.clock import today
from apps.kernel.money import dong
from apps.ledger.books import AccountKind
from apps.ledger.selectors import balance
from apps.payments.services.refunds import fail, refund_amount
from apps.payouts.documents.sheets import taxes_csv
from apps.payouts.taxes import Tax, month_taxes, months, together, year_taxes
from apps.vendors.models import Vendor
from tests.factories.catalogue import make_product
from tests.factories.payments import SYSTEM, bring, complete, make_transfer_order, parts_of, pay, set_terms, share_of
from tests.factories.vendors import make_vendor

pytestmark = pytest.mark.django_db
# 01:00 of December in Viet Nam is still November in UTC.
NOVEMBER, DECEMBER = dt.datetime(2026, 11, 10, 5, tzinfo=dt.UTC), dt.datetime(2026, 11, 30, 18, tzinfo=dt.UTC)


def sell(vendor: Vendor, *, refunded: int = 0) -> int:
    """A completed sale with 3,000 dong of VAT and 1,500 of income tax withheld, part of it refunded; its total."""
    order = make_transfer_order(make_product(vendor=vendor, price=300_000, stock=9))
    pay(order)
    part = parts_of(order)[0]
    set_terms(part, tax_vat_amount=3_000, tax_pit_amount=1_500, platform_discount_amount=0)
    complete(bring(type(part).objects.get(pk=part.pk)))
    if refunded:
        refund_amount(share=share_of(part), amount=dong(refunded), reason="x", actor=SYSTEM)
        failed = refund_amount(share=share_of(part), amount=dong(5_000), reason="x", actor=SYSTEM)
        fail(refund_id=failed.pk, actor=SYSTEM)
    return part.total_amount


def test_returns_are_offset_in_the_month_in_which_they_come() -> None:
    one, two = make_vendor("An"), make_vendor("Bình")
    with time_machine.travel(NOVEMBER):
        total = sell(one)
        sell(two)
        november = -balance(AccountKind.TAX_VAT).amount
    with time_machine.travel(DECEMBER):
        whole = sell(one)
        refund_amount(share=share_of(one.vendor_orders.earliest("pk")), amount=dong(total), reason="x", actor=SYSTEM)
    assert months() == [dt.date(2026, 12, 1), dt.date(2026, 11, 1)]
    first, second = month_taxes(dt.date(2026, 11, 1))
    assert first == (one, Tax(revenue=total, vat=3_000, pit=1_500))
    assert (second[0], together([first[1], second[1]]).net_vat) == (two, november)
    ((vendor, december),) = month_taxes(dt.date(2026, 12, 1))
    assert (vendor, december) == (one, Tax(whole, total, 3_000, 3_000, 1_500, 1_500))
    assert (december.net_revenue, december.net_vat, december.net_pit) == (0, 0, 0)
    assert [(month, tax.net_vat) for month, tax in year_taxes(vendor=one, year=2026)] == [
        (dt.date(2026, 11, 1), 3_000),
        (dt.date(2026, 12, 1), 0),
    ]
    assert (year_taxes(vendor=one, year=2025), year_taxes(vendor=make_vendor(), year=2026)) == ([], [])


def test_a_refund_that_failed_gives_no_tax_back() -> None:
    vendor = make_vendor()
    sell(vendor, refunded=30_000)
    ((_vendor, tax),) = month_taxes(today().replace(day=1))
    assert (tax.returned, tax.net_vat) == (30_000, -balance(AccountKind.TAX_VAT).amount)


def test_what_went_back_before_it_was_earned_was_never_taxed() -> None:
    vendor = make_vendor()
    order = make_transfer_order(make_product(vendor=vendor, price=300_000, stock=9))
    pay(order)
    refund_amount(share=share_of(parts_of(order)[0]), amount=dong(10_000), reason="x", actor=SYSTEM)
    assert month_taxes(today().replace(day=1)) == []


def test_the_table_has_the_tax_code_and_no_formula() -> None:
    vendor = make_vendor("=HTX Gian", tax_code="5799900019")
    text = taxes_csv([(vendor, Tax(300_000, 100_000, 3_000, 1_000, 1_500, 500))])
    head, row, whole = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert (len(head), row[0], row[1]) == (12, "'=HTX Gian", "5799900019")
    numbers = ["300000", "100000", "3000", "1000", "2000", "1500", "500", "1000"]
    assert (row[4:], whole[4:]) == (numbers, numbers)
