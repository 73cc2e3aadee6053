"""Commission rules of the demo, and a household that makes what it sells."""

from apps.demo.cast import DEMO_VENDOR, OWN_MAKE
from apps.demo.producers import Producers
from apps.fees.rates import TAX_TABLES, Activity
from apps.fees.services import RuleData, add_rule, treat
from apps.kernel.actor import Actor
from apps.shop.catalogue.categories import ALCOHOL
from apps.shop.catalogue.models import Category, Product


def make_fees(
    producers: Producers, products: dict[str, Product], categories: dict[str, Category], admin: Actor
) -> None:
    """Eight per cent of everything, more of spirits, less of the demo vendor; every new rule stands on top."""
    vendor = producers.vendors[DEMO_VENDOR]
    for data in (
        RuleData(share_bps=800),
        RuleData(category_id=categories[ALCOHOL].pk, share_bps=1_000, floor_amount=5_000),
        RuleData(vendor_id=vendor.pk, share_bps=600, cap_amount=100_000),
    ):
        add_rule(data=data, actor=admin)
    treat(
        vendor=vendor,
        product=products[OWN_MAKE],
        activity=Activity.PRODUCTION,
        is_resident=True,
        source="Công văn mẫu, dữ liệu minh hoạ",
        valid_from=TAX_TABLES[0][0],
        actor=admin,
    )
