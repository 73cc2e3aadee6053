"""Certificates: claimed, checked, valid for 36 months."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.kernel.actor import Actor
from apps.provenance.models import Certificate
from apps.provenance.selectors import (
    certificate_of,
    certificates_of,
    claims,
    expiring,
    valid_certificates,
)
from apps.provenance.services import (
    BadCertificate,
    CertificateData,
    CertificateNumberTaken,
    ReasonMissing,
    claim_certificate,
    reject_certificate,
    revoke_certificate,
    valid_until_of,
    verify_certificate,
)
from apps.vendors.papers import BadPaper, UploadedPaper
from tests.factories import shop

pytestmark = pytest.mark.django_db
ACTOR = Actor.system()
DECIDED = dt.date(2025, 12, 1)


def data(**facts: object) -> CertificateData:
    given: dict[str, object] = {
        "stars": 4,
        "number": "QN-2025-0418",
        "decision_number": "2361/QĐ-UBND",
        "issuer": "UBND tỉnh Quảng Ninh",
        "holder": "HTX Cái Rồng",
        "valid_from": DECIDED,
    }
    return CertificateData(**{**given, **facts})  # type: ignore[arg-type]


def claim(listing: object | None = None, **facts: object) -> Certificate:
    row = listing or shop.draft()
    return claim_certificate(
        vendor=row.vendor,  # type: ignore[attr-defined]
        product=row.product,  # type: ignore[attr-defined]
        actor=ACTOR,
        data=data(**facts),
    )


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (dt.date(2025, 12, 1), dt.date(2028, 12, 1)),
        (dt.date(2024, 2, 29), dt.date(2027, 2, 28)),
        (dt.date(2025, 2, 28), dt.date(2028, 2, 28)),
    ],
)
def test_36_months(start: dt.date, end: dt.date) -> None:
    assert valid_until_of(start) == end


def test_claim_gives_no_stars_until_it_is_verified() -> None:
    certificate = claim(scan=shop.paper("quyet-dinh.pdf"))
    assert (certificate.state, certificate.valid_until) == ("claimed", dt.date(2028, 12, 1))
    assert valid_certificates([certificate.product_id]) == {}
    assert list(claims()) == [certificate]
    with certificate.scan.open() as file:
        assert file.read() == shop.PDF
    verify_certificate(certificate=certificate, actor=ACTOR)
    assert valid_certificates([certificate.product_id])[certificate.product_id].stars == 4
    assert list(claims()) == []


def test_a_second_claim_replaces_the_one_that_waits() -> None:
    listing = shop.draft()
    first = claim(listing, scan=shop.paper())
    second = claim(listing, stars=3)
    assert (second.pk, Certificate.objects.get().stars) == (first.pk, 3)
    assert second.scan.name == first.scan.name


def test_impossible_papers_are_refused() -> None:
    tomorrow = dt.date(2100, 1, 1)
    for facts in ({"stars": 2}, {"stars": 5}, {"valid_from": tomorrow}):
        with pytest.raises(BadCertificate):
            claim(**facts)
    with pytest.raises(BadPaper):
        claim(scan=UploadedPaper("a.pdf", b"no pdf"))
    assert Certificate.objects.count() == 0
    assert claim(stars=5, level="national").stars == 5


def test_decisions() -> None:
    certificate = claim()
    with pytest.raises(ReasonMissing):
        reject_certificate(certificate=certificate, actor=ACTOR, reason="")
    reject_certificate(certificate=certificate, actor=ACTOR, reason="Số không khớp.")
    assert (Certificate.objects.get().state, Certificate.objects.get().state_reason) == ("rejected", "Số không khớp.")
    again = verify_certificate(certificate=claim(), actor=ACTOR)
    revoke_certificate(certificate=again, actor=ACTOR, reason="Thu hồi theo quyết định 12.")
    assert valid_certificates([again.product_id]) == {}


def test_one_verified_certificate_per_number() -> None:
    verify_certificate(certificate=claim(), actor=ACTOR)
    with pytest.raises(CertificateNumberTaken):
        verify_certificate(certificate=claim(), actor=ACTOR)


def test_stars_end_with_the_last_day() -> None:
    certificate = verify_certificate(certificate=claim(), actor=ACTOR)
    with time_machine.travel("2028-12-01T23:59:00+07:00"):
        assert valid_certificates([certificate.product_id]) == {certificate.product_id: certificate}
        assert [item.pk for item in expiring(vendor=certificate.vendor)] == [certificate.pk]
    with time_machine.travel("2028-12-02T00:01:00+07:00"):
        assert valid_certificates([certificate.product_id]) == {}
        assert certificate.is_expired


def test_most_stars_win_in_one_query() -> None:
    listing = shop.draft()
    for stars, level, number in ((4, "province", "A"), (5, "national", "B"), (3, "province", "C")):
        verify_certificate(certificate=claim(listing, stars=stars, level=level, number=number), actor=ACTOR)
    with CaptureQueriesContext(connection) as queries:
        found = valid_certificates([listing.product_id])
    assert (found[listing.product_id].stars, len(queries)) == (5, 1)


def test_vendors_read_their_own() -> None:
    one, two = claim(number="A"), claim(number="B")
    assert list(certificates_of(vendor=one.vendor)) == [one]
    with pytest.raises(Certificate.DoesNotExist):
        certificate_of(vendor=one.vendor, certificate_id=two.pk)
