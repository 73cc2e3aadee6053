"""Every page in both languages: axe finds nothing, nothing is wider than a phone; the tools also in the dark."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from apps.demo.people import ADMIN, SHOPPER
from tests.e2e import pages, shopping
from tests.e2e.checks import axe_faults, contrast_faults, sideways
from tests.e2e.conftest import DESK, Shop, SignedIn, watch
from tests.e2e.hands import Hands
from tests.e2e.things import things_of

NARROW: ViewportSize = {"width": 320, "height": 760}
BUYER = shopping.Buyer("Vũ Thị Ngọc", "0938 123 456", "ngoc@example.test")

Room = Callable[[str], Page]


@pytest.fixture(scope="module")
def room(browser: Browser, shop: Shop, signed_in: SignedIn) -> Iterator[Room]:
    """The open page of everybody who looks at pages here; each keeps one."""
    contexts: dict[str, BrowserContext] = {}
    wrong: list[str] = []
    shop.give_passwords(*pages.WITHOUT_PASSWORD)

    def enter(who: str) -> Page:
        if who not in contexts:
            state = signed_in(who) if "@" in who else None
            contexts[who] = browser.new_context(
                base_url=shop.url, viewport=DESK, locale="vi-VN", reduced_motion="reduce", storage_state=state
            )
            watch(contexts[who].new_page(), wrong)
        return contexts[who].pages[0]

    yield enter
    for context in contexts.values():
        context.close()
    assert wrong == []


@pytest.fixture(scope="module")
def things(shop: Shop, room: Room) -> dict[str, str]:
    """What the addresses name; the guest has placed an order and fills the basket again, the shopper takes spirits."""
    guest = Hands(room(pages.GUEST))
    guest.go("/")
    shopping.add(guest, "Nước mắm Duy Trinh", 1)
    shopping.add(guest, "Nếp Tú Lệ", 2)
    shopping.open_basket(guest)
    shopping.check_out(guest, BUYER)
    number = shopping.place(guest)
    part = next(iter(shopping.vendors(guest.page)))
    shopping.add(guest, "Nước mắm Duy Trinh", 1)
    shopping.add(guest, "Nếp Tú Lệ", 2)
    shopper = Hands(room(SHOPPER))
    shopper.go("/")
    shopping.add(shopper, "Rượu sim Quý Chuẩn", 1)
    return {**things_of(shop), "guest_order": number, "guest_part": part}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("row", pages.ALL, ids=str)
def test_page(room: Room, things: dict[str, str], row: pages.Row, language: str) -> None:
    page = room(row.who)
    page.set_viewport_size(NARROW if language == "vi" else DESK)
    path = row.path.format(**things)
    assert _open(page, path if language == "vi" else f"/en{path}", row.press) == row.status
    assert page.locator("html").get_attribute("lang") == language
    _none(axe_faults(page))
    _none(sideways(page))
    if language == "vi" and page.locator("body.tools").count():
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        _none(contrast_faults(page))


def test_the_dark_theme_comes_from_its_cookie(room: Room, shop: Shop) -> None:
    page = room(ADMIN)
    page.context.add_cookies([{"name": "theme", "value": "dark", "url": shop.url}])
    page.goto("/quan-tri/")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.context.clear_cookies(name="theme")


def _none(faults: list[str]) -> None:
    assert faults == [], "\n".join(faults)


def _open(page: Page, path: str, press: str) -> int:
    answer = page.goto(path)
    assert answer is not None
    if not press:
        return answer.status
    with page.expect_navigation() as going:
        page.locator(press).first.click()
    return going.value.status
