"""The order board: tabs and counts, every step through its form, and what is said when a step cannot be taken."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.jobs.models import AuditEvent
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.ordering.models import VendorOrder
from apps.ordering.services import accept
from apps.ordering.states import VendorOrderState as S
from apps.shop.catalogue.models import Product
from apps.shop.order.models import Order
from apps.shop.partner.models import StockRecord
from apps.vendor_portal.forms.order import REASONS
from apps.vendors.models import Vendor
from apps.vendors.services import suspend_vendor
from tests.factories.catalogue import make_product
from tests.factories.sales import make_order, part_of
from tests.factories.vendors import make_member, make_vendor

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

pytestmark = pytest.mark.django_db
BOARD = "/ban-hang/don-hang/"
TABS = {
    "new": [S.PLACED],
    "to_ship": [S.ACCEPTED, S.PACKED],
    "shipping": [S.SHIPPED],
    "delivered": [S.DELIVERED, S.COMPLETED],
    "cancelled": [S.CANCELLED, S.RETURNED],
}


@pytest.fixture
def product() -> Product:
    """Ten of it are in stock."""
    return make_product()


@pytest.fixture
def part(product: Product) -> VendorOrder:
    """A new order of three."""
    return part_of(make_order((product, 3)), product)


def at_work(vendor: Vendor) -> Client:
    """A browser of somebody who sends this vendor's orders."""
    client = Client()
    client.force_login(make_member(vendor, "orders"))
    return client


def step(client: Client, part: VendorOrder, act: str, **fields: Any) -> "Response":
    """Send the form of one step."""
    return client.post(f"{BOARD}{part.number}/viec/", {"act": act, **fields})


def told(response: "Response") -> list[str]:
    """What the next page will say."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def stock(product: Product) -> tuple[int, int]:
    """Units in the house, and how many of them are promised."""
    record = StockRecord.objects.get(product=product)
    return record.num_in_stock or 0, record.num_allocated or 0


def in_state(product: Product, state: str, hours: int = 0) -> VendorOrder:
    """An order in this state, placed so many hours ago."""
    found = part_of(make_order(product), product)
    moment = now() - dt.timedelta(hours=hours)
    times = {"placed_at": moment, "accept_by": moment + dt.timedelta(days=1), "ship_by": moment + dt.timedelta(days=2)}
    VendorOrder.objects.filter(pk=found.pk).update(state=state, **times)
    found.refresh_from_db()
    return found


def test_each_tab_shows_its_own_orders_and_all_tabs_their_numbers() -> None:
    product = make_product(stock=100)
    make_order(make_product())
    ages = {state: hours for hours, state in enumerate(state for states in TABS.values() for state in states)}
    numbers = {state: in_state(product, state, hours).number for state, hours in ages.items()}
    client = at_work(product.listing.vendor)
    for tab, states in TABS.items():
        page = client.get(BOARD, {"tab": tab})
        oldest_first = sorted(states, key=lambda state: -ages[state])
        expected = oldest_first if tab in ("new", "to_ship") else oldest_first[::-1]
        assert [row.order.number for row in page.context["rows"]] == [numbers[state] for state in expected]
        assert page.context["board_counts"] == {"new": 1, "to_ship": 2, "shipping": 1, "delivered": 2, "cancelled": 2}
        text = page.content.decode()
        assert {state for state, number in numbers.items() if number in text} == set(states)
    assert client.get(BOARD).context["tab"] == "new"
    assert client.get(BOARD, {"tab": "khong-co"}).status_code == 404


def test_an_order_goes_its_way_through_the_forms(product: Product, part: VendorOrder) -> None:
    client = at_work(part.vendor)
    page = f"{BOARD}{part.number}/"
    ways = [
        ("accept", {}, S.ACCEPTED, (10, 3), _("%(number)s is confirmed. Pack it and hand it over in time.")),
        ("pack", {}, S.PACKED, (10, 3), _("%(number)s is packed and waits for the carrier.")),
        (
            "hand_over",
            {"carrier": "ghn", "tracking_number": " GHN77 "},
            S.SHIPPED,
            (7, 0),
            _("%(number)s is on its way."),
        ),
        ("deliver", {}, S.DELIVERED, (7, 0), _("%(number)s is delivered.")),
    ]
    for act, fields, state, units, words in ways:
        answer = step(client, part, act, **fields)
        assert (answer["Location"], told(answer)[-1]) == (page, words % {"number": part.number})
        part.refresh_from_db()
        assert (part.state, Order.objects.get().status, stock(product)) == (state, state, units)
        assert client.get(page).status_code == 200
    assert part.parcels.get().tracking_number == "GHN77"
    assert "https://donhang.ghn.vn/?order_code=GHN77" in client.get(page).content.decode()


def test_every_step_names_the_person_and_the_vendor(part: VendorOrder) -> None:
    client = at_work(part.vendor)
    step(client, part, "accept")
    event = AuditEvent.objects.get(verb="vendororder.accepted")
    member = part.vendor.memberships.get().user_id
    assert (event.actor_id, event.on_behalf_of_vendor_id, event.object_id) == (member, part.vendor_id, str(part.pk))


def test_a_step_from_the_board_leads_back_to_it_but_never_to_another_site(product: Product, part: VendorOrder) -> None:
    client, here = at_work(part.vendor), f"{BOARD}?tab=new"
    assert step(client, part, "accept", next=here)["Location"] == here
    assert step(client, part, "pack", next="https://elsewhere.example/")["Location"] == f"{BOARD}{part.number}/"


@pytest.mark.parametrize("act", ["pack", "hand_over", "deliver"])
def test_a_step_before_its_time_is_told_and_changes_nothing(part: VendorOrder, product: Product, act: str) -> None:
    answer = step(at_work(part.vendor), part, act, carrier="ghn", tracking_number="GHN1")
    assert told(answer) == [_("This was decided meanwhile; the page shows the present state.")]
    part.refresh_from_db()
    assert (part.state, stock(product), part.parcels.count()) == ("placed", (10, 3), 0)


def test_an_unknown_step_is_404(part: VendorOrder) -> None:
    assert [step(at_work(part.vendor), part, act).status_code for act in ("", "burn")] == [404, 404]


@pytest.mark.parametrize("state", [S.PLACED, S.ACCEPTED, S.PACKED])
def test_cancelling_gives_the_stock_back_and_keeps_the_reason(state: str) -> None:
    product = make_product()
    part = in_state(product, state)
    assert stock(product) == (10, 1)
    answer = step(at_work(part.vendor), part, "cancel", reason="sold_out", words="Mai có lại.")
    reason = f"{REASONS['sold_out']} Mai có lại."
    assert told(answer) == [_("%(number)s is cancelled. The goods are back in stock.") % {"number": part.number}]
    part.refresh_from_db()
    assert (part.state, part.cancel_reason, stock(product)) == (S.CANCELLED, reason, (10, 0))
    # The words may name a person, and the audit trail cannot forget.
    assert AuditEvent.objects.get(verb="vendororder.cancelled").reason == ""
    assert reason in at_work(part.vendor).get(f"{BOARD}{part.number}/").content.decode()


def test_one_part_of_an_order_is_cancelled_and_the_other_goes_on() -> None:
    one, two = make_product(), make_product()
    order = make_order(one, two)
    step(at_work(one.listing.vendor), part_of(order, one), "cancel", reason="damaged")
    assert (part_of(order, one).state, part_of(order, two).state) == ("cancelled", "placed")
    assert (stock(one), stock(two)) == ((10, 0), (10, 1))
    order.refresh_from_db()
    assert order.status == "placed"


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({}, "reason", "Choose a reason: the shopper reads it."),
        ({"words": "Kho bị ngập nước."}, "reason", "Choose a reason: the shopper reads it."),
        ({"reason": "other", "words": "  "}, "words", "Write the reason: the shopper reads it."),
    ],
)
def test_cancelling_without_a_reason_is_asked_for_and_keeps_what_was_entered(
    part: VendorOrder, product: Product, fields: dict[str, str], field: str, words: str
) -> None:
    page = step(at_work(part.vendor), part, "cancel", **fields)
    assert (page.status_code, page.context["cancel"].errors) == (422, {field: [_(words)]})
    text = page.content.decode()
    assert [word for word in (_(words), fields.get("words", "").strip()) if word not in text] == []
    part.refresh_from_db()
    assert (part.state, stock(product)) == ("placed", (10, 3))


def test_what_is_on_its_way_cannot_be_cancelled() -> None:
    product = make_product()
    part = in_state(product, S.SHIPPED)
    client = at_work(part.vendor)
    assert 'value="cancel"' not in client.get(f"{BOARD}{part.number}/").content.decode()
    answer = step(client, part, "cancel", reason="asked")
    assert told(answer) == [_("This was decided meanwhile; the page shows the present state.")]
    part.refresh_from_db()
    assert (part.state, stock(product)) == (S.SHIPPED, (10, 1))


def test_a_parcel_that_came_back_leaves_the_stock_to_the_vendor() -> None:
    product = make_product()
    part = in_state(product, S.PACKED)
    client = at_work(part.vendor)
    step(client, part, "hand_over", carrier="ghn", tracking_number="GHN1")
    refused = step(client, part, "come_back", back_reason="  ")
    words = _("Write the reason: the shopper reads it.")
    assert (refused.status_code, refused.context["come_back"].errors) == (422, {"back_reason": [words]})
    assert words in refused.content.decode()
    step(client, part, "come_back", back_reason="Gọi ba lần không ai nghe.")
    part.refresh_from_db()
    assert (part.state, part.cancel_reason, stock(product)) == (S.RETURNED, "Gọi ba lần không ai nghe.", (9, 0))
    assert AuditEvent.objects.get(verb="vendororder.returned").reason == ""


@pytest.mark.parametrize(
    ("fields", "field", "kept"),
    [
        ({"carrier": "ghn", "tracking_number": " "}, "tracking_number", '<option value="ghn" selected>'),
        ({"carrier": "", "tracking_number": "VT-0042"}, "carrier", 'value="VT-0042"'),
        ({"carrier": "bo-cau", "tracking_number": "VT-0042"}, "carrier", 'value="VT-0042"'),
        ({"carrier": "ghn", "tracking_number": "9" * 41}, "tracking_number", f'value="{"9" * 41}"'),
    ],
)
def test_a_bad_tracking_number_or_carrier_keeps_what_was_entered(fields: dict[str, str], field: str, kept: str) -> None:
    product = make_product()
    part = in_state(product, S.PACKED)
    page = step(at_work(part.vendor), part, "hand_over", **fields)
    assert (page.status_code, list(page.context["hand_over"].errors)) == (422, [field])
    text = page.content.decode()
    assert (kept in text, page.context["hand_over"].errors[field][0] in text) == (True, True)
    part.refresh_from_db()
    assert (part.state, stock(product), part.parcels.count()) == (S.PACKED, (10, 1), 0)


def test_the_vendors_own_delivery_needs_no_number() -> None:
    product = make_product()
    part = in_state(product, S.PACKED)
    assert step(at_work(part.vendor), part, "hand_over", carrier="tu-giao", tracking_number="").status_code == 302
    part.refresh_from_db()
    assert (part.state, part.parcels.get().tracking_number) == (S.SHIPPED, "")


def test_a_suspended_vendor_still_sends_its_open_orders(part: VendorOrder) -> None:
    suspend_vendor(vendor=part.vendor, actor=Actor.system(), reason="Giấy hết hạn.")
    step(at_work(part.vendor), part, "accept")
    part.refresh_from_db()
    assert part.state == "accepted"


def test_what_is_late_comes_first_and_says_so() -> None:
    vendor = make_vendor()
    early, late = make_product(vendor=vendor), make_product(vendor=vendor)
    fresh, old = in_state(early, S.PLACED), in_state(late, S.PLACED, hours=30)
    client = at_work(vendor)
    rows = client.get(reverse("vendor_portal:home")).context["tasks"]
    assert [(row.order.number, row.is_late) for row in rows] == [(old.number, True), (fresh.number, False)]
    accept(vendor_order=old, actor=Actor.system())
    with time_machine.travel(old.ship_by + dt.timedelta(minutes=90), tick=False):
        page = client.get(BOARD, {"tab": "to_ship"})
        assert [row.deadline.words for row in page.context["rows"]] == [
            _("%(time)s late") % {"time": "1 giờ 30 phút"},
        ]
