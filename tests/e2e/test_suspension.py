"""A suspended vendor's goods leave shop and baskets at once, its open orders stay; lifting brings all of it back."""

from collections.abc import Iterator

import pytest
from django.utils.translation import gettext
from playwright.sync_api import expect

from apps.demo.people import owner_email
from apps.demo.rows import goods_rows, vendor_rows
from apps.ordering.states import VendorOrderState as State
from apps.vendors.states import VendorState
from tests.e2e import deciding, shopping, work
from tests.e2e.conftest import DESK, NewPage, Shop
from tests.e2e.hands import Hands

# Two vendors with whom no other test works.
CODE, OTHER_CODE = "V042", "V070"
NAMES = {row.code: row.name for row in vendor_rows()}
NAME, OTHER_NAME = NAMES[CODE], NAMES[OTHER_CODE]
MEAT, TEA, CAKE = "Thịt trâu sấy Nghĩa Lộ", "Chè Shan tuyết Suối Giàng", "Bánh khô mè Bà Liễu Mẹ"
REASON = "Bốn khách báo nhận thiếu hàng. Tạm ngừng để đối chiếu phiếu gửi."
BUYER = shopping.Buyer("Lê Quốc Nam", "0903 111 222", "nam@example.test")


@pytest.fixture
def owner(shop: Shop) -> Iterator[str]:
    """The address of the vendor's owner, who may sign in; however the test ends, the vendor sells again."""
    email = owner_email(CODE)
    shop.give_passwords(email)
    yield email
    shop.run(
        "from apps.kernel.actor import Actor\n"
        "from apps.vendors.models import Vendor\n"
        "from apps.vendors.services import lift_suspension\n"
        f"for vendor in Vendor.objects.filter(name={NAME!r}, state='suspended'):\n"
        "    lift_suspension(vendor=vendor, actor=Actor.system())"
    )


def test_suspended_and_lifted(shop: Shop, new_page: NewPage, owner: str) -> None:
    customer, guest, reader = Hands(new_page()), Hands(new_page()), Hands(new_page())
    number, part = _order(customer)
    pages = _fill_basket(guest)

    admin = Hands(new_page(DESK, who=deciding.ADMIN))
    deciding.suspend(admin, NAME, REASON)
    assert REASON in shop.mails_to(owner, NAME)[-1].text
    _is_hidden(reader, pages)
    _basket_explains_and_sells_the_rest(guest)
    _open_order_goes_on(Hands(new_page()), owner, part)
    customer.go(f"/don-hang/{number}/")
    assert shopping.states(customer.page) == {part: str(State.DELIVERED.label)}

    deciding.lift(admin, NAME)
    _is_back(reader, pages)


def _order(customer: Hands) -> tuple[str, str]:
    """An order of before, which is still open; its number and that of its one part."""
    customer.go("/")
    shopping.add(customer, TEA, 1)
    shopping.open_basket(customer)
    shopping.check_out(customer, BUYER)
    number = shopping.place(customer)
    (part,) = shopping.vendors(customer.page)
    return number, part


def _fill_basket(guest: Hands) -> dict[str, str]:
    """Goods of both vendors; the addresses of the product and of the stall that are about to go."""
    guest.go("/")
    shopping.add(guest, MEAT, 1)
    product = guest.page.url
    stall = str(guest.page.locator(".vendor-card a").get_attribute("href"))
    shopping.add(guest, CAKE, 2)
    assert shopping.open_basket(guest) == {NAME: [MEAT], OTHER_NAME: [CAKE]}
    return {"product": product, "stall": stall}


def _is_hidden(reader: Hands, pages: dict[str, str]) -> None:
    """The product's page sells nothing and gives no reason; no stall, nothing in the lists or the register."""
    assert {name: reader.page.request.get(address).status for name, address in pages.items()} == {
        "product": 200,
        "stall": 404,
    }
    reader.go(pages["product"])
    main = reader.page.locator("main")
    expect(main.locator(".note.warn b")).to_have_text(gettext("This item is not for sale at the moment."))
    expect(main.locator("form#mua")).to_have_count(0)
    expect(main).not_to_contain_text(REASON)
    for listing in _listings():
        reader.go(listing)
        expect(reader.page.get_by_role("link", name=MEAT)).to_have_count(0)


def _is_back(reader: Hands, pages: dict[str, str]) -> None:
    for address in pages.values():
        reader.go(address)
        expect(reader.page.locator("main")).to_contain_text(NAME)
    for listing in _listings():
        reader.go(listing)
        expect(reader.page.get_by_role("link", name=MEAT)).to_have_count(1)


def _listings() -> list[str]:
    row = next(row for row in goods_rows() if row.title == MEAT)
    assert row.vendor_code == CODE
    return [f"/tim-kiem/?q={MEAT}", f"/so-chung-nhan/?q={MEAT}"]


def _basket_explains_and_sells_the_rest(guest: Hands) -> None:
    """The line is blocked and says why; the checkout is closed until it is out, then takes the rest."""
    page = guest.page
    guest.go("/gio-hang/")
    panel = page.locator(".panel-vendor", has_text=NAME)
    why = gettext("%(vendor)s does not sell at the moment.") % {"vendor": NAME}
    what_to_do = gettext("This vendor does not sell at the moment. Take the product out to go on.")
    expect(panel.locator(".note.bad")).to_have_text([why, what_to_do])
    expect(page.locator("#order button")).to_be_disabled()
    expect(page.locator("a[href='/thanh-toan/']")).to_have_count(0)
    guest.go("/thanh-toan/")
    assert page.url.endswith("/gio-hang/")
    panel.locator("button[name=remove]").click()
    expect(page.locator(".panel-vendor")).to_have_count(1)
    assert shopping.basket(page) == {OTHER_NAME: [CAKE]}
    shopping.check_out(guest, BUYER)
    shopping.place(guest)
    assert list(shopping.vendors(page).values()) == [OTHER_NAME]


def _open_order_goes_on(vendor: Hands, email: str, number: str) -> None:
    """The vendor reads why, sells nothing new, and sends what was ordered before."""
    page = vendor.page
    work.enter_portal(vendor, email)
    expect(page.locator("main .note.bad").first).to_contain_text(REASON)
    work.open_order(vendor, number)
    work.confirm(vendor)
    work.pack(vendor)
    work.hand_over(vendor, "EE246813579VN")
    work.deliver(vendor)
    vendor.go("/ban-hang/ho-so/")
    expect(page.locator("dd .pill")).to_have_text(str(VendorState.SUSPENDED.label))
