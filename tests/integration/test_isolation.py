"""Nobody gets at what belongs to somebody else: every address of the shop, asked by six kinds of visitors."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.urls import reverse

from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.kernel.money import dong
from apps.ordering import services
from apps.ordering.models import VendorOrder
from apps.vendors.models import Vendor
from tests.factories.vendors import make_member
from tests.integration.access.check import Row, check, faults, read, url_keys
from tests.integration.access.table import PORTAL, ROWS
from tests.integration.access.table_admin import ADMIN_ROWS
from tests.integration.access.world import KINDS, TITLE_A, TITLE_B, make_world, signed_in, undone

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()
METHODS = ("GET", "POST")
# Where vendors' selectors take the scope from.
SELECTORS = ("listings", "ordering", "payouts", "provenance", "vendors")
LISTS = {
    "vendor_portal:home",
    "vendor_portal:orders",
    "vendor_portal:listings",
    "vendor_portal:money",
    "vendor_portal:statements",
    "vendor_portal:bank",
}
ORDER_PAGES = {"vendor_portal:orders", "vendor_portal:order", "vendor_portal:order_act"}
MONEY_PAGES = {
    f"vendor_portal:{name}"
    for name in (
        "money", "earned_orders", "taxes", "statements", "statement", "statement_file", "month", "month_file",
        "bank", "bank_change", "bank_withdraw", "bank_confirm", "stripe", "stripe_back", "stripe_remove",
    )
}  # fmt: skip
# Their address names a time, or a word that only its vendor can use: each vendor sees its own.
OWN_DATA = {"vendor_portal:taxes", "vendor_portal:month", "vendor_portal:month_file", "vendor_portal:bank_confirm"}
PROFILE_PAGES = {"vendor_portal:profile", "vendor_portal:paper"}
OPEN_PAGES = {"vendor_portal:home", "vendor_portal:apply"}
# A person's own news is no room of a vendor (see tests/integration/notifications/test_lists.py).
NEWS_PAGES = {"vendor_portal:notices", "vendor_portal:notice", "vendor_portal:notices_read"}
ROOMS = [row for row in PORTAL if row.key not in NEWS_PAGES]
LISTING_PAGES = {row.key for row in ROOMS} - ORDER_PAGES - PROFILE_PAGES - OPEN_PAGES - MONEY_PAGES
# Moving an order along its tabs.
STEPS = {
    "new": None,
    "to_ship": services.accept,
    "shipping": lambda **part: services.hand_over(
        **{**part, "vendor_order": services.pack(**part)}, carrier="ghn", tracking_number="GHN1"
    ),
    "delivered": services.deliver,
}


def guarded_rows() -> Iterator[tuple[Row, str]]:
    """Vendor pages that hold something of vendor A, with the methods that they answer."""
    for row in ROOMS:
        for method in METHODS:
            if row.expected("vendor_b", method) == "404" or (row.key in LISTS and method == "GET"):
                yield row, method


def test_every_address_is_in_the_table_and_every_row_is_an_address() -> None:
    assert url_keys() ^ {row.key for row in ROWS} == set()


def test_an_address_that_nobody_has_thought_of_is_noticed() -> None:
    known = {row.key for row in ROWS if row.key != "vendor_portal:paper"}
    assert url_keys() - known == {"vendor_portal:paper"}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_everybody_gets_what_the_table_says(kind: str) -> None:
    world = make_world()
    assert [fault for row in ROWS for method in METHODS for fault in faults(world, kind, row, method)] == []


@pytest.mark.slow
def test_every_secret_is_somewhere_for_those_who_may_read_it() -> None:
    world = make_world()
    ours = [row for row in ROWS if row not in ADMIN_ROWS]
    pages = [
        read(world, kind, row)
        for kind in ("shopper_a", "vendor_a", "vendor_b", "admin")
        for row in ours
        if (row.at or row.key in LISTS | {"storefront:account_addresses", "storefront:followed"})
        and row.expected(kind, "GET") == "200"
    ]
    words = frozenset[str]().union(*world.secrets.values(), *world.secrets_in_portal.values())
    assert [word for word in sorted(words) if not any(word in page for page in pages)] == []


@pytest.mark.slow
def test_without_the_scope_every_vendor_page_gives_something_away(monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world()
    rows = list(guarded_rows())
    assert {row.key for row, _ in rows} == ({row.key for row in ROOMS if row.at} - OWN_DATA) | LISTS
    for row, method in rows:
        check(world, "vendor_b", row, method)
    for app in SELECTORS:
        monkeypatch.setattr(f"apps.{app}.selectors.for_vendor", lambda rows, *, vendor: rows)
    for row, method in rows:
        with pytest.raises(AssertionError):
            check(world, "vendor_b", row, method)


@pytest.mark.parametrize(("kind", "mine", "theirs"), [("vendor_a", TITLE_A, TITLE_B), ("vendor_b", TITLE_B, TITLE_A)])
def test_of_an_order_of_two_vendors_each_sees_its_own_part(kind: str, mine: str, theirs: str) -> None:
    world = make_world()
    parts = list(VendorOrder.objects.filter(order__number=world.objects["order"]).select_related("order"))
    own, other = sorted(parts, key=lambda part: part.lines.get().title != mine)
    whole = own.order.total_incl_tax
    hidden = [
        theirs,
        own.order.number,
        other.number,
        *(_words(amount) for amount in (whole, other.total_amount, other.items_amount)),
    ]
    for tab, step in STEPS.items():
        for part in parts if step else ():
            step(vendor_order=part, actor=SYSTEM)
        for path in (f"{reverse('vendor_portal:orders')}?tab={tab}", reverse("vendor_portal:order", args=[own.number])):
            page = world.client(kind).get(path).content.decode()
            assert [word in page for word in (mine, own.number, _words(own.total_amount))] == [True] * 3
            assert [word for word in hidden if word in page] == []


def _words(amount: object) -> str:
    return dong(int(amount)).format()  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("role", "rooms"),
    [
        ("catalogue", LISTING_PAGES),
        ("orders", ORDER_PAGES),
        ("finance", MONEY_PAGES),
    ],
)
def test_a_role_opens_its_own_rooms_and_no_other(role: str, rooms: set[str]) -> None:
    world = make_world()
    world.cookies["vendor_a"] = signed_in(make_member(Vendor.objects.get(slug=world.objects["stall"]), role))
    world.before = world.snapshot()
    shut = [row if row.key in rooms | OPEN_PAGES else replace(row, get="403", post="403", writers="") for row in ROOMS]
    assert [fault for row in shut for method in METHODS for fault in faults(world, "vendor_a", row, method)] == []


def test_the_front_door_shows_a_role_only_its_own_work() -> None:
    world = make_world()
    vendor = Vendor.objects.get(slug=world.objects["stall"])
    VendorOrder.objects.filter(number=world.objects["part_a"]).update(accept_by=now() - dt.timedelta(hours=1))
    part, cards = world.objects["part_a"], ("?tab=new", reverse("vendor_portal:listings"))
    seen: dict[str, list[bool]] = {}
    for role in ("owner", "catalogue", "orders", "finance"):
        world.cookies["vendor_a"] = signed_in(make_member(vendor, role))
        page = read(world, "vendor_a", PORTAL[0])
        seen[role] = [word in page for word in (part, *cards)]
    assert seen == {
        "owner": [True, True, True],
        "catalogue": [False, False, True],
        "orders": [True, True, False],
        "finance": [False, False, False],
    }


def test_a_form_that_comes_from_elsewhere_changes_nothing() -> None:
    world = make_world()
    answers = {}
    for row in ROWS:
        for kind in row.writers.split():
            with undone():
                response = world.client(kind, elsewhere=True).post(row.path(world), row.fields(world))
                answers[row.key, kind] = (response.status_code, world.snapshot() == world.before)
    assert len(answers) > 20
    assert {key: answer for key, answer in answers.items() if answer != (403, True)} == {}


def test_the_rows_that_must_not_change_are_there() -> None:
    world = make_world()
    assert [rows.model._meta.label for rows in world.watched if not rows.exists()] == [
        "ordering.Parcel",
        "accounts.Consent",
    ]
