"""From a stranger to a vendor with a first sale: application, approval, listing, review, order, and the mails."""

import io

from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload, Page, expect

from apps.listings.states import ListingState
from apps.ordering.states import VendorOrderState
from apps.vendors.states import VendorState
from tests.e2e import deciding, shopping, work
from tests.e2e.conftest import DESK, NewPage, Shop, eventually
from tests.e2e.hands import Hands

EMAIL = "lo-thi-en@example.test"
NAME = "Tổ hợp tác Én Vàng Mù Cang Chải"
TITLE = "Măng khô Én Vàng"
STOCK = 12
SEASON = (5, 6, 7)


def test_from_the_application_to_the_first_sale(shop: Shop, new_page: NewPage) -> None:
    maker, admin = Hands(new_page()), Hands(new_page(DESK, who=deciding.ADMIN))
    paper = _paper()
    _apply(maker, paper)
    assert "/tai-khoan/confirm-email/" in shop.mails_to(EMAIL, "")[0].text
    _approve_application(admin, new_page(), paper)
    assert len(shop.mails_to(EMAIL, NAME)) == 1

    _make_listing(maker)
    _submit_listing(maker)
    guest = Hands(new_page())
    _nothing_to_find(guest)
    deciding.open_case(admin, TITLE)
    expect(admin.page.get_by_role("img", name=TITLE)).to_have_count(1)
    deciding.approve(admin, TITLE)
    assert len(shop.mails_to(EMAIL, TITLE)) == 1

    _looks_as_it_was_listed(guest)
    buyer = shopping.Buyer("Trần Văn Bảo", "0987 654 321", "bao@example.test")
    number, part = _buy(guest, buyer)
    assert number in shop.mails_to(buyer.email, number)[0].subject
    assert len(shop.mails_to(EMAIL, part)) == 1
    _sees_the_order(maker, part, buyer)


def _apply(maker: Hands, paper: FilePayload) -> None:
    """From the portal's door through a new account to the application."""
    page = maker.page
    maker.go("/ban-hang/")
    maker.follow(page.locator("main a[href='/ban-hang/dang-ky/']"))
    maker.follow(page.locator("main a[href*='/tai-khoan/signup/']"))
    maker.write(page.locator("#id_full_name"), "Lò Thị Én")
    maker.write(page.locator("#id_email"), EMAIL)
    maker.write(page.locator("#id_password1"), "nang-len-ruong-bac-thang")
    maker.enter()
    expect(page.locator("#id_email")).to_have_value(EMAIL)
    maker.write(page.locator("#id_name"), NAME)
    maker.tick(page.locator("input[name=producer_type][value=household]"))
    maker.write(page.locator("#id_tax_code"), "015 190 004 321")
    maker.write(page.locator("#id_about"), "Bốn nhà cùng bản, làm măng khô từ năm 2016.")
    maker.choose(page.locator("#id_province"), "Tỉnh Lào Cai")
    maker.choose(page.locator("#id_commune"), "Xã Mù Cang Chải")
    maker.write(page.locator("#id_street"), "Bản Háng Sung")
    maker.write(page.locator("#id_phone"), "0912 000 321")
    maker.attach(page.locator("#id_papers"), paper)
    page.locator("#id_agrees").check()
    maker.follow(page.locator("main form button[data-busy]"))
    expect(page.locator("main .page-head .pill")).to_have_text(str(VendorState.APPLIED.label))


def _approve_application(admin: Hands, stranger: Page, paper: FilePayload) -> None:
    """The admin reads the paper, which nobody else can, and lets the vendor in."""
    page = admin.page
    deciding.open_case(admin, NAME)
    link = page.locator("main a[href^='/quan-tri/giay-to/']")
    address = str(link.get_attribute("href"))
    expect(link).to_have_text(paper["name"])
    assert page.request.get(address).body() == paper["buffer"]
    assert stranger.request.get(address, max_redirects=0).status == 302
    deciding.approve(admin, NAME)


def _make_listing(maker: Hands) -> None:
    page = maker.page
    maker.go("/ban-hang/")
    maker.follow(page.locator(".rail a[href='/ban-hang/san-pham/']"))
    maker.follow(page.locator("main .page-head a[href='/ban-hang/san-pham/moi/']"))
    maker.attach(page.locator("#id_pictures"), _picture())
    maker.write(page.locator("#id_title"), TITLE)
    maker.choose(page.locator("#id_category"), "Rau củ chế biến")
    maker.write(page.locator("#id_description"), "Măng vầu luộc, thái tay, phơi gác bếp ba tuần.")
    for field, words in {
        "price_amount": "185.000",
        "unit": "gói 300 g",
        "net_weight_g": "300",
        "shipping_weight_g": "400",
        "available": str(STOCK),
        "storage": "Nơi khô ráo",
    }.items():
        maker.write(page.locator(f"#id_{field}"), words)
    for month in SEASON:
        maker.tick(page.locator(f"input[name=season_months][value='{month}']"))
    maker.follow(page.locator("main form button[data-busy]"))
    expect(page.locator("main .page-head .pill")).to_have_text(str(ListingState.DRAFT.label))
    expect(page.locator(".photo-list img")).to_have_count(1)


def _submit_listing(maker: Hands) -> None:
    page = maker.page
    maker.follow(page.locator("button[name=act][value=submit]"))
    expect(page.locator("main .page-head .pill")).to_have_text(str(ListingState.SUBMITTED.label))


def _nothing_to_find(guest: Hands) -> None:
    """Before the review nobody finds it."""
    guest.go("/")
    guest.write(guest.page.locator("header input[name=q]"), TITLE)
    guest.enter()
    expect(shopping.goods_link(guest.page, TITLE)).to_have_count(0)


def _looks_as_it_was_listed(guest: Hands) -> None:
    """Found without accents; the page shows price, months, vendor, and the picture in new formats."""
    page = guest.page
    guest.write(page.locator("header input[name=q]"), "mang kho en vang")
    guest.enter()
    guest.follow(shopping.goods_link(page, TITLE))
    expect(page.locator("h1")).to_have_text(TITLE)
    assert shopping.amount(page.locator(".product-buy .price")) == 185_000
    assert page.locator(".season-large .on").all_inner_texts() == [str(month) for month in SEASON]
    expect(page.locator(".vendor-card")).to_contain_text(NAME)

    def with_copies() -> bool:
        page.reload()
        return page.locator(".product-pictures source[type='image/avif']").count() > 0

    eventually(with_copies, "the copies of the picture")
    assert page.locator(".product-pictures img").first.evaluate(
        "image => image.decode().then(() => image.naturalWidth)"
    )


def _buy(guest: Hands, buyer: shopping.Buyer) -> tuple[str, str]:
    """The number of the order, and that of its one part."""
    page = guest.page
    expect(page.locator("#id_quantity")).to_have_attribute("max", str(STOCK))
    guest.follow(page.locator("form#mua button[type=submit]"))
    assert shopping.open_basket(guest) == {NAME: [TITLE]}
    shopping.check_out(guest, buyer)
    number = shopping.place(guest)
    ((part, state),) = shopping.states(page).items()
    assert state == str(VendorOrderState.PLACED.label)
    return number, part


def _sees_the_order(maker: Hands, number: str, buyer: shopping.Buyer) -> None:
    """On today's page and on its own; the stock is one less."""
    page = maker.page
    maker.go("/ban-hang/")
    assert page.locator("td.order-id a").all_inner_texts() == [number]
    work.open_order(maker, number)
    expect(page.locator("main")).to_contain_text(buyer.name)
    maker.follow(page.locator(".rail a[href='/ban-hang/san-pham/']"))
    cell = page.locator("tr", has_text=TITLE).locator("td").nth(3)
    assert cell.inner_text().split()[0] == str(STOCK - 1)


def _paper() -> FilePayload:
    return {"name": "dang-ky-kinh-doanh.pdf", "mimeType": "application/pdf", "buffer": _drawn("PDF")}


def _picture() -> FilePayload:
    return {"name": "mang.jpg", "mimeType": "image/jpeg", "buffer": _drawn("JPEG")}


def _drawn(kind: str) -> bytes:
    image = Image.new("RGB", (1400, 1050), "#d9c9a3")
    ImageDraw.Draw(image).ellipse((300, 250, 1100, 800), fill="#7a5c2e")
    target = io.BytesIO()
    image.save(target, kind)
    return target.getvalue()
