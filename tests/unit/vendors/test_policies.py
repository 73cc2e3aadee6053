"""Tax codes, papers and roles."""

import pytest
from django.utils.translation import override

from apps.vendors.papers import MAX_PAPERS, BadPaper, UploadedPaper, check_paper, check_papers
from apps.vendors.policies import Area, BadTaxCode, clean_tax_code, may_work_in
from apps.vendors.states import ProducerType, Role
from tests.factories.shop import PDF, TAX_CODES, photo


@pytest.mark.parametrize("code", TAX_CODES)
def test_tax_code_of_ten_digits(code: str) -> None:
    assert clean_tax_code(f" {code[:4]}.{code[4:]} ", ProducerType.ENTERPRISE) == code


def test_tax_code_of_a_branch() -> None:
    assert clean_tax_code("5799900019-001", ProducerType.COOPERATIVE) == "5799900019001"


def test_household_may_use_its_personal_id() -> None:
    assert clean_tax_code("022 085 000 123", ProducerType.HOUSEHOLD) == "022085000123"


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        ("579990001", ProducerType.ENTERPRISE, "The tax code has 9 digits; it needs 10, or 13 for a branch."),
        ("022085000123", ProducerType.ENTERPRISE, "The tax code has 12 digits; it needs 10, or 13 for a branch."),
        ("5799900018", ProducerType.ENTERPRISE, "This tax code does not add up."),
        ("", ProducerType.HOUSEHOLD, "The tax code has 0 digits; it needs 10, 13 for a branch, or the 12"),
        ("57999A0019", ProducerType.HOUSEHOLD, "This tax code does not add up."),
    ],
)
def test_bad_tax_codes_say_why(code: str, kind: str, words: str) -> None:
    with override("en"):
        with pytest.raises(BadTaxCode) as refusal:
            clean_tax_code(code, kind)
        assert str(refusal.value).startswith(words)


def test_papers_are_judged_by_content() -> None:
    assert check_paper(UploadedPaper("giay.txt", PDF)) == "application/pdf"
    assert check_paper(UploadedPaper("giay.pdf", photo())) == "image/jpeg"


@pytest.mark.parametrize(
    "data",
    [b"", b"MZ\x90 program", b"<html>", photo()[:200], b"%PDF-" + b"0" * 10_000_001],
    ids=["empty", "program", "page", "cut off", "too large"],
)
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(BadPaper):
        check_paper(UploadedPaper("giay.pdf", data))


def test_at_most_six_papers() -> None:
    papers = [UploadedPaper("giay.pdf", PDF)] * (MAX_PAPERS + 1)
    with pytest.raises(BadPaper):
        check_papers(papers)


def test_roles_open_their_own_parts() -> None:
    allowed = {role: {area for area in Area if may_work_in(role, area)} for role in Role.values}
    assert allowed == {
        "owner": {Area.LISTINGS, Area.ORDERS, Area.PROFILE},
        "catalogue": {Area.LISTINGS},
        "orders": {Area.ORDERS},
        "finance": set(),
    }
