"""Lists of places for forms and pages, and one province by any name that it has or had."""

from django.db.models import Q

from apps.kernel.memo import kept_for
from apps.kernel.vietnamese import collation_key
from apps.places.models import Commune, Province, Region
from apps.places.names import TOP, readings

KEPT_SECONDS = 600
# Names that are in no decree since 2025 but in everybody's mouth; the value is a lookup key of a province.
_NICKNAMES = {
    "tphcm": "hochiminh",
    "hcm": "hochiminh",
    "hcmc": "hochiminh",
    "saigon": "hochiminh",
    "hochiminhcity": "hochiminh",
    "hn": "hanoi",
    "hatay": "hanoi",
    "thuathienhue": "hue",
    "tthue": "hue",
    "daclac": "daklak",
    "dacnong": "daknong",
    "brvt": "bariavungtau",
    "vungtau": "bariavungtau",
}


def provinces() -> list[Province]:
    """All provinces: north, centre, south, and within a region in Vietnamese order."""
    order = {region: place for place, region in enumerate(Region.values)}
    return sorted(Province.objects.all(), key=lambda province: (order[province.region], collation_key(province.name)))


@kept_for(KEPT_SECONDS)
def communes_of(province_code: str) -> tuple[Commune, ...]:
    """The communes of a province in Vietnamese order, with the province at hand; empty for an unknown code.

    Kept for ten minutes: every checkout asks, and the list changes by decree.
    """
    communes = Commune.objects.filter(province=province_code).select_related("province")
    return tuple(sorted(communes, key=lambda commune: collation_key(commune.name)))


def find_province(text: str) -> Province | None:
    """The province of today with this name, or into which one of this name went; accents and prefix do not matter."""
    keys = province_keys(text)
    named = Province.objects.filter(Q(lookup_key__in=keys) | Q(former_provinces__lookup_key__in=keys))
    return named.order_by("code").first()


def province_keys(text: str) -> list[str]:
    """The lookup keys that a text may mean as a province."""
    keys = [reading.name.replace(" ", "") for reading in readings(text) if reading.may_be(TOP)]
    return [_NICKNAMES.get(key, key) for key in keys if key]
