"""A shopper pays by card on the hosted page: 3-D Secure, a declined card and another try, another way, money back."""

import pytest
from playwright.sync_api import Page, expect

from apps.demo.people import ADMIN
from apps.ordering.states import VendorOrderState as State
from tests.e2e import shopping
from tests.e2e.conftest import DESK, PHONE, NewPage, Shop, eventually
from tests.e2e.hands import Hands
from tests.e2e.shopping import Buyer

GOODS = "Miến dong Hóa Thượng"
PLACE = {"province": "Thành phố Hà Nội", "commune": "Phường Ba Đình", "commune_typed": "ba dinh"}
GOOD, DECLINED, SECURE = "4242424242424242", "4000000000000002", "4000002500003155"


def _to_the_card_page(new_page: NewPage, shop: Shop, *, scripts: bool = True) -> tuple[Page, str]:
    """A guest's order at the hosted page; the page, and the order's number."""
    guest = Hands(new_page(PHONE, scripts=scripts), scripts=scripts)
    guest.go("/")
    shopping.add(guest, GOODS, 1)
    shopping.open_basket(guest)
    shopping.check_out(guest, Buyer("Nguyễn Thị Hoa", "0912 345 678", "the@example.test", **PLACE))
    guest.page.check("input[name=payment_method][value=stripe]")
    guest.page.locator("#place button[value=place]").click()
    guest.page.wait_for_url(f"{shop.stripe.url}/c/pay/**")
    number = shop.run("from apps.shop.order.models import Order; print(Order.objects.latest('pk').number)")
    return guest.page, number


def _card(page: Page, number: str) -> None:
    page.fill("input[name=number]", number)
    page.fill("input[name=expiry]", "12/34")
    page.fill("input[name=cvc]", "123")
    page.fill("input[name=name]", "NGUYEN THI HOA")
    page.keyboard.press("Enter")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_declined_card_then_one_with_3d_secure(new_page: NewPage, shop: Shop, scripts: bool) -> None:
    page, number = _to_the_card_page(new_page, shop, scripts=scripts)
    _card(page, DECLINED)
    expect(page.get_by_role("alert")).to_contain_text("Thẻ bị từ chối")
    _card(page, SECURE)
    page.locator("button[value=approve]").click()
    page.wait_for_url(f"{shop.url}/don-hang/{number}/cam-on/")
    assert set(shopping.states(page).values()) == {str(State.PLACED.label)}
    assert "Thẻ" in page.locator("main").inner_text()


def test_whoever_leaves_the_hosted_page_may_pay_in_cash(new_page: NewPage, shop: Shop) -> None:
    page, number = _to_the_card_page(new_page, shop)
    page.goto(f"{shop.url}/don-hang/{number}/thanh-toan/")
    page.locator("button[name=provider][value=cod]").click()
    page.wait_for_url(f"{shop.url}/don-hang/{number}/cam-on/")
    assert set(shopping.states(page).values()) == {str(State.PLACED.label)}


def test_a_notice_alone_pays_and_an_admin_gives_a_part_back(new_page: NewPage, shop: Shop) -> None:
    page, number = _to_the_card_page(new_page, shop)
    # The shopper closes the browser on the way back: only the notice tells.
    page.route(f"{shop.url}/**", lambda route: route.abort())
    _card(page, GOOD)
    state = f"from apps.shop.order.models import Order; print(Order.objects.get(number='{number}').status)"
    eventually(lambda: shop.run(state) == State.PLACED, "the order")
    desk = new_page(DESK, who=ADMIN)
    desk.goto(f"/quan-tri/don-hang/{number}/")
    desk.get_by_role("link", name="Hoàn tiền").first.click()
    desk.locator("main form input[inputmode=numeric]").first.fill("20.000")
    desk.fill("input[name=reason]", "Vỡ một gói")
    desk.locator("main form button.btn-primary").click()
    expect(desk.locator("main")).to_contain_text("Vỡ một gói")
    made = f"Refund.objects.get(share__payment__order__number='{number}')"
    paid = f"from apps.payments.models import Refund; print({made}.state)"
    eventually(lambda: shop.run(paid) == "paid", "the refund")
    (mail,) = shop.mails_to("the@example.test", "20.000")
    assert number in mail.text
