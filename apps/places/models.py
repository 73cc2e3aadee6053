"""The two administrative levels since 2025-07-01, and the three that they replaced (Resolution 202/2025/QH15).

Codes are those of Decision 19/2025/QĐ-TTg, as text because of their leading zeros.
The tables are loaded from `data/` and never edited.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProvinceKind(models.TextChoices):
    """What a first-level unit is."""

    PROVINCE = "province", _("Province")
    CITY = "city", _("City under the central government")


class Region(models.TextChoices):
    """The three parts of the country by which carriers price."""

    NORTH = "north", _("North")
    CENTRE = "centre", _("Centre")
    SOUTH = "south", _("South")


class CommuneKind(models.TextChoices):
    """What a second-level unit is."""

    WARD = "ward", _("Ward")
    COMMUNE = "commune", _("Commune")
    SPECIAL_ZONE = "special_zone", _("Special zone")


# The designation is a part of the proper name, in every language of the shop.
COMMUNE_DESIGNATIONS = {
    CommuneKind.WARD: "Phường",
    CommuneKind.COMMUNE: "Xã",
    CommuneKind.SPECIAL_ZONE: "Đặc khu",
}


class Province(models.Model):
    """A province or a city under the central government."""

    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=40)  # Quảng Ninh
    full_name = models.CharField(max_length=60)  # Tỉnh Quảng Ninh
    kind = models.CharField(max_length=8, choices=ProvinceKind)
    region = models.CharField(max_length=6, choices=Region)
    slug = models.SlugField(max_length=40, unique=True)
    lookup_key = models.CharField(max_length=40, unique=True)  # quangninh
    lat = models.FloatField()
    lon = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=ProvinceKind.values), name="province_kind_known"),
            models.CheckConstraint(condition=models.Q(region__in=Region.values), name="province_region_known"),
        ]

    def __str__(self) -> str:
        return self.full_name


class Commune(models.Model):
    """A ward, a commune or a special zone."""

    code = models.CharField(max_length=5, primary_key=True)
    name = models.CharField(max_length=60)  # Hồng Gai
    kind = models.CharField(max_length=12, choices=CommuneKind)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="communes")
    slug = models.SlugField(max_length=60, db_index=False)
    folded_name = models.CharField(max_length=60, db_index=True)  # hong gai
    lat = models.FloatField()
    lon = models.FloatField()
    is_remote = models.BooleanField(default=False)  # an island, reached by boat or plane

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["province", "name"], name="commune_name_once_in_province"),
            models.CheckConstraint(condition=models.Q(kind__in=CommuneKind.values), name="commune_kind_known"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name with its designation: `Phường Hồng Gai`."""
        return f"{COMMUNE_DESIGNATIONS[CommuneKind(self.kind)]} {self.name}"


class FormerProvince(models.Model):
    """One of the 63 provinces before 2025-07-01 (those that went on unchanged are here too)."""

    name = models.CharField(max_length=60, unique=True)  # Tỉnh Bến Tre
    province = models.ForeignKey(Province, on_delete=models.CASCADE, related_name="former_provinces")
    lookup_key = models.CharField(max_length=60, unique=True)  # bentre

    def __str__(self) -> str:
        return self.name


class FormerCommune(models.Model):
    """A commune before 2025-07-01 and one that took it in; a divided one has several rows, one the default."""

    former_province = models.ForeignKey(FormerProvince, on_delete=models.CASCADE, related_name="communes")
    former_district = models.CharField(max_length=60)  # Thành phố Hạ Long
    former_commune = models.CharField(max_length=60)  # Phường Bạch Đằng
    folded_district = models.CharField(max_length=60, db_index=True)  # ha long
    folded_commune = models.CharField(max_length=60, db_index=True)  # bach dang
    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="former_communes")
    is_default = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["former_province", "former_district", "former_commune", "commune"], name="former_commune_once"
            ),
            models.UniqueConstraint(
                fields=["former_province", "former_district", "former_commune"],
                condition=models.Q(is_default=True),
                name="former_commune_one_default",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.former_commune}, {self.former_district}"
