"""Certificates of the demo in every state: valid, ending, expired, claimed, refused, revoked."""

import datetime as dt
from collections.abc import Iterable

from django.core.files.base import ContentFile

from apps.accounts.private_files import private_storage
from apps.demo import cast
from apps.demo.papers import sample_paper
from apps.demo.producers import Producers
from apps.demo.rows import GoodsRow, dice, goods_rows
from apps.kernel.clock import now, today
from apps.kernel.vietnamese import fold
from apps.places.models import Province
from apps.provenance.models import Certificate
from apps.provenance.services import NATIONAL_STARS, valid_until_of
from apps.provenance.states import CertificateLevel, CertificateState
from apps.shop.catalogue.models import Product

_MINISTRY, _OLD_MINISTRY = "Bộ Nông nghiệp và Môi trường", "Bộ Nông nghiệp và Phát triển nông thôn"
_MINISTRIES_MERGED = dt.date(2025, 3, 1)
# Decision 1489/QĐ-TTg took the districts out of the rating.
_DISTRICTS_GONE = dt.date(2025, 7, 6)
_DISTRICT_STARS = 3


def make_certificates(producers: Producers, products: dict[str, Product]) -> int:
    """Write one certificate per product of an approved vendor; returns how many."""
    provinces = Province.objects.in_bulk()
    rows = [row for row in goods_rows() if row.vendor_code not in cast.WAITING_VENDORS and row.sku not in cast.DRAFTS]
    Certificate.objects.bulk_create(_all(rows, producers, products, provinces))
    return len(rows)


def _all(
    rows: list[GoodsRow], producers: Producers, products: dict[str, Product], provinces: dict[str, Province]
) -> Iterable[Certificate]:
    for number, row in enumerate(rows, start=1):
        province = provinces[row.province_code]
        begun = _valid_from(row)
        national = row.stars == NATIONAL_STARS
        decided = dt.datetime.combine(begun + dt.timedelta(days=9), dt.time(3), dt.UTC)
        waits = _state(row) == CertificateState.CLAIMED
        yield Certificate(
            vendor=producers.vendors[row.vendor_code],
            product=products[row.sku],
            stars=row.stars,
            number=f"{'TW' if national else _initials(province.name)}-{begun.year}-{number:04d}",
            **_issued(row, province, begun),
            holder=producers.vendors[row.vendor_code].name,
            valid_from=begun,
            valid_until=valid_until_of(begun),
            state=_state(row),
            scan=_scan(row) if waits or national else "",
            state_reason=cast.REFUSED.get(row.sku) or cast.REVOKED.get(row.sku) or "",
            claimed_at=now() - dt.timedelta(days=1 + number % 4) if waits else decided - dt.timedelta(days=2),
            decided_at=None if waits else min(decided, now()),
        )


def _scan(row: GoodsRow) -> str:
    """A sample of the paper in the private storage, for what an admin has to compare and for the best."""
    data = sample_paper("GIẤY CHỨNG NHẬN OCOP", (row.title, f"Hạng {row.stars} sao"))
    return private_storage().save(f"certificates/demo/{row.sku}.png", ContentFile(data))


def _issued(row: GoodsRow, province: Province, day: dt.date) -> dict[str, str]:
    """Who decided: the ministry on five stars, the province on four, and on three the district while there were any."""
    place = province.full_name[0].lower() + province.full_name[1:]
    number = 1000 + dice("decision", row.province_code, day.year, day.month).randint(1, 2400)
    if row.stars == NATIONAL_STARS:
        new = day >= _MINISTRIES_MERGED
        issuer, office, level = (
            _MINISTRY if new else _OLD_MINISTRY,
            "BNNMT" if new else "BNN",
            CertificateLevel.NATIONAL,
        )
    elif row.stars == _DISTRICT_STARS and day < _DISTRICTS_GONE:
        issuer, office, level = (
            f"Uỷ ban nhân dân cấp huyện (cũ), {place}",
            "UBND",
            CertificateLevel.DISTRICT,
        )
    else:
        issuer, office, level = f"Uỷ ban nhân dân {place}", "UBND", CertificateLevel.PROVINCE
    return {"decision_number": f"{number}/QĐ-{office}", "issuer": issuer, "level": level}


def _initials(name: str) -> str:
    """Quảng Ninh is QN, Đắk Lắk DL."""
    return "".join(word[0] for word in fold(name).upper().split())


def _state(row: GoodsRow) -> str:
    if row.sku in cast.CLAIMED:
        return CertificateState.CLAIMED
    if row.sku in cast.REFUSED:
        return CertificateState.REJECTED
    return CertificateState.REVOKED if row.sku in cast.REVOKED else CertificateState.VERIFIED


def _valid_from(row: GoodsRow) -> dt.date:
    """The day of the decision: valid ones were given within the last 35 months, expired ones before that."""
    chance = dice("certified", row.sku)
    if row.sku in cast.ENDING:
        ends = today() + dt.timedelta(days=cast.ENDING[row.sku])
        return ends.replace(year=ends.year - 3, day=min(ends.day, 28))
    days = chance.randint(1110, 1500) if row.sku in cast.EXPIRED else chance.randint(12, 980)
    return today() - dt.timedelta(days=days)
