"""What a guest does: finds goods, fills the basket, orders, follows the order."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, Response, expect

from tests.e2e.hands import Hands, Keys


@dataclass(frozen=True)
class Buyer:
    """Who orders, and where it is sent."""

    name: str
    phone: str
    email: str
    street: str = "Số 12, đường Lê Lợi"
    note: str = "Gọi trước khi giao"
    province: str = "Thành phố Hồ Chí Minh"
    commune: str = "Phường Sài Gòn"
    commune_typed: str = "sai gon"


def dong_of(words: str) -> int:
    """`1.250.000 ₫` as a number."""
    return int(re.sub(r"\D", "", words))


def amount(target: Locator) -> int:
    """The sum of money that stands there."""
    return dong_of(target.inner_text())


def find(hands: Hands, title: str) -> None:
    """Search for a product by its name and open its page."""
    hands.write(hands.page.locator("header input[name=q]"), title)
    hands.enter()
    hands.follow(goods_link(hands.page, title))
    expect(hands.page.locator("h1")).to_have_text(title)


def goods_link(page: Page, title: str) -> Locator:
    """The card of a product in a list."""
    return page.locator("main .goods-name").get_by_role("link", name=title, exact=True)


def add(hands: Hands, title: str, count: int) -> None:
    """Find a product and put it into the basket, which then holds `count` goods."""
    find(hands, title)
    hands.follow(hands.page.locator("form#mua button[type=submit]"))
    expect(hands.page.locator("#basket-count .count")).to_have_text(re.compile(rf"^{count}\b"))


def open_basket(hands: Hands) -> dict[str, list[str]]:
    """Go to the basket; its goods by vendor."""
    hands.follow(hands.page.locator("header a.head-link[href='/gio-hang/']"))
    return basket(hands.page)


def basket(page: Page) -> dict[str, list[str]]:
    """The goods by vendor, as the basket's page shows them."""
    return {
        panel.locator("h2").inner_text(): panel.locator(".sale-words a").all_inner_texts()
        for panel in page.locator("main .panel-vendor").all()
    }


def check_out(hands: Hands, buyer: Buyer) -> int:
    """From the basket to the last button of the checkout; the total that stands above it."""
    page = hands.page
    hands.follow(page.locator("#order a[href='/thanh-toan/']"))
    hands.write(page.locator("#id_name"), buyer.name)
    hands.write(page.locator("#id_phone"), buyer.phone)
    hands.write(page.locator("#id_email"), buyer.email)
    choose_place(hands, buyer)
    hands.write(page.locator("#id_street"), buyer.street)
    hands.write(page.locator("#id_note"), buyer.note)
    return amount(page.locator("#summary .sum .total dd"))


def choose_place(hands: Hands, buyer: Buyer) -> None:
    """Province and commune: from two lists, from lists with a button between them, or by typing."""
    page = hands.page
    province, commune = page.locator("#id_province"), page.locator("#id_commune")
    if not hands.scripts:
        hands.choose(province, buyer.province)
        hands.follow(page.locator("button[name=action][value=communes]"))
        expect(page.locator("#id_name")).to_have_value(buyer.name)
        hands.choose(commune, buyer.commune)
        return
    with page.expect_response(_priced_anew):
        if isinstance(hands, Keys):
            hands.write(page.locator("#tim-xa"), buyer.commune_typed)
            expect(page.locator("[role=option]").first).to_have_text(f"{buyer.commune}, {buyer.province}")
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
        else:
            hands.choose(province, buyer.province)
    if not isinstance(hands, Keys):
        with page.expect_response(_priced_anew):
            hands.choose(commune, buyer.commune)
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
    expect(commune.locator("option:checked")).to_have_text(buyer.commune)


def place(hands: Hands) -> str:
    """Press the last button of the checkout; the number of the order that the next page thanks for."""
    page = hands.page
    hands.follow(page.locator("#place button[value=place]"))
    words = page.locator("main b.num").first.inner_text()
    assert urlsplit(page.url).path == f"/don-hang/{words}/cam-on/"
    return words


def look_up(hands: Hands, number: str, phone: str) -> None:
    """Find an order by its number and the phone, without an account."""
    page = hands.page
    hands.go("/don-hang/tra-cuu/")
    hands.write(page.locator("#id_number"), number)
    hands.write(page.locator("#id_phone"), phone)
    hands.enter()
    assert urlsplit(page.url).path == f"/don-hang/{number.upper()}/"


def states(page: Page) -> dict[str, str]:
    """The parts of the order on the page: number and state in words."""
    heads = page.locator("main .panel-vendor .panel-head").all()
    return {head.locator("b.num").inner_text(): head.locator(".pill").inner_text() for head in heads}


def vendors(page: Page) -> dict[str, str]:
    """The parts of the order on the page: number and vendor."""
    heads = page.locator("main .panel-vendor .panel-head").all()
    return {head.locator("b.num").inner_text(): head.locator("h2").inner_text() for head in heads}


def tracking_numbers(page: Page) -> dict[str, str]:
    """The parts of the order on the page that a carrier has: number and tracking number."""
    panels = page.locator("main .panel-vendor").all()
    return {
        panel.locator(".panel-head b.num").inner_text(): panel.locator("p b.num").last.inner_text() for panel in panels
    }


def _priced_anew(response: Response) -> bool:
    return response.request.method == "POST" and urlsplit(response.url).path == "/thanh-toan/"
