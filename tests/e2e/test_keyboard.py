"""Tab alone reaches everything that can be used on a page, shows where it is, and is held nowhere."""

import pytest
from playwright.sync_api import ViewportSize

from apps.demo.people import ADMIN, SELLER, SHOPPER
from tests.e2e import shopping
from tests.e2e.conftest import DESK, PHONE, NewPage
from tests.e2e.hands import Keys

# One page of every make; test_purchase.py works through the rest.
PAGES = [
    ("", "/"),
    ("", "/tim-kiem/?q=chè"),
    ("", "/tinh/"),
    ("", "/so-chung-nhan/"),
    ("", "/tai-khoan/signup/"),
    (SHOPPER, "/tai-khoan/dia-chi/moi/"),
    (SELLER, "/ban-hang/"),
    (SELLER, "/ban-hang/san-pham/"),
    (SELLER, "/ban-hang/san-pham/moi/"),
    (ADMIN, "/quan-tri/"),
    (ADMIN, "/quan-tri/nha-ban/"),
    (ADMIN, "/quan-tri/don-hang/"),
]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(("who", "path"), PAGES)
def test_tab_reaches_everything(new_page: NewPage, who: str, path: str, size: ViewportSize) -> None:
    person = Keys(new_page(size, who=who))
    person.go(path)
    assert person.missed() == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_tab_reaches_everything_of_a_product(new_page: NewPage, size: ViewportSize) -> None:
    person = Keys(new_page(size))
    person.go("/")
    shopping.find(person, "Chả mực viên Hạ Long")
    person.page.reload()
    assert person.missed() == []


def test_the_skip_link_leads_into_the_content(new_page: NewPage) -> None:
    person = Keys(new_page())
    person.go("/")
    page = person.page
    person.press(page.locator("a.skip"))
    assert page.evaluate("document.activeElement.id") == "noi-dung"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_dialog_holds_the_focus_and_gives_it_back(new_page: NewPage) -> None:
    person = Keys(new_page())
    person.go("/tim-kiem/?q=chè")
    page = person.page
    person.press(page.locator("a.list-filter"))
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.classList.contains('list-filter')")
