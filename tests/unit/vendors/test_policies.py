"""Tax codes, papers and roles."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from PIL import Image

from apps.accounts.private_files import private_storage
from apps.vendors.papers import MAX_PAPERS, BadPaper, UploadedPaper, check_paper, check_papers, read_papers, stored
from apps.vendors.policies import Area, BadTaxCode, clean_tax_code, may_work_in
from apps.vendors.states import ProducerType, Role
from tests.factories.hostile import NO_FILE_FOR_US
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
        "owner": {Area.LISTINGS, Area.ORDERS, Area.PROFILE, Area.MONEY},
        "catalogue": {Area.LISTINGS},
        "orders": {Area.ORDERS},
        "finance": {Area.MONEY},
    }


def _jpeg(kind: str = "JPEG", **options: object) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (60, 40), (200, 60, 40)).save(target, kind, **options)
    return target.getvalue()


def test_a_phones_double_photo_is_a_jpeg() -> None:
    data = _jpeg("MPO", save_all=True, append_images=[Image.new("RGB", (60, 40))])
    assert Image.open(io.BytesIO(data)).format == "MPO"
    assert check_paper(UploadedPaper("giay.jpg", data)) == "image/jpeg"


@pytest.mark.parametrize(("kind", "size", "limit"), [("PNG", (6001, 4000), 24), ("WEBP", (4001, 3000), 12)])
def test_papers_of_too_many_pixels_are_refused_before_they_are_unpacked(
    kind: str, size: tuple[int, int], limit: int
) -> None:
    target = io.BytesIO()
    Image.new("L", size).save(target, kind)
    with override("en"), pytest.raises(BadPaper) as refusal:
        check_paper(UploadedPaper("giay.pdf", target.getvalue()))
    assert str(refusal.value) == (
        f"“giay.pdf” has more than {limit} megapixels. Choose a smaller picture, or scan it to PDF."
    )


def test_a_file_that_is_too_large_is_not_read() -> None:
    class Large(SimpleUploadedFile):
        def read(self, *args: object) -> bytes:
            raise AssertionError("was read")

    file = Large("giay.pdf", b"")
    file.size = 10_000_001
    with override("en"), pytest.raises(BadPaper) as refusal:
        read_papers([file])
    assert str(refusal.value) == "“giay.pdf” has 10,0 MB; the limit is 10 MB. Choose a smaller file."
    few = [SimpleUploadedFile("giay.pdf", PDF) for _ in range(MAX_PAPERS)]
    assert read_papers(few) == [UploadedPaper("giay.pdf", PDF)] * MAX_PAPERS
    with pytest.raises(BadPaper):
        read_papers([*few, Large("giay.pdf", b"")])


def test_a_picture_of_a_paper_loses_its_metadata() -> None:
    exif = Image.Exif()
    exif[0x010E] = "nha ba Sau"
    papers = [UploadedPaper("giay.jpg", _jpeg(exif=exif)), UploadedPaper("giay.pdf", PDF)]
    with stored(papers, folder="certificates") as (picture, scan):
        data = private_storage().open(picture.path).read()
        assert (b"nha ba Sau" in data, picture.content_type, picture.size) == (False, "image/jpeg", len(data))
        assert private_storage().open(scan.path).read() == PDF


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("pdf cut", "is damaged or incomplete"),
        ("pdf whose pages go round", "is damaged or incomplete"),
        ("pdf opening a program", "contains a program"),
        ("pdf with a disguised program", "contains a program"),
        ("pdf with a password", "is locked with a password"),
    ],
)
def test_a_pdf_that_is_no_plain_document_is_refused_in_clear_words(file: str, words: str) -> None:
    data = next(hostile.make() for hostile in NO_FILE_FOR_US if hostile.id == file)
    with override("en"), pytest.raises(BadPaper, match=f"^“giay.pdf” {words}"):
        check_paper(UploadedPaper("giay.pdf", data))
