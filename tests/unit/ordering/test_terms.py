"""The terms of a sale are frozen on its lines: who pays for discounts, commission, withheld tax."""

import pytest
from django.db import IntegrityError, transaction

from apps.fees.models import CommissionRule
from apps.kernel.actor import Actor
from apps.kernel.money import dong
from apps.ordering.models import VendorOrder, VendorOrderLine
from apps.ordering.pricing import priced_basket
from apps.purchase.services import place
from apps.shop.basket.models import Basket
from apps.shop.offer.models import Benefit, Condition, ConditionalOffer, Funder, Range
from apps.shop.voucher.services import apply_voucher, create_voucher
from tests.factories.catalogue import make_product
from tests.factories.fees import make_rule, make_treatment
from tests.factories.sales import details, make_basket, make_order, ready_to_sell, total_of
from tests.factories.vendors import make_vendor

pytestmark = pytest.mark.django_db
FROZEN = (
    "items_amount",
    "discount_amount",
    "platform_discount_amount",
    "commission_amount",
    "commission_vat_amount",
    "tax_vat_amount",
    "tax_pit_amount",
    "commission_rule_id",
)


def frozen() -> list[tuple[int | None, ...]]:
    """The terms of all lines, in the order of their sale."""
    return list(VendorOrderLine.objects.order_by("pk").values_list(*FROZEN))


def site_offer(percent: int, funded_by: str, **fields: object) -> ConditionalOffer:
    """So many per cent off everything for everybody."""
    goods, _made = Range.objects.get_or_create(name="Tất cả", defaults={"includes_all_products": True})
    return ConditionalOffer.objects.create(
        name=f"Giảm {percent} {funded_by}",
        condition=Condition.objects.create(range=goods, type=Condition.COUNT, value=1),
        benefit=Benefit.objects.create(range=goods, type=Benefit.PERCENTAGE, value=percent),
        funded_by=funded_by,
        **fields,
    )


def ordered(basket: Basket) -> None:
    """The basket bought by a guest."""
    ready_to_sell()
    place(basket_id=basket.pk, details=details(), seen_total=total_of(basket), actor=Actor.guest())


def test_of_a_household_and_a_cooperative_in_one_order() -> None:
    household, cooperative = make_vendor(producer_type="household"), make_vendor()
    rule = make_rule(share_bps=800)
    goods = [make_product(vendor=household, price=1_250_000), make_product(vendor=cooperative, price=100_000)]

    make_order(goods[0], (goods[1], 2))

    assert frozen() == [
        (1_250_000, 0, 0, 100_000, 10_000, 12_500, 6_250, rule.pk),
        (200_000, 0, 0, 16_000, 1_600, 0, 0, rule.pk),
    ]
    parts = VendorOrder.objects.order_by("pk")
    withheld = [(part.shipping_amount, part.shipping_tax_vat_amount, part.shipping_tax_pit_amount) for part in parts]
    assert withheld == [(35_000, 1_050, 525), (41_000, 0, 0)]


def test_an_order_keeps_its_terms() -> None:
    household = make_vendor(producer_type="household")
    rule = make_rule(share_bps=800)
    make_order(make_product(vendor=household, price=100_000))
    sold = [(100_000, 0, 0, 8_000, 800, 1_000, 500, rule.pk)]
    assert frozen() == sold

    make_treatment(household)
    CommissionRule.objects.update(share_bps=2_000)
    assert frozen() == sold
    CommissionRule.objects.all().delete()
    assert frozen() == sold


@pytest.mark.parametrize(
    ("funder", "expected"),
    [
        # The platform makes the discount good: the vendor sells for all of it.
        (Funder.PLATFORM, (100_000, 10_000, 10_000, 8_000, 800, 1_000, 500)),
        # The vendor earns less, and pays commission and tax on less.
        (Funder.VENDOR, (100_000, 10_000, 0, 7_200, 720, 900, 450)),
    ],
)
def test_who_pays_for_a_voucher(funder: str, expected: tuple[int, ...]) -> None:
    make_rule(share_bps=800)
    basket = make_basket(make_product(vendor=make_vendor(producer_type="household"), price=100_000))
    create_voucher(code="MA", name="Mã", percent=10, funded_by=funder)
    apply_voucher(basket=basket, code="MA", user_id=None)

    ordered(basket)

    [found] = frozen()
    assert found[:-1] == expected


def test_two_offers_on_one_line_are_told_apart() -> None:
    site_offer(10, Funder.VENDOR, exclusive=False, priority=2)
    site_offer(20, Funder.PLATFORM, exclusive=False, priority=1)
    basket = make_basket((make_product(price=50_000), 2))

    [line] = priced_basket(Basket.objects.get(pk=basket.pk)).groups[0].lines
    ordered(basket)

    assert (line.vendor_discount, line.platform_discount, line.discount) == (dong(10_000), dong(20_000), dong(30_000))
    assert frozen() == [(100_000, 30_000, 20_000, 0, 0, 0, 0, None)]


def test_an_offer_is_the_platforms_unless_it_says_otherwise() -> None:
    create_voucher(code="MA", name="Mã", percent=10)
    assert ConditionalOffer.objects.get().funded_by == "platform"


@pytest.mark.parametrize("column", FROZEN[2:-1])
def test_terms_are_never_negative(column: str) -> None:
    make_order(make_product())
    with pytest.raises(IntegrityError), transaction.atomic():
        VendorOrderLine.objects.update(**{column: -1})


def test_the_platform_pays_no_more_than_the_discount() -> None:
    make_order(make_product())
    with pytest.raises(IntegrityError), transaction.atomic():
        VendorOrderLine.objects.update(platform_discount_amount=1)


@pytest.mark.parametrize("column", ["shipping_tax_vat_amount", "shipping_tax_pit_amount"])
def test_tax_on_delivery_is_never_negative(column: str) -> None:
    make_order(make_product())
    with pytest.raises(IntegrityError), transaction.atomic():
        VendorOrder.objects.update(**{column: -1})
