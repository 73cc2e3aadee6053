"""All provinces at hand without a query: they are loaded once and do not change while the shop runs."""

from dataclasses import dataclass
from functools import cached_property

from apps.kernel.memo import kept_for
from apps.places.models import FormerProvince, Province
from apps.places.selectors.lists import provinces

SECONDS = 600
_PREFIXES = ("Tỉnh ", "Thành phố ")


@dataclass(frozen=True)
class KnownProvinces:
    """Provinces in their order, by code and by slug."""

    ordered: tuple[Province, ...]

    @cached_property
    def _by_code(self) -> dict[str, Province]:
        return {province.code: province for province in self.ordered}

    @cached_property
    def _by_slug(self) -> dict[str, Province]:
        return {province.slug: province for province in self.ordered}

    def by_code(self, code: str) -> Province | None:
        """The province with this code."""
        return self._by_code.get(code)

    def by_slug(self, slug: str) -> Province | None:
        """The province with this slug."""
        return self._by_slug.get(slug)


@kept_for(SECONDS)
def known_provinces() -> KnownProvinces:
    """The provinces of today; kept for ten minutes."""
    return KnownProvinces(tuple(provinces()))


@kept_for(SECONDS)
def former_names() -> dict[str, tuple[str, ...]]:
    """By province code the names of the provinces that became a part of it in 2025."""
    keys = {province.code: province.lookup_key for province in known_provinces().ordered}
    former: dict[str, list[str]] = {}
    for row in FormerProvince.objects.order_by("name"):
        if row.lookup_key != keys.get(row.province_id):
            name = row.name
            for prefix in _PREFIXES:
                name = name.removeprefix(prefix)
            former.setdefault(row.province_id, []).append(name)
    return {code: tuple(names) for code, names in former.items()}


@kept_for(SECONDS)
def province_slugs() -> dict[str, str]:
    """The slug of each province by its code."""
    return {province.code: province.slug for province in known_provinces().ordered}
