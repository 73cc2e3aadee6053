"""What the search needs to know of the world: the provinces with their former names, and the shipped synonyms."""

import csv
from collections.abc import Iterator

from apps.kernel.memo import forget_all
from apps.kernel.vietnamese import slugify
from apps.places.models import FormerProvince, Province
from apps.places.names import lookup_key
from apps.places.services import DATA
from search.models import SynonymGroup
from search.synonyms import shipped


def make_known_words() -> None:
    """All provinces, all former ones and all shipped synonyms; no communes, which take seconds."""
    Province.objects.bulk_create(
        Province(slug=slugify(row["name"]), lookup_key=lookup_key(row["name"]), **row) for row in _rows("provinces.csv")
    )
    FormerProvince.objects.bulk_create(
        FormerProvince(name=name, lookup_key=lookup_key(name), province_id=row["province_code"])
        for row in _rows("former_provinces.csv")
        for name in [row["former_province"]]
    )
    if not SynonymGroup.objects.exists():  # a test that empties all tables takes away what the migration has loaded
        SynonymGroup.objects.bulk_create(
            SynonymGroup(phrases=text, with_accents=with_accents) for text, with_accents in shipped()
        )
    forget_all()


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
