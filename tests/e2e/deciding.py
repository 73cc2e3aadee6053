"""What an admin does: reads what waits, decides, suspends and lifts."""

import re

from playwright.sync_api import Locator, expect

from tests.e2e.hands import Hands

ADMIN = "quantri@demo.test"


def waiting(hands: Hands, title: str) -> Locator:
    """The way from the queue to a case."""
    hands.go("/quan-tri/")
    return hands.page.locator("main").get_by_role("link", name=re.compile(re.escape(title)))


def open_case(hands: Hands, title: str) -> None:
    """From the queue to the page on which a case is decided."""
    hands.follow(waiting(hands, title))
    expect(hands.page.locator("main h1")).to_have_text(title)


def approve(hands: Hands, title: str) -> None:
    """Let the open case through; it no longer waits."""
    hands.follow(hands.page.locator("main button[name=decision][value=approve]"))
    expect(waiting(hands, title)).to_have_count(0)


def open_vendor(hands: Hands, name: str) -> None:
    """Find a vendor in the register and open it."""
    page = hands.page
    hands.go("/quan-tri/nha-ban/")
    hands.write(page.locator("main input[name=q]"), name)
    hands.enter()
    hands.follow(page.locator("main").get_by_role("link", name=name, exact=True))
    expect(page.locator("main h1")).to_have_text(name)


def suspend(hands: Hands, name: str, reason: str) -> None:
    """Take a vendor's goods off sale; without a reason it does not happen."""
    page = hands.page
    open_vendor(hands, name)
    hands.follow(page.locator("main a[href$='/tam-ngung/']"))
    hands.follow(page.locator("main form button.btn-danger"), status=422)
    expect(page.locator("#error-summary")).to_be_visible()
    hands.write(page.locator("#id_reason"), reason)
    hands.follow(page.locator("main form button.btn-danger"))
    expect(page.locator("main h1")).to_have_text(name)


def lift(hands: Hands, name: str) -> None:
    """Let it sell again."""
    open_vendor(hands, name)
    hands.follow(hands.page.locator("main form[action$='/mo-lai/'] button"))
    expect(hands.page.locator("main form[action$='/mo-lai/']")).to_have_count(0)
