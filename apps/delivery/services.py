"""Loading the tariff and the carriers."""

from django.db import transaction

from apps.delivery.models import Carrier, Tariff, Zone
from apps.jobs.services import record
from apps.kernel.actor import Actor

# Invented, plausible for 2026: real tables differ by contract. Zone, first half kilogram, each further half, days.
_TARIFFS = (
    (Zone.INTRA_PROVINCE, 18_000, 2_500, 1, 2),
    (Zone.INTRA_REGION, 28_000, 3_500, 2, 3),
    (Zone.INTER_REGION, 35_000, 6_000, 3, 5),
)
_REMOTE_AMOUNT = 15_000
_REMOTE_DAYS = 2
_CHILLED_PERCENT = 160

_CARRIERS = (
    ("ghn", "Giao Hàng Nhanh", "https://donhang.ghn.vn/?order_code={number}"),
    ("ghtk", "Giao Hàng Tiết Kiệm", "https://i.ghtk.vn/{number}"),
    ("viettelpost", "Viettel Post", "https://viettelpost.com.vn/tra-cuu-hanh-trinh-don/"),
    ("vnpost", "VNPost", "https://vnpost.vn/vi-vn/dinh-vi/buu-pham?key={number}"),
    ("tu-giao", "Nhà bán tự giao", ""),
)


@transaction.atomic
def load_tariffs(*, actor: Actor | None = None) -> None:
    """Make the demo tariff and the carriers present; may run again. Amounts are dong, VAT included."""
    for zone, first, step, min_days, max_days in _TARIFFS:
        values = {
            "first_amount": first,
            "step_amount": step,
            "remote_amount": _REMOTE_AMOUNT,
            "min_days": min_days,
            "max_days": max_days,
            "remote_days": _REMOTE_DAYS,
            "chilled_percent": _CHILLED_PERCENT,
        }
        Tariff.objects.update_or_create(zone=zone, defaults=values)
    for code, name, url in _CARRIERS:
        Carrier.objects.update_or_create(code=code, defaults={"name": name, "tracking_url": url})
    record(actor=actor or Actor.system(), verb="delivery.load_tariffs", obj=Tariff(), after={"zones": len(_TARIFFS)})
