"""A shopper pays by bank transfer, in one or two parts, with and without scripts; an admin sends back the rest."""

import pytest
from playwright.sync_api import Page, expect

from apps.demo.people import ADMIN
from apps.ordering.states import VendorOrderState as State
from tests.e2e import shopping
from tests.e2e.checks import axe_faults, sideways
from tests.e2e.conftest import DESK, PHONE, NewPage, Shop, eventually
from tests.e2e.hands import Hands
from tests.e2e.shopping import Buyer

GOODS = "Miến dong Hóa Thượng"
PLACE = {"province": "Thành phố Hà Nội", "commune": "Phường Ba Đình", "commune_typed": "ba dinh"}


def _to_the_code(new_page: NewPage, *, scripts: bool = True) -> tuple[Page, str, int]:
    """A guest's order at the page with the code; the page, the order's number and what is to be paid."""
    guest = Hands(new_page(PHONE, scripts=scripts), scripts=scripts)
    guest.go("/")
    shopping.add(guest, GOODS, 1)
    shopping.open_basket(guest)
    total = shopping.check_out(guest, Buyer("Nguyễn Thị Hoa", "0912 345 678", "qr@example.test", **PLACE))
    guest.page.check("input[name=payment_method][value=vietqr]")
    guest.follow(guest.page.locator("#place button[value=place]"))
    number = guest.page.url.split("/")[4]
    expect(guest.page.locator(".transfer-facts")).to_contain_text(f"SV{number}")
    return guest.page, number, total


@pytest.mark.parametrize("scripts", [True, False])
def test_the_page_waits_until_the_bank_tells(new_page: NewPage, shop: Shop, scripts: bool) -> None:
    page, number, total = _to_the_code(new_page, scripts=scripts)
    assert sideways(page) == []
    bank = new_page(PHONE, scripts=scripts)
    bank.goto(str(page.locator(f"a[href^='{shop.bank.url}']").get_attribute("href")))
    expect(bank.locator("body")).to_contain_text("CHẾ ĐỘ THỬ")
    assert (bank.input_value("#amount"), bank.input_value("#content")) == (str(total), f"SV{number}")
    bank.locator("button").click()
    expect(bank.get_by_role("status")).to_contain_text("Đã chuyển")
    state = f"from apps.shop.order.models import Order; print(Order.objects.get(number='{number}').status)"
    eventually(lambda: shop.run(state) == State.PLACED, "the order")
    if not scripts:
        page.locator("noscript a, a:has-text('xem lại')").first.click()
    page.wait_for_url(f"{shop.url}/don-hang/{number}/cam-on/")
    assert set(shopping.states(page).values()) == {str(State.PLACED.label)}


def test_less_then_more_and_the_rest_goes_back(new_page: NewPage, shop: Shop) -> None:
    page, number, total = _to_the_code(new_page)
    assert shop.bank.transfer(total - 20_000, f"CT DEN sv{number.lower()} FT26") == 200
    expect(page.locator(".transfer .note")).to_contain_text("20.000")
    assert axe_faults(page) == []
    assert shop.bank.transfer(25_000, f"SV{number}", reference=f"FT{number}") == 200
    page.wait_for_url(f"{shop.url}/don-hang/{number}/cam-on/")
    desk = new_page(DESK, who=ADMIN)
    desk.goto("/quan-tri/ngan-hang/?trang-thai=return_due")
    desk.locator("tr", has_text=f"FT{number}").get_by_role("link").first.click()
    expect(desk.locator("main")).to_contain_text("5.000")
    desk.fill("input[name=reference]", "FT-TRA-LAI")
    desk.locator("button[value=returned]").click()
    expect(desk.locator("main .pill").first).to_contain_text("Đã trả lại")
