"""A few places: two provinces in the north, one in the south, an island."""

from apps.kernel.vietnamese import fold, slugify
from apps.places.models import Commune, CommuneKind, Province, ProvinceKind, Region

_PROVINCES = {
    "22": ("Quảng Ninh", Region.NORTH, 21.2, 107.2),
    "01": ("Hà Nội", Region.NORTH, 21.0, 105.8),
    "46": ("Huế", Region.CENTRE, 16.3, 107.6),
    "79": ("Hồ Chí Minh", Region.SOUTH, 10.8, 106.7),
    "91": ("An Giang", Region.SOUTH, 10.1, 104.9),
}
_COMMUNES = {
    "06685": ("Hồng Gai", CommuneKind.WARD, "22", False),
    "00004": ("Ba Đình", CommuneKind.WARD, "01", False),
    "26740": ("Sài Gòn", CommuneKind.WARD, "79", False),
    "31078": ("Phú Quốc", CommuneKind.SPECIAL_ZONE, "91", True),
}


def make_province(code: str = "22") -> Province:
    """A province by its code; the same row every time."""
    name, region, lat, lon = _PROVINCES[code]
    province, _ = Province.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "full_name": f"Tỉnh {name}",
            "kind": ProvinceKind.PROVINCE,
            "region": region,
            "slug": slugify(name),
            "lookup_key": fold(name).replace(" ", ""),
            "lat": lat,
            "lon": lon,
        },
    )
    return province


def make_commune(code: str = "06685") -> Commune:
    """A commune by its code, with its province: 06685 Quảng Ninh, 00004 Hà Nội, 26740 Hồ Chí Minh, 31078 an island."""
    name, kind, province, is_remote = _COMMUNES[code]
    commune, _ = Commune.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "kind": kind,
            "province": make_province(province),
            "slug": slugify(name),
            "folded_name": fold(name),
            "lat": 21.0,
            "lon": 107.0,
            "is_remote": is_remote,
        },
    )
    return commune
