"""Commission rules and tax treatments, as rows."""

import datetime as dt
from itertools import count

from apps.fees.models import CommissionRule, TaxTreatment
from apps.fees.rates import Activity
from apps.vendors.models import Vendor

# A day on which Decree 117/2025/NĐ-CP holds.
DAY = dt.date(2025, 8, 1)
_places = count(1)


def make_rule(**fields: object) -> CommissionRule:
    """A rule below those that were made before; 8 % unless it takes dong for each unit."""
    taken = {} if "unit_amount" in fields else {"share_bps": 800}
    return CommissionRule.objects.create(**{"position": next(_places), **taken, **fields})


def make_treatment(vendor: Vendor, activity: str = Activity.PRODUCTION, **fields: object) -> TaxTreatment:
    """What the tax office has said of a vendor, valid since the decree."""
    values: dict[str, object] = {"source": "Công văn 12/CT", "valid_from": dt.date(2025, 7, 1)}
    return TaxTreatment.objects.create(vendor=vendor, activity=activity, **{**values, **fields})
