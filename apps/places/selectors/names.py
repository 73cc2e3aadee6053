"""Every name under which a province is known: of today, from before 2025-07-01, and in everybody's mouth."""

from dataclasses import dataclass

from apps.kernel.memo import kept_for
from apps.places.models import Province
from apps.places.selectors.known import SECONDS, former_names, known_provinces
from apps.places.selectors.lists import province_keys

# Spellings that no decree has; which province each means is asked of `province_keys`. A city that gave its name to none
# (Vũng Tàu, Hạ Long) is not among them.
_EVERYDAY = (
    "TPHCM", "TP HCM", "HCM", "HCMC", "Ho Chi Minh City", "Sài Gòn", "HN", "Hà Tây", "Thừa Thiên Huế",
    "BRVT", "Đắc Lắc", "Đăk Lăk", "Đắc Nông", "Đăk Nông",
)  # fmt: skip
_RESPELT = {"Bắc Cạn": "Bắc Kạn"}


@dataclass(frozen=True, slots=True)
class ProvinceName:
    """A name as it is written, and the province of today that it means."""

    spelling: str
    province: Province


@kept_for(SECONDS)
def province_names() -> tuple[ProvinceName, ...]:
    """All names of all provinces; kept for ten minutes. No name means two provinces."""
    known = known_provinces()
    names = {province.name: province for province in known.ordered}
    for code, former in former_names().items():
        province = known.by_code(code)
        if province is not None:
            names.update(dict.fromkeys(former, province))
    by_key = {province_keys(name)[0]: province for name, province in names.items()}
    for spelling in (*_EVERYDAY, *_RESPELT):
        means = by_key.get(province_keys(_RESPELT.get(spelling, spelling))[0])
        if means is not None:
            names[spelling] = means
    return tuple(ProvinceName(spelling, province) for spelling, province in names.items())
