"""A guest buys from two vendors and follows both parcels to the door: by touch, without scripts, by keyboard."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from apps.demo.cast import DEMO_VENDOR, SECOND_VENDOR
from apps.demo.people import SECOND_SELLER, SELLER
from apps.demo.rows import goods_rows, vendor_rows
from apps.ordering.states import VendorOrderState as State
from tests.e2e import shopping, work
from tests.e2e.conftest import PHONE, NewPage, Shop
from tests.e2e.hands import Hands, Keys
from tests.e2e.shopping import Buyer

NAMES = {row.code: row.name for row in vendor_rows()}
PRICES = {row.title: row.price_amount for row in goods_rows()}
FIRST, SECOND = NAMES[DEMO_VENDOR], NAMES[SECOND_VENDOR]
EMAILS = {FIRST: SELLER, SECOND: SECOND_SELLER}
ROLLS, NOODLES = "Bánh gật gù Tiên Yên", "Miến dong Hóa Thượng"

# The rolls travel chilled, which is not done from one end of the country to the other.
NORTH = {"province": "Thành phố Hà Nội", "commune": "Phường Ba Đình", "commune_typed": "ba dinh"}

NewHands = Callable[[], Hands]


@pytest.fixture(params=["touch", "no scripts", "keyboard"])
def way(request: pytest.FixtureRequest) -> str:
    """How everybody in the test works."""
    return str(request.param)


@pytest.fixture
def new_hands(way: str, new_page: NewPage) -> NewHands:
    """Somebody who has just opened a browser on a phone."""
    if way == "keyboard":
        return lambda: Keys(new_page(PHONE))
    scripts = way == "touch"
    return lambda: Hands(new_page(PHONE, scripts=scripts), scripts=scripts)


def test_two_vendors_one_order(shop: Shop, new_hands: NewHands, way: str) -> None:
    buyer = Buyer("Nguyễn Thị Hoa", "0912 345 678", f"hoa-{way.replace(' ', '-')}@example.test", **NORTH)
    number, sold_by = _buy(new_hands(), buyer)
    parts = {part: EMAILS[vendor] for part, vendor in sold_by.items()}
    watcher = new_hands()
    shopping.look_up(watcher, number.lower(), "+84912345678")
    assert shopping.vendors(watcher.page) == sold_by
    seen = dict.fromkeys(parts, State.PLACED)
    assert shopping.states(watcher.page) == _words(seen)
    for part, email in parts.items():
        vendor = new_hands()
        work.enter_portal(vendor, email)
        work.open_order(vendor, part)
        _names_the_recipient(vendor.page, buyer)
        # Whoever knows the order's number and the phone sees the other vendor's part, too.
        assert number not in vendor.page.content()
        for state in _fulfil(vendor, _tracking_number(part)):
            seen[part] = state
            watcher.look_again()
            assert shopping.states(watcher.page) == _words(seen)
    assert shopping.tracking_numbers(watcher.page) == {part: _tracking_number(part) for part in parts}
    _everybody_was_told(shop, buyer, number, parts)


def _buy(guest: Hands, buyer: Buyer) -> tuple[str, dict[str, str]]:
    """Two products from their pages, the basket by vendor, the order; its number, and the vendors of its parts."""
    page = guest.page
    guest.go("/")
    shopping.add(guest, ROLLS, 1)
    shopping.add(guest, NOODLES, 2)
    assert shopping.open_basket(guest) == {FIRST: [ROLLS], SECOND: [NOODLES]}
    subtotals = [shopping.amount(found) for found in page.locator(".sale-foot dd.font-bold").all()]
    assert subtotals == [PRICES[ROLLS], PRICES[NOODLES]]
    assert shopping.amount(page.locator(".sum .total dd")) == sum(subtotals)
    total = shopping.check_out(guest, buyer)
    number = shopping.place(guest)
    sold_by = shopping.vendors(page)
    assert sorted(sold_by.values()) == sorted([FIRST, SECOND])
    assert shopping.states(page) == _words(dict.fromkeys(sold_by, State.PLACED))
    shares = [shopping.amount(found) for found in page.locator(".panel-vendor .sum div:last-child dd").all()]
    assert (len(shares), sum(shares)) == (2, total)
    assert total > sum(subtotals)
    return number, sold_by


def _fulfil(vendor: Hands, tracking_number: str) -> Iterator[State]:
    """Every step of a vendor, one by one."""
    work.confirm(vendor)
    yield State.ACCEPTED
    work.pack(vendor)
    yield State.PACKED
    work.hand_over(vendor, tracking_number)
    yield State.SHIPPED
    work.deliver(vendor)
    yield State.DELIVERED


def _names_the_recipient(page: Page, buyer: Buyer) -> None:
    words = page.locator("main").inner_text()
    wanted = (buyer.name, buyer.phone, buyer.street, f"{buyer.commune}, {buyer.province}", buyer.note)
    assert [fact for fact in wanted if fact not in words] == []


def _everybody_was_told(shop: Shop, buyer: Buyer, number: str, parts: dict[str, str]) -> None:
    """One mail about the order and three about each parcel to the guest, one about its part to each vendor."""
    for part, email in parts.items():
        assert len(shop.mails_to(email, part)) == 1
        on_its_way = [letter for letter in shop.mails_to(buyer.email, part) if _tracking_number(part) in letter.text]
        assert len(on_its_way) == 1
    subjects = [letter.subject for letter in shop.mails() if letter.to == buyer.email]
    assert sum(known in subject for known in (number, *parts) for subject in subjects) == 1 + 3 * len(parts)


def _tracking_number(part: str) -> str:
    return f"EE{part}VN"


def _words(states: dict[str, State]) -> dict[str, str]:
    return {part: str(state.label) for part, state in states.items()}
