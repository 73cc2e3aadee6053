"""What browsers tell of a search: that results were shown and that one was opened, once each and without a cookie."""

from playwright.sync_api import Browser

from tests.e2e.conftest import PHONE, Shop, eventually

# The browser of tests calls itself headless, and such ones do not count.
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
COUNTS = (
    "from search.models import Asked\nprint(*Asked.objects.filter(folded='{}').values_list('times', 'seen', 'opened'))"
)


def counts(shop: Shop, folded: str, expected: str) -> None:
    """Waits until the shop has written these counts."""
    eventually(lambda: shop.run(COUNTS.format(folded)) == expected, f"{expected} for {folded}")


def test_a_list_that_is_shown_and_opened_counts_once_each(browser: Browser, shop: Shop) -> None:
    context = browser.new_context(base_url=shop.url, viewport=PHONE, locale="vi-VN", user_agent=AGENT)
    page = context.new_page()
    page.goto("/tim-kiem/?q=nước mắm")
    counts(shop, "nuoc mam", "(1, 1, 0)")
    with page.expect_request("**/tim-kiem/da-mo/") as told, page.expect_navigation(url="**/san-pham/**"):
        page.locator(".results a").first.click()
    assert "viec=mo" in (told.value.post_data or "")
    counts(shop, "nuoc mam", "(1, 1, 1)")
    assert context.cookies() == []
    page.goto("/tim-kiem/?q=chả mực")
    for button in page.locator(".results form button").all()[:2]:
        with page.expect_response("**/gio-hang/them/"):
            button.click()
    counts(shop, "cha muc", "(1, 1, 1)")
    page.goto("/tim-kiem/?q=nước mắm&sap-xep=gia-tang")
    page.locator(".results a").first.click()
    counts(shop, "nuoc mam", "(1, 1, 1)")
    context.close()


def test_without_scripts_only_the_search_counts(browser: Browser, shop: Shop) -> None:
    context = browser.new_context(base_url=shop.url, user_agent=AGENT, java_script_enabled=False)
    page = context.new_page()
    page.goto("/tim-kiem/?q=cà phê")
    page.locator(".results a").first.click()
    counts(shop, "ca phe", "(1, 0, 0)")
    context.close()
