"""Loading the tables of places from the files in `data/`; a new decree is a new file and one more load."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from apps.jobs.services import record
from apps.kernel.actor import Actor
from apps.kernel.vietnamese import slugify
from apps.places.models import Commune, CommuneKind, FormerCommune, FormerProvince, Province
from apps.places.names import lookup_key, name_of, readings

DATA = Path(__file__).parent / "data"

_KINDS = {"Phường": CommuneKind.WARD, "Xã": CommuneKind.COMMUNE, "Đặc khu": CommuneKind.SPECIAL_ZONE}

# Communes that lie on islands without being special zones; all the special zones are islands.
_ISLANDS = frozenset({"06757", "06967", "20434", "21607", "27676", "30781", "30811", "30814"})


class Loaded(NamedTuple):
    """How many rows each table has after a load."""

    provinces: int
    communes: int
    former_provinces: int
    former_communes: int


@transaction.atomic
def load_places(*, actor: Actor) -> Loaded:
    """Make the tables equal to the files; may run again at any time.

    Raises ProtectedError, and changes nothing, when something still points at a unit that the files no longer have.
    """
    provinces = [_province(row) for row in _rows("provinces.csv")]
    communes = [_commune(row) for row in _rows("communes.csv")]
    former_provinces = [_former_province(row) for row in _rows("former_provinces.csv")]
    FormerProvince.objects.all().delete()  # takes the former communes along: nothing else points at either
    _upsert_provinces(provinces)
    _upsert_communes(communes)
    FormerProvince.objects.bulk_create(former_provinces)
    id_of = dict(FormerProvince.objects.values_list("name", "pk"))
    former_communes = [_former_commune(row, id_of[row["former_province"]]) for row in _rows("former_communes.csv")]
    FormerCommune.objects.bulk_create(former_communes)
    loaded = Loaded(len(provinces), len(communes), len(former_provinces), len(former_communes))
    # An unsaved Province stands for the tables as a whole: the event is about no single row.
    record(actor=actor, verb="places.load", obj=Province(), after=loaded._asdict())
    return loaded


def _upsert_provinces(provinces: list[Province]) -> None:
    Province.objects.bulk_create(
        provinces,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "full_name", "kind", "region", "slug", "lookup_key", "lat", "lon"],
    )


def _upsert_communes(communes: list[Commune]) -> None:
    """Write the communes, and delete the communes and then the provinces that are in no file."""
    Commune.objects.bulk_create(
        communes,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "kind", "province", "slug", "folded_name", "lat", "lon", "is_remote"],
    )
    gone = set(Commune.objects.values_list("code", flat=True)) - {commune.code for commune in communes}
    Commune.objects.filter(code__in=gone).delete()
    Province.objects.filter(communes=None).delete()


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _province(row: dict[str, str]) -> Province:
    return Province(
        code=row["code"],
        name=row["name"],
        full_name=row["full_name"],
        kind=row["kind"],
        region=row["region"],
        slug=slugify(row["name"]),
        lookup_key=lookup_key(row["name"]),
        lat=float(row["lat"]),
        lon=float(row["lon"]),
    )


def _commune(row: dict[str, str]) -> Commune:
    kind = _KINDS[row["kind"]]
    return Commune(
        code=row["code"],
        name=row["name"],
        kind=kind,
        province_id=row["province_code"],
        slug=slugify(row["name"]),
        folded_name=name_of(row["name"]),
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        is_remote=kind is CommuneKind.SPECIAL_ZONE or row["code"] in _ISLANDS,
    )


def _former_province(row: dict[str, str]) -> FormerProvince:
    name = row["former_province"]
    return FormerProvince(name=name, province_id=row["province_code"], lookup_key=lookup_key(name))


def _former_commune(row: dict[str, str], former_province_id: int) -> FormerCommune:
    return FormerCommune(
        former_province_id=former_province_id,
        former_district=row["former_district"],
        former_commune=row["former_commune"],
        folded_district=readings(row["former_district"])[0].name,
        folded_commune=readings(row["former_commune"])[0].name,
        commune_id=row["commune_code"],
        is_default=row["is_default"] == "1",
    )
