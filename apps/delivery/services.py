"""Loading the tariff and the carriers, and with them all that a shop needs before its first vendor."""

from django.db import transaction

from apps.delivery.models import Carrier, Tariff, Zone
from apps.jobs.services import record
from apps.kernel.actor import Actor
from apps.places.services import load_places
from apps.shop.address.services import ensure_vietnam
from apps.shop.catalogue.categories import load_categories
from apps.shop.catalogue.services import GOODS, SERVICES, product_class

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
_VENDORS_OWN = "tu-giao"


@transaction.atomic
def load_tariffs(*, actor: Actor | None = None) -> None:
    """Make tariffs and carriers present; those that are there stay as somebody has set them. Dong, VAT included."""
    added = 0
    for zone, first, step, min_days, max_days in _TARIFFS:
        amounts = {
            "first_amount": first,
            "step_amount": step,
            "remote_amount": _REMOTE_AMOUNT,
            "min_days": min_days,
            "max_days": max_days,
            "remote_days": _REMOTE_DAYS,
            "chilled_percent": _CHILLED_PERCENT,
        }
        added += Tariff.objects.get_or_create(zone=zone, defaults=amounts)[1]
    for code, name, url in _CARRIERS:
        values = {"name": name, "tracking_url": url, "is_vendor": code == _VENDORS_OWN}
        added += Carrier.objects.get_or_create(code=code, defaults=values)[1]
    if added:
        after = {"zones": len(_TARIFFS)}
        record(actor=actor or Actor.system(), verb="delivery.load_tariffs", obj=Tariff(), after=after)


@transaction.atomic
def load_shop(*, actor: Actor) -> dict[str, int]:
    """Places, the country, product classes, categories, tariffs and carriers; may run again at any time.

    Returns how many of each there are. Without them nothing can be listed, priced or sent.
    """
    places = load_places(actor=actor)
    ensure_vietnam()
    classes = [product_class(slug) for slug in (GOODS, SERVICES)]
    categories = load_categories()
    load_tariffs(actor=actor)
    return {
        "provinces": places.provinces,
        "communes": places.communes,
        "product classes": len(classes),
        "categories": len(categories),
        "tariffs": Tariff.objects.count(),
        "carriers": Carrier.objects.count(),
    }
