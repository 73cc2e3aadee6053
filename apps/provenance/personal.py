"""Personal data of certificates: the holder may be a person."""

from django.db.models import QuerySet

from apps.accounts.personal_data import ERASED, Person, PersonalData, register
from apps.provenance.models import Certificate
from apps.vendors.models import Vendor
from apps.vendors.personal import refused_of


def _rows(person: Person) -> QuerySet[Certificate]:
    """Claims of an application that came to nothing; a checked certificate is an act of the authorities and public."""
    return Certificate.objects.filter(vendor__in=Vendor.objects.filter(refused_of(person)))


def _erase(rows: QuerySet[Certificate]) -> list[str]:
    paths = [path for path in rows.values_list("scan", flat=True) if path]
    Certificate.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(holder=ERASED, scan="")
    return paths


register(
    PersonalData(
        model=Certificate,
        rows=_rows,
        fields=("holder", "scan"),
        why="proof of the stars; the decision and its holder are public",
        kept="while the vendor is known",
        erase=_erase,
        done="of a refused application the holder is replaced and the scan deleted",
    )
)
