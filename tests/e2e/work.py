"""What a vendor does with an order, from the sign-in to the parcel at the door."""

from playwright.sync_api import Page, expect

from apps.ordering.states import VendorOrderState as State
from tests.e2e.conftest import PASSWORD
from tests.e2e.hands import Hands

CARRIER = "VNPost"


def enter_portal(hands: Hands, email: str) -> None:
    """From the portal's door through the sign-in to today's work."""
    page = hands.page
    hands.go("/ban-hang/")
    hands.follow(page.locator("main a[href*='/tai-khoan/login/']"))
    hands.write(page.locator("#id_login"), email)
    hands.write(page.locator("#id_password"), PASSWORD)
    hands.enter()
    expect(page.locator(".rail [aria-current=page]")).to_have_attribute("href", "/ban-hang/")


def open_order(hands: Hands, number: str) -> None:
    """From any page of the portal to an order that waits to be confirmed."""
    page = hands.page
    hands.follow(page.locator(".rail a[href='/ban-hang/don-hang/']"))
    hands.follow(page.locator("td.order-id").get_by_role("link", name=number, exact=True))
    expect(page.locator("main .page-head .pill")).to_have_text(str(State.PLACED.label))


def confirm(hands: Hands) -> None:
    """Say that the goods are there."""
    _step(hands, "accept", State.ACCEPTED)


def pack(hands: Hands) -> None:
    """Say that the parcel is ready."""
    _step(hands, "pack", State.PACKED)


def hand_over(hands: Hands, tracking_number: str) -> None:
    """Give the parcel to a carrier, with the number under which it can be followed."""
    page = hands.page
    hands.choose(page.locator("#id_carrier"), CARRIER)
    hands.write(page.locator("#id_tracking_number"), tracking_number)
    hands.follow(page.locator("#giao button[type=submit]"))
    _is(page, State.SHIPPED)


def deliver(hands: Hands) -> None:
    """Say that the shopper has it."""
    _step(hands, "deliver", State.DELIVERED)


def _step(hands: Hands, name: str, state: State) -> None:
    hands.follow(hands.page.locator(f"main button[name=act][value={name}]"))
    _is(hands.page, state)


def _is(page: Page, state: State) -> None:
    expect(page.locator("main .page-head .pill")).to_have_text(str(state.label))
