"""Pages that shoppers, vendors and admins open, in both languages, on a phone: they answer and axe finds nothing."""

import pytest

from tests.e2e.conftest import NewPage, axe_faults, sign_in

PUBLIC = [
    "/",
    "/tim-kiem/?sao=5",
    "/so-chung-nhan/",
    "/gio-hang/",
    "/don-hang/tra-cuu/",
    "/tai-khoan/login/",
    "/ban-hang/",
]


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("path", PUBLIC)
def test_public_page_has_no_fault(new_page: NewPage, path: str, language: str) -> None:
    page = new_page()
    answer = page.goto(language + path)
    assert answer is not None
    assert answer.status == 200
    assert axe_faults(page) == []


@pytest.mark.parametrize(
    ("email", "path"),
    [("nhaban@demo.test", "/ban-hang/"), ("quantri@demo.test", "/quan-tri/"), ("khach@demo.test", "/tai-khoan/")],
)
def test_page_behind_the_sign_in_has_no_fault(new_page: NewPage, email: str, path: str) -> None:
    page = new_page()
    sign_in(page, email)
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200
    assert axe_faults(page) == []
