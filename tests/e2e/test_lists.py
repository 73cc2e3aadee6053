"""Filters of a list: ticked in place, by keyboard and by touch; the address, the count and the focus go along."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESK, PHONE, NewPage
from tests.e2e.hands import Hands, Keys

LIST = "/tim-kiem/?q=trà"


def marked(page: Page) -> Page:
    """The page with a mark that a new page would not have."""
    page.evaluate("window.isTheSamePage = true")
    return page


def is_marked(page: Page) -> bool:
    """Whether it is still the same page."""
    return bool(page.evaluate("window.isTheSamePage === true"))


def test_a_box_that_is_ticked_keeps_the_focus_and_says_the_new_count(new_page: NewPage) -> None:
    person = Keys(new_page(DESK))
    person.go(LIST)
    page = marked(person.page)
    status = page.locator("#so-mon")
    before = status.inner_text()
    box = page.locator("#loc-sao-5")
    page.evaluate("document.querySelector('#so-mon').isTheSame = true")
    box.focus()
    page.keyboard.press("Space")
    page.wait_for_url("**sao=5**")
    expect(status).not_to_have_text(before)
    assert page.evaluate("document.querySelector('#so-mon').isTheSame") is True
    assert page.evaluate("document.activeElement.id") == "loc-sao-5"
    assert is_marked(page)
    expect(page.locator(".chips a").first).to_contain_text("5")
    page.go_back()
    page.wait_for_url(f"**{LIST.partition('?')[0]}**")
    expect(status).to_have_text(before)
    expect(page.locator("#loc-sao-5")).not_to_be_checked()


def test_another_order_is_shown_in_place(new_page: NewPage) -> None:
    person = Keys(new_page(DESK))
    person.go(LIST)
    page = marked(person.page)
    page.locator("#sap-xep").focus()
    page.locator("#sap-xep").select_option("gia-giam")
    page.wait_for_url("**sap-xep=gia-giam**")
    expect(page.locator("#sap-xep")).to_be_focused()
    assert is_marked(page)


def test_on_a_phone_the_dialog_counts_before_it_closes(new_page: NewPage) -> None:
    person = Hands(new_page(PHONE))
    person.go(LIST)
    page = marked(person.page)
    page.locator("#mo-loc").click()
    button = page.locator("dialog#loc [data-count]")
    before = button.inner_text()
    page.locator("label:has(#loc-sao-5)").click()
    expect(button).not_to_have_text(before)
    wanted = button.inner_text()
    button.click()
    page.wait_for_url("**sao=5**")
    expect(page.locator("dialog#loc")).not_to_be_visible()
    count = page.locator("#so-mon").inner_text().split()[0]
    assert count in wanted
    expect(page.locator("#mo-loc")).to_be_focused()
    assert is_marked(page)
