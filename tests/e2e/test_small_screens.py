"""On a phone: the menu of the header, the bar of the basket, a checkout in two tabs, errors that get the focus."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import shopping
from tests.e2e.checks import axe_faults, sideways
from tests.e2e.conftest import DESK, PHONE, NewPage, Shop
from tests.e2e.hands import Hands

NARROW = {"width": 320, "height": 700}
RICE, CAKE = "Nếp Tú Lệ", "Nước mắm Duy Trinh"
BUYER = shopping.Buyer("Lê Quốc Nam", "0903 111 222", "nam@example.test")


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("language", ["", "/en"])
def test_the_menu_leads_everywhere_and_fits(new_page: NewPage, scripts: bool, language: str) -> None:
    page = new_page(NARROW, scripts=scripts)
    page.goto(f"{language}/")
    menu = page.locator(".head-menu")
    expect(menu.locator("nav")).to_be_hidden()
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.locator("nav")).to_be_visible()
    links = [str(link.get_attribute("href")) for link in menu.locator("nav a").all()]
    fixed = ["/dang-mua/", "/tinh/", "/so-chung-nhan/", "/tro-giup/"]
    assert (links[:4], len(links)) == ([language + path for path in fixed], 12)
    if scripts:
        assert (axe_faults(page), sideways(page)) == ([], [])
        page.keyboard.press("Escape")
        expect(menu.locator("nav")).to_be_hidden()
        expect(menu.locator("summary")).to_be_focused()
        page.keyboard.press("Enter")
    menu.locator("select").select_option("01")
    with page.expect_navigation():
        menu.locator("form button").click()
    expect(page.locator("#head-province option[selected]")).to_have_text("Hà Nội")


@pytest.mark.parametrize("width", [1024, 1152, 1280, 1440])
@pytest.mark.parametrize("language", ["/", "/en/"])
def test_the_words_of_the_hero_stand_beside_the_jars_and_above_the_cloth(
    new_page: NewPage, language: str, width: int
) -> None:
    page = new_page({"width": width, "height": 900})
    page.goto(language)
    box = page.locator(".hero").bounding_box()
    words = [page.locator(f".hero .words {part}").bounding_box() for part in ("h1", ".lead", ".btn-row")]
    assert box is not None
    # The picture is as wide as 620 of its 1640 pixels are high; the first jar begins at 45 % of it.
    height = max(box["height"], width * 620 / 1640)
    jar = 0.449 * height * 1640 / 620 - 0.2 * (height * 1640 / 620 - width)
    cloth = box["y"] + box["height"] - 0.235 * height
    range_of = page.evaluate(
        "() => { const r = document.createRange(); r.selectNodeContents(document.querySelector('.hero h1'));"
        " return r.getBoundingClientRect().right }"
    )
    assert range_of <= jar
    assert all(found and found["x"] + found["width"] <= jar + 8 for found in words)
    assert all(found and found["y"] + found["height"] <= cloth for found in words)
    rows = page.locator(".mainnav li").evaluate_all("all => new Set(all.map(li => li.offsetTop)).size")
    assert rows == (1 if width >= 1280 else 2)


def _basket(page: Page) -> None:
    guest = Hands(page)
    guest.go("/")
    shopping.add(guest, RICE, 1)
    shopping.add(guest, CAKE, 2)
    shopping.open_basket(guest)


def test_the_bar_follows_the_basket(new_page: NewPage) -> None:
    page = new_page(PHONE)
    _basket(page)
    bar, total = page.locator("#basket-bar aside"), page.locator(".sum .total dd")
    expect(bar).to_be_visible()
    before = shopping.amount(total)
    page.locator(".stepper [data-step='1']").first.click()
    expect(total).not_to_have_text(f"{before:,}".replace(",", ".") + "\u00a0₫")
    assert shopping.amount(bar.locator("b")) == shopping.amount(total) > before
    page.locator("#order").scroll_into_view_if_needed()
    expect(bar).to_be_hidden()
    for left in (1, 0):
        page.locator("button[name=remove]").first.click()
        expect(page.locator(".sale-line")).to_have_count(left)
    expect(page.locator("#basket-bar *")).to_have_count(0)
    expect(page.locator("a[href='/thanh-toan/']")).to_have_count(0)
    expect(page.locator("#basket .empty a.btn")).to_have_attribute("href", "/dang-mua/")


def test_a_wrong_code_stays_and_a_wrong_quantity_is_explained(new_page: NewPage) -> None:
    page = new_page(PHONE)
    _basket(page)
    page.locator("#id_code").fill("KHONG-CO")
    page.locator("#apply-code").click()
    expect(page.locator("#id_code")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#id_code")).to_have_value("KHONG-CO")
    expect(page.locator("#id_code")).to_be_focused()
    quantity = page.locator(".stepper input").first
    quantity.fill("")
    quantity.blur()
    expect(page.locator(".sale-line .note.bad")).to_have_text("Ghi số lượng bằng số nguyên, ví dụ 2.")
    assert axe_faults(page) == []


def test_the_second_tab_is_led_to_the_order(new_page: NewPage) -> None:
    first = new_page(PHONE)
    _basket(first)
    guest = Hands(first)
    second = first.context.new_page()
    second.goto("/thanh-toan/")
    shopping.check_out(guest, BUYER)
    number = shopping.place(guest)
    second.locator("#id_province").select_option(label="Thành phố Hà Nội")
    second.wait_for_url(f"**/don-hang/{number}/")
    assert urlsplit(second.url).path == f"/don-hang/{number}/"


def test_a_changed_total_and_wrong_fields_get_the_focus(shop: Shop, new_page: NewPage) -> None:
    page = new_page(DESK)
    _basket(page)
    shopping.check_out(Hands(page), BUYER)
    shop.run(
        "from apps.shop.partner.models import StockRecord\n"
        f"StockRecord.objects.filter(product__title={RICE!r}).update(price=99000)"
    )
    with page.expect_navigation():
        page.locator("#place button").click()
    expect(page.locator("#changed")).to_be_focused()
    expect(page.locator("#changed li")).to_have_count(1)
    expect(page.locator("#changed li")).to_contain_text(f"{RICE}: giá 99.000")
    assert axe_faults(page) == []
    page.locator("#id_name").fill("")
    with page.expect_navigation():
        page.locator("#place button").click()
    expect(page.locator("#error-summary")).to_be_focused()


def test_the_filter_says_how_many_goods_it_would_show(new_page: NewPage) -> None:
    page = new_page(PHONE)
    page.goto("/tim-kiem/")
    page.locator(".list-filter").click()
    button = page.locator("dialog [data-count]")
    before = shopping.dong_of(button.inner_text())
    box = page.locator("dialog .check", has=page.locator("input[value='5']")).first
    wanted = shopping.dong_of(box.locator(".c").inner_text())
    box.click()
    expect(button).to_have_text(f"Xem {wanted} sản phẩm")
    assert wanted < before
    with page.expect_navigation():
        button.click()
    expect(page.locator("main [role=status]").first).to_contain_text(str(wanted))
