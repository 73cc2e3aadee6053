"""What is taken of a sale: commission, its VAT and withheld tax per line, to be frozen with the order."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet

from apps.fees.models import CommissionRule, TaxTreatment
from apps.fees.rates import NO_TAX, Activity, TaxRates, before_share, fee_vat, share, tax_table
from apps.kernel.money import Money, dong
from apps.shop.catalogue.models import Product, ProductCategory
from apps.vendors.models import Vendor
from apps.vendors.scoping import for_vendor
from apps.vendors.states import ProducerType


@dataclass(frozen=True, slots=True)
class SaleLine:
    """What a vendor sells: the revenue is that of its goods less the discounts that the vendor itself pays for.

    Raises ValueError for a negative revenue or no units.
    """

    product_id: int
    revenue: Money
    quantity: int

    def __post_init__(self) -> None:
        if self.revenue < dong(0) or self.quantity < 1:
            raise ValueError(f"nothing is sold like this: {self!r}")


@dataclass(frozen=True, slots=True)
class LineTerms:
    """What is taken of one line, in dong; VAT comes on top of the commission, taxes are withheld for the tax office."""

    commission: Money
    commission_vat: Money
    tax_vat: Money
    tax_pit: Money
    rule_id: int | None


@dataclass(frozen=True, slots=True)
class _Taxes:
    """The rates for one vendor on one day."""

    table: Mapping[str, TaxRates]
    own: TaxTreatment | None
    of_product: Mapping[int, TaxTreatment]
    services: Collection[int]

    @property
    def is_resident(self) -> bool:
        return self.own is None or self.own.is_resident

    def activity(self, product_id: int) -> str:
        told = self.of_product.get(product_id, self.own)
        if told is not None:
            return told.activity
        return Activity.SERVICES if product_id in self.services else Activity.GOODS

    def withheld(self, revenue: Money, activity: str) -> tuple[Money, Money]:
        rates = self.table.get(activity, NO_TAX)
        return share(revenue, rates.vat), share(revenue, rates.pit(is_resident=self.is_resident))


def terms(vendor: Vendor, lines: Sequence[SaleLine], on: dt.date) -> list[LineTerms]:
    """What is taken of each line that this vendor sells on a day, in the order of the lines; four queries at most.

    However high a floor is: with VAT and taxes never more than the line brings in.
    """
    rules, products = list(_rules_for(vendor)), {line.product_id for line in lines}
    paths = _paths(products)
    taxes, vat_bps = _taxes(vendor, on, products), fee_vat(on)
    found = []
    for line in lines:
        rule = next((rule for rule in rules if _holds(rule, line, paths[line.product_id])), None)
        tax_vat, tax_pit = taxes.withheld(line.revenue, taxes.activity(line.product_id))
        most = before_share(line.revenue - tax_vat - tax_pit, vat_bps)
        commission = min(rule.commission(line.revenue, line.quantity), most) if rule else dong(0)
        found.append(LineTerms(commission, share(commission, vat_bps), tax_vat, tax_pit, rule.pk if rule else None))
    return found


def delivery_tax(vendor: Vendor, amount: Money, on: dt.date) -> tuple[Money, Money]:
    """VAT and PIT withheld of the delivery fee that the vendor is paid: transport in the tax table."""
    return _taxes(vendor, on).withheld(amount, Activity.TRANSPORT)


def withholds(vendor: Vendor) -> bool:
    """True when the platform pays the tax: of households and individuals; all others declare it themselves.

    Decree 117/2025/NĐ-CP. Individuals are registered as households here.
    """
    return vendor.producer_type == ProducerType.HOUSEHOLD


def rules() -> QuerySet[CommissionRule]:
    """All commission rules from the top, switched off or not, with what they name."""
    return CommissionRule.objects.order_by("position").select_related("vendor", "category", "product")


def treatments() -> QuerySet[TaxTreatment]:
    """What was said of vendors and products, by vendor, the latest first."""
    named = TaxTreatment.objects.select_related("vendor", "product")
    return named.order_by("vendor__name", "vendor_id", F("product_id").asc(nulls_first=True), "-valid_from")


def _rules_for(vendor: Vendor) -> QuerySet[CommissionRule]:
    active = CommissionRule.objects.filter(is_active=True).order_by("position").select_related("category")
    return active.filter(vendor=None) | active.filter(vendor=vendor)


def _paths(product_ids: Collection[int]) -> Mapping[int, list[str]]:
    """Product -> the treebeard paths of its categories; a path begins with those of all that stand above."""
    placed = ProductCategory.objects.filter(product_id__in=product_ids)
    paths: defaultdict[int, list[str]] = defaultdict(list)
    for product_id, path in placed.values_list("product_id", "category__path"):
        paths[product_id].append(path)
    return paths


def _holds(rule: CommissionRule, line: SaleLine, paths: Iterable[str]) -> bool:
    """True when every condition of the rule holds; that of the vendor was asked before."""
    if rule.product_id not in (None, line.product_id):
        return False
    if rule.category is not None and not any(path.startswith(rule.category.path) for path in paths):
        return False
    return rule.is_in_band(line.revenue)


def _taxes(vendor: Vendor, on: dt.date, product_ids: Collection[int] = ()) -> _Taxes:
    if not withholds(vendor):
        return _Taxes({}, None, {}, ())
    begun = for_vendor(TaxTreatment.objects.all(), vendor=vendor).filter(valid_from__lte=on).order_by("valid_from")
    own, of_product = None, {}
    for treatment in begun:
        if treatment.product_id is None:
            own = treatment
        else:
            of_product[treatment.product_id] = treatment
    # What is not sent is a service: a tour, a workshop.
    unsent = Product.objects.filter(pk__in=product_ids, product_class__requires_shipping=False)
    services = frozenset(unsent.values_list("pk", flat=True)) if product_ids else frozenset()
    return _Taxes(tax_table(on), own, of_product, services)
