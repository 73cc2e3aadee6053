"""What is taken of a sale: which rule holds, how much it takes, what is withheld for the tax office."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from apps.fees.models import CommissionRule
from apps.fees.rates import Activity, fee_vat, share, tax_table
from apps.fees.selectors import LineTerms, SaleLine, delivery_tax, terms
from apps.kernel.money import Money, dong
from apps.shop.catalogue.models import Category, Product
from apps.vendors.models import Vendor
from tests.factories.catalogue import make_category, make_product
from tests.factories.fees import DAY, make_rule, make_treatment
from tests.factories.vendors import make_vendor

pytestmark = pytest.mark.django_db


@pytest.fixture
def household() -> Vendor:
    return make_vendor(producer_type="household")


def of(vendor: Vendor, product: Product, revenue: int, quantity: int = 1, on: dt.date = DAY) -> LineTerms:
    """The terms of one line."""
    [found] = terms(vendor, [SaleLine(product.pk, dong(revenue), quantity)], on)
    return found


def below(parent: Category, name: str) -> Category:
    return Category.objects.add_child(parent, instance=Category(name=name, name_en=name))


class TestWithheld:
    def test_goods_of_a_household(self, household: Vendor) -> None:
        """The worked example of Decree 117/2025/NĐ-CP: 1,250,000 of goods."""
        found = of(household, make_product(vendor=household), 1_250_000)
        assert found == LineTerms(dong(0), dong(0), dong(12_500), dong(6_250), None)

    @pytest.mark.parametrize("kind", ["enterprise", "cooperative", "cooperative_group"])
    def test_all_others_declare_themselves(self, kind: str) -> None:
        vendor = make_vendor(producer_type=kind)
        make_treatment(vendor)
        found = of(vendor, make_product(vendor=vendor), 1_250_000)
        assert (found.tax_vat, found.tax_pit) == (dong(0), dong(0))
        assert delivery_tax(vendor, dong(30_000), DAY) == (dong(0), dong(0))

    @pytest.mark.parametrize(
        ("activity", "resident", "abroad"),
        [
            (Activity.GOODS, (10_000, 5_000), (10_000, 10_000)),
            (Activity.PRODUCTION, (30_000, 15_000), (30_000, 20_000)),
            (Activity.SERVICES, (50_000, 20_000), (50_000, 50_000)),
            (Activity.TRANSPORT, (30_000, 15_000), (30_000, 20_000)),
            (Activity.UNDETERMINED, (50_000, 20_000), (50_000, 50_000)),
        ],
    )
    def test_every_rate_of_the_table(
        self, household: Vendor, activity: str, resident: tuple[int, int], abroad: tuple[int, int]
    ) -> None:
        product = make_product(vendor=household)
        treatment = make_treatment(household, activity)
        found = [of(household, product, 1_000_000)]
        treatment.is_resident = False
        treatment.save()
        found.append(of(household, product, 1_000_000))
        assert [(line.tax_vat.amount, line.tax_pit.amount) for line in found] == [resident, abroad]

    def test_what_cannot_be_determined_has_the_highest_rate(self) -> None:
        for table in [tax_table(DAY)]:
            highest = table[Activity.UNDETERMINED]
            for part in ("vat", "pit_resident", "pit_non_resident"):
                assert getattr(highest, part) == max(getattr(rates, part) for rates in table.values())

    def test_nothing_before_the_decree(self, household: Vendor) -> None:
        found = of(household, make_product(vendor=household), 1_250_000, on=dt.date(2025, 6, 30))
        assert (found.tax_vat, found.tax_pit) == (dong(0), dong(0))
        assert of(household, make_product(vendor=household), 100, on=dt.date(2025, 7, 1)).tax_vat == dong(1)

    def test_the_delivery_fee_is_transport(self, household: Vendor) -> None:
        make_treatment(household, Activity.SERVICES)
        assert delivery_tax(household, dong(35_000), DAY) == (dong(1_050), dong(525))

    def test_a_product_before_its_vendor_and_residence_from_the_vendor(self, household: Vendor) -> None:
        bottled, traded = make_product(vendor=household), make_product(vendor=household)
        make_treatment(household, Activity.GOODS, is_resident=False)
        make_treatment(household, Activity.PRODUCTION, product=bottled)
        lines = [SaleLine(product.pk, dong(100_000), 1) for product in (bottled, traded)]
        found = terms(household, lines, DAY)
        assert [(line.tax_vat.amount, line.tax_pit.amount) for line in found] == [(3_000, 2_000), (1_000, 1_000)]
        assert delivery_tax(household, dong(10_000), DAY) == (dong(300), dong(200))

    def test_what_is_not_sent_is_a_service(self, household: Vendor) -> None:
        tour = make_product(vendor=household, product_class="services")
        assert of(household, tour, 100_000).tax_vat == dong(5_000)
        make_treatment(household, Activity.GOODS, product=tour)
        assert of(household, tour, 100_000).tax_vat == dong(1_000)

    def test_the_latest_that_has_begun_counts(self, household: Vendor) -> None:
        product = make_product(vendor=household)
        make_treatment(household, Activity.SERVICES, valid_from=DAY + dt.timedelta(days=1))
        make_treatment(household, Activity.PRODUCTION, valid_from=DAY)
        days = [DAY + dt.timedelta(days=step) for step in (-1, 0, 1)]
        assert [of(household, product, 10_000, on=day).tax_vat.amount for day in days] == [100, 300, 500]

    def test_nothing_of_another_vendor(self, household: Vendor) -> None:
        make_treatment(make_vendor(producer_type="household"), Activity.SERVICES)
        assert of(household, make_product(vendor=household), 10_000).tax_vat == dong(100)


class TestWhichRule:
    def test_the_first_that_holds(self) -> None:
        vendor = make_vendor()
        product = make_product(vendor=vendor)
        last = make_rule(position=30)
        make_rule(position=10, is_active=False, share_bps=100)
        make_rule(position=20, vendor=make_vendor(), share_bps=200)
        assert of(vendor, product, 100_000).rule_id == last.pk
        first = make_rule(position=25, vendor=vendor, share_bps=500)
        assert of(vendor, product, 100_000) == LineTerms(dong(5_000), dong(500), dong(0), dong(0), first.pk)

    def test_none_takes_nothing(self) -> None:
        make_rule(vendor=make_vendor())
        assert of(make_vendor(), make_product(), 100_000) == LineTerms(*[dong(0)] * 4, None)

    def test_a_category_with_all_that_is_below_it(self) -> None:
        drinks, food = make_category("Đồ uống"), make_category("Đồ ăn")
        spirits = below(below(drinks, "Rượu"), "Rượu nếp")
        drinks.refresh_from_db()
        rule = make_rule(category=drinks)
        found = [of(make_vendor(), make_product(category=one), 100_000).rule_id for one in (spirits, drinks, food)]
        assert found == [rule.pk, rule.pk, None]

    def test_a_lower_category_is_not_the_upper_one(self) -> None:
        drinks = make_category("Đồ uống")
        make_rule(category=below(drinks, "Rượu"))
        assert of(make_vendor(), make_product(category=drinks), 100_000).rule_id is None

    def test_a_product(self) -> None:
        vendor = make_vendor()
        one, other = make_product(vendor=vendor), make_product(vendor=vendor)
        rule = make_rule(product=one, vendor=vendor)
        assert [of(vendor, product, 1_000).rule_id for product in (one, other)] == [rule.pk, None]

    @pytest.mark.parametrize(
        ("band", "revenues"),
        [
            ({"value_from": 100, "value_below": 200}, [100, 199]),
            ({"value_from": 100}, [100, 199, 200, 10**12]),
            ({"value_below": 200}, [0, 99, 100, 199]),
        ],
    )
    def test_a_band_of_revenue(self, band: dict[str, int], revenues: list[int]) -> None:
        make_rule(**band)
        vendor, product = make_vendor(), make_product()
        tried = [0, 99, 100, 199, 200, 10**12]
        assert [revenue for revenue in tried if of(vendor, product, revenue).rule_id] == revenues

    def test_every_condition_must_hold(self) -> None:
        vendor, category = make_vendor(), make_category("Rượu")
        right = make_product(vendor=vendor, category=category)
        make_rule(vendor=vendor, category=category, product=right, value_from=50)
        assert of(vendor, right, 50).rule_id is not None
        assert of(vendor, right, 49).rule_id is None
        assert of(make_vendor(), right, 50).rule_id is None
        assert of(vendor, make_product(vendor=vendor, category=category), 50).rule_id is None
        right.categories.set([make_category("Trà")])
        assert of(vendor, right, 50).rule_id is None

    def test_queries_do_not_grow(self, household: Vendor) -> None:
        def count(lines: int) -> int:
            goods = [make_product(vendor=household, category=make_category(f"Loại {n}")) for n in range(lines)]
            for product in goods:
                make_rule(product=product, category=product.categories.get())
                make_treatment(household, product=product)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                terms(household, [SaleLine(product.pk, dong(1_000), 1) for product in goods], DAY)
            return len(queries)

        assert [count(1), count(30)] == [4, 4]


class TestHowMuch:
    @pytest.mark.parametrize(
        ("fields", "revenue", "quantity", "taken"),
        [
            ({"share_bps": 1_000}, 45_000, 1, 4_500),
            ({"share_bps": 1_000, "floor_amount": 5_000}, 45_000, 1, 5_000),
            ({"share_bps": 1_000, "floor_amount": 5_000}, 3_000, 1, 3_000),  # never more than the line brings in
            ({"share_bps": 1_000, "cap_amount": 50_000}, 900_000, 3, 50_000),
            ({"unit_amount": 2_000}, 90_000, 3, 6_000),
            ({"unit_amount": 2_000, "cap_amount": 5_000}, 90_000, 3, 5_000),
            ({"unit_amount": 50_000}, 90_000, 3, 90_000),
            ({"share_bps": 825}, 12_345, 1, 1_018),  # 1,018.4625
            ({"share_bps": 50}, 100, 1, 1),  # half a dong is rounded up
            ({"share_bps": 0}, 100_000, 1, 0),
            ({"share_bps": 10_000}, 100_000, 1, 100_000),
        ],
    )
    def test_by_hand(self, fields: dict[str, int], revenue: int, quantity: int, taken: int) -> None:
        rule = CommissionRule(**fields)
        assert rule.commission(dong(revenue), quantity) == dong(taken)

    @pytest.mark.parametrize(
        ("kind", "revenue", "commission", "left"),
        [
            ("cooperative", 5_501, 5_000, 1),
            ("cooperative", 5_500, 5_000, 0),
            ("cooperative", 5_499, 4_999, 0),
            ("cooperative", 3_000, 2_727, 0),
            ("cooperative", 7, 6, 0),
            ("cooperative", 1, 0, 1),
            ("cooperative", 0, 0, 0),
            ("household", 5_500, 4_924, 1),
            ("household", 3_000, 2_686, 0),
        ],
    )
    def test_with_vat_and_taxes_never_more_than_the_line_brings_in(
        self, kind: str, revenue: int, commission: int, left: int
    ) -> None:
        make_rule(share_bps=1_000, floor_amount=5_000)
        found = of(make_vendor(producer_type=kind), make_product(), revenue)
        taken = (found.commission, found.commission_vat, found.tax_vat, found.tax_pit)
        assert (found.commission, dong(revenue) - sum(taken, start=dong(0))) == (dong(commission), dong(left))

    def test_vat_comes_on_top(self) -> None:
        make_rule(share_bps=825)
        found = of(make_vendor(), make_product(), 12_345)
        assert (fee_vat(DAY), found.commission, found.commission_vat) == (1_000, dong(1_018), dong(102))


amounts = st.one_of(st.none(), st.integers(0, 10**12))
revenues = st.integers(0, 10**13).map(dong)


class TestProperties:
    @given(amount=revenues, bps=st.integers(0, 10_000))
    def test_a_share_is_the_nearest_whole_dong(self, amount: Money, bps: int) -> None:
        assert abs(share(amount, bps).amount * 10_000 - amount.amount * bps) <= 5_000
        assert dong(0) <= share(amount, bps) <= amount

    @given(
        taken=st.one_of(
            st.builds(dict, share_bps=st.integers(0, 10_000)), st.builds(dict, unit_amount=st.integers(0, 10**9))
        ),
        edges=st.tuples(amounts, amounts),
        revenue=revenues,
        quantity=st.integers(1, 1_000),
    )
    def test_commission_stays_between_nothing_and_the_revenue(
        self, taken: dict[str, int], edges: tuple[int | None, int | None], revenue: Money, quantity: int
    ) -> None:
        floor, cap = sorted(edges) if None not in edges else edges  # type: ignore[type-var]
        rule = CommissionRule(**taken, floor_amount=floor, cap_amount=cap)
        found = rule.commission(revenue, quantity)
        assert dong(0) <= found <= revenue
        assert cap is None or found <= dong(cap)
        assert floor is None or found >= min(dong(floor), revenue)

    @given(revenue=revenues, more=st.integers(0, 10**9), bps=st.integers(0, 10_000))
    def test_more_revenue_never_pays_less(self, revenue: Money, more: int, bps: int) -> None:
        rule = CommissionRule(share_bps=bps)
        assert rule.commission(revenue, 1) <= rule.commission(revenue + dong(more), 1)

    @given(revenue=st.integers(-5, -1), quantity=st.integers(-3, 0))
    def test_nothing_is_sold_for_less_than_nothing(self, revenue: int, quantity: int) -> None:
        for wrong in (SimpleNamespace(revenue=revenue, quantity=1), SimpleNamespace(revenue=1, quantity=quantity)):
            with pytest.raises(ValueError):
                SaleLine(1, dong(wrong.revenue), wrong.quantity)
