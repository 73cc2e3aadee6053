"""All provinces at hand without a query: they are loaded once and do not change while the shop runs."""

from dataclasses import dataclass

from apps.kernel.memo import kept_for
from apps.places.models import FormerProvince, Province
from apps.places.selectors.lists import provinces

SECONDS = 600
_PREFIXES = ("Tỉnh ", "Thành phố ")


@dataclass(frozen=True)
class KnownProvinces:
    """Provinces in their order, by code and by slug, and the names of those that went into another one."""

    ordered: tuple[Province, ...]
    former_names: dict[str, tuple[str, ...]]

    def by_code(self, code: str) -> Province | None:
        """The province with this code."""
        return next((province for province in self.ordered if province.code == code), None)

    def by_slug(self, slug: str) -> Province | None:
        """The province with this slug."""
        return next((province for province in self.ordered if province.slug == slug), None)


@kept_for(SECONDS)
def known_provinces() -> KnownProvinces:
    """The provinces of today; kept for ten minutes."""
    today = tuple(provinces())
    keys = {province.code: province.lookup_key for province in today}
    former: dict[str, list[str]] = {}
    for row in FormerProvince.objects.order_by("name"):
        if row.lookup_key != keys.get(row.province_id):
            name = row.name
            for prefix in _PREFIXES:
                name = name.removeprefix(prefix)
            former.setdefault(row.province_id, []).append(name)
    return KnownProvinces(today, {code: tuple(names) for code, names in former.items()})


@kept_for(SECONDS)
def province_slugs() -> dict[str, str]:
    """The slug of each province by its code."""
    return {province.code: province.slug for province in known_provinces().ordered}
