"""The demo shop: every state is there, sums add up, and nothing of it passes for real."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F, Sum
from pytest_django import Settings

from apps.accounts.models import User
from apps.demo import cast
from apps.demo.accounts import ACCOUNTS, PASSWORD
from apps.demo.fill import VOUCHER, fill
from apps.fees.selectors import rules
from apps.fees.words import rule_words
from apps.jobs.models import Job
from apps.kernel.clock import now, today
from apps.listings.models import Listing
from apps.ordering.models import VendorOrder, VendorOrderLine
from apps.ordering.order_views import order_view
from apps.ordering.selectors import board_counts
from apps.ordering.states import VendorOrderState
from apps.payments.models import Payment
from apps.provenance.models import Certificate
from apps.shop.catalogue.models import Category, Product
from apps.shop.catalogue.reviews.models import ProductReview
from apps.shop.catalogue.selectors import on_sale
from apps.shop.order.models import Order
from apps.shop.partner.models import StockRecord
from apps.vendors.models import Vendor
from apps.vendors.selectors import vendor_of


@pytest.mark.django_db
@pytest.mark.slow
def test_the_demo_shop_has_every_state_and_its_sums_add_up() -> None:
    fill(pictures=False, quiet=True)

    # The whole shop is made once and looked at from all sides: making it takes most of a minute on a slow machine.
    _people_can_sign_in()
    _vendors_and_goods_are_in_every_state()
    _certificates_are_in_every_state()
    _orders_add_up_and_lie_in_the_past()
    _reviews_are_rated()
    _terms_are_frozen()
    assert set(Job.objects.values_list("kind", flat=True)) == {"vendor_order.complete"}


def _people_can_sign_in() -> None:
    for account in ACCOUNTS:
        assert User.objects.get(email=account.email).check_password(PASSWORD)
    assert User.objects.filter(is_staff=True).count() == 2


def _vendors_and_goods_are_in_every_state() -> None:
    assert Counter(Vendor.objects.values_list("state", flat=True)) == {
        "approved": 113,
        "applied": 3,
        "rejected": 1,
        "suspended": 1,
    }
    assert Counter(Listing.objects.values_list("state", flat=True)) == {
        "published": 260,
        "submitted": 5,
        "draft": 6,
        "paused": 4,
        "rejected": 3,
    }
    assert not Vendor.objects.filter(is_demo=False).exists()
    assert not Product.objects.filter(is_demo=False).exists()
    assert Product.objects.filter(title_en="").count() == 0
    assert Category.objects.filter(depth=1).count() == 8
    assert on_sale().values("origin_province_code").distinct().count() == 34
    suspended = Vendor.objects.get(state="suspended")
    assert not StockRecord.objects.filter(partner=suspended.partner, vendor_open=True).exists()
    assert not on_sale().exclude(listing__state="published").exists()
    assert on_sale().filter(stockrecords__num_in_stock=F("stockrecords__num_allocated")).count() == len(cast.SOLD_OUT)


def _certificates_are_in_every_state() -> None:
    counts = Counter(Certificate.objects.values_list("state", flat=True))
    assert counts == {"verified": 265, "claimed": 5, "rejected": 1, "revoked": 1}
    assert Certificate.objects.filter(state="verified", valid_until__lt=today()).count() == len(cast.EXPIRED)
    assert set(Certificate.objects.values_list("level", flat=True)) == {"district", "province", "national"}
    assert not Certificate.objects.filter(stars=5).exclude(level="national").exists()


FINISHED = {"delivered", "completed", "cancelled", "returned"}


def _orders_add_up_and_lie_in_the_past() -> None:
    for order in Order.objects.all():
        parts = order.vendor_orders.aggregate(total=Sum("total_amount"))["total"]
        assert int(order.total_incl_tax) == parts
        assert order_view(order).number == order.number
    assert Order.objects.filter(voucherapplication__voucher__code=VOUCHER).exists()
    assert not VendorOrder.objects.filter(delivered_at__gt=now()).exists()
    assert not VendorOrder.objects.filter(delivered_at__lt=F("shipped_at")).exists()
    for payment in Payment.objects.filter(provider="cod", state="paid"):
        assert set(payment.order.vendor_orders.values_list("state", flat=True)) <= FINISHED
    states = set(VendorOrder.objects.values_list("state", flat=True))
    assert states == set(VendorOrderState.values) - {"pending_payment"}
    owner = User.objects.get(email="nhaban@demo.test")
    vendor = vendor_of(owner.pk)
    assert vendor is not None
    assert all(board_counts(vendor=vendor).values())
    assert VendorOrder.objects.filter(vendor=vendor, state__in=("accepted", "packed"), ship_by__lt=now()).count() == 1


def _terms_are_frozen() -> None:
    assert [rule_words(rule) for rule in rules()] == [
        "Hộ kinh doanh Nắng Sớm Hồng Gai (mẫu): 6\u00a0%, nhiều nhất 100.000\u00a0₫",
        "Rượu: 10\u00a0%, ít nhất 5.000\u00a0₫",
        "Mọi hàng hoá: 8\u00a0%",
    ]
    lines = VendorOrderLine.objects.all()
    assert not lines.filter(commission_rule_id=None).exists()
    assert not lines.filter(commission_amount=0).exists()
    households = lines.filter(vendor_order__vendor__producer_type="household")
    assert (households.filter(tax_vat_amount=0).count(), households.exists()) == (0, True)
    assert not lines.exclude(pk__in=households).filter(tax_vat_amount__gt=0).exists()
    assert lines.filter(platform_discount_amount__gt=0).count() == lines.filter(discount_amount__gt=0).count() > 0


def _reviews_are_rated() -> None:
    assert 300 <= ProductReview.objects.count() <= 500
    assert ProductReview.objects.filter(status=ProductReview.FOR_MODERATION).exists()
    assert Product.objects.filter(rating__isnull=False).count() == len(range(0, 278, 3))


@pytest.mark.django_db
def test_refuses_a_shop_that_is_no_demo(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO is off"):
        call_command("demo_reset")
    assert Product.objects.count() == 0
