"""The hosted pages of the Stripe fake in a browser, without JavaScript, in both languages and at 320 px."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from fakes.stripe import FakeStripe
from tests.e2e.checks import axe_faults, sideways
from tests.unit.fakes.shopping import client_of, line, open_session, pay

GOODS = [line(), line("Mắm tôm Hậu Lộc loại đặc biệt, hũ sành 500 g, quà biếu", 95_000, 1)]


@pytest.fixture
def fake() -> Iterator[FakeStripe]:
    with FakeStripe() as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    # axe is a script, so the page may have none of its own.
    context = browser.new_context(viewport={"width": 390, "height": 844}, bypass_csp=True)
    yield context.new_page()
    context.close()


def test_a_shopper_pays_by_keyboard_without_javascript(browser: Browser, fake: FakeStripe) -> None:
    client = client_of(fake)
    shop = f"{fake.url}/v1/nowhere?session="
    session = open_session(client, success_url=shop + "{CHECKOUT_SESSION_ID}", locale="vi")
    context = browser.new_context(viewport={"width": 320, "height": 760}, java_script_enabled=False)
    page = context.new_page()
    page.goto(session.url)
    page.get_by_label("Email nhận biên nhận").fill("lan@example.com")
    page.keyboard.press("Tab")
    page.keyboard.type("4000000000000002")
    for typed in ("1234", "123", "Lan"):
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Thẻ bị từ chối. Thử một thẻ khác.")
    page.get_by_role("link", name="Thẻ bị từ chối").click()
    page.get_by_label("Số thẻ").fill("4242 4242 4242 4242")
    page.get_by_label("Mã CVC").fill("123")
    page.get_by_role("button", name="Trả 300.000").click()
    assert page.url == shop + session.id
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"
    context.close()


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_the_pages_are_for_everybody(page: Page, fake: FakeStripe, locale: str) -> None:
    client = client_of(fake)
    open_one, expired, paid, asked = (open_session(client, line_items=GOODS, locale=locale) for _ in range(4))
    client.v1.checkout.sessions.expire(expired.id)
    pay(paid.url, "4242424242424242")
    account = client.v1.accounts.create({"type": "express"}).id
    link = client.v1.account_links.create(
        {"account": account, "type": "account_onboarding", "refresh_url": fake.url, "return_url": fake.url}
    )
    found = {}
    for url in (open_one.url, expired.url, paid.url, pay(asked.url, "4000002500003155").location, link.url):
        page.goto(url)
        found[url] = axe_faults(page) + sideways(page)
    page.goto(open_one.url)
    page.locator(".primary").click()
    found["with errors"] = axe_faults(page) + sideways(page)
    assert {url: faults for url, faults in found.items() if faults} == {}
