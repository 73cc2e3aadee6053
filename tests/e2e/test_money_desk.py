"""Cash from the door to the bank, and a payout that two people let go: what admins do with money, on a desk."""

from playwright.sync_api import expect

from apps.demo.people import ADMIN, SECOND_ADMIN, SECOND_SELLER
from apps.ordering.states import VendorOrderState as State
from apps.payouts.states import PayoutState, RunState
from tests.e2e import shopping, work
from tests.e2e.checks import axe_faults
from tests.e2e.conftest import DESK, PHONE, NewPage
from tests.e2e.hands import Hands
from tests.e2e.shopping import Buyer

GOODS = "Miến dong Hóa Thượng"
PLACE = {"province": "Thành phố Hà Nội", "commune": "Phường Ba Đình", "commune_typed": "ba dinh"}
TRACKING_NUMBER = "EB123456785VN"


def test_cash_is_paid_at_the_door_and_handed_over_by_the_carrier(new_page: NewPage) -> None:
    total = _delivered(new_page)
    desk = new_page(DESK, who=ADMIN)
    desk.goto("/quan-tri/ngan-hang/thu-ho/doi-soat/")
    desk.select_option("#id_carrier", label=work.CARRIER)
    # The carrier's sheet as it is copied: a tab between the columns. A parcel that is not ours stands in it, too.
    desk.fill("#id_pasted", f"{TRACKING_NUMBER}\t{total}\nEB999999999VN\t50000")
    desk.locator("main form button.btn-primary").click()
    expect(desk.locator("main .page-head")).to_contain_text("1 ")
    expect(desk.locator("tr", has_text="EB999999999VN")).to_have_count(1)
    assert shopping.amount(desk.locator("main form b.num")) == total
    assert axe_faults(desk) == []
    desk.locator("main form button.btn-primary").click()
    desk.wait_for_url("**/ngan-hang/thu-ho/")
    # What was taken in is known when the same sheet comes once more.
    desk.goto("/quan-tri/ngan-hang/thu-ho/doi-soat/")
    desk.select_option("#id_carrier", label=work.CARRIER)
    desk.fill("#id_pasted", f"{TRACKING_NUMBER}\t{total}")
    desk.locator("main form button.btn-primary").click()
    expect(desk.locator("main .empty")).to_be_visible()


def test_a_second_admin_lets_a_payout_run_go(new_page: NewPage) -> None:
    first, second = new_page(DESK, who=SECOND_ADMIN), new_page(DESK, who=ADMIN)
    first.goto("/quan-tri/chi-tra/")
    first.locator("tr", has_text=str(RunState.CHECKED.label)).get_by_role("link").first.click()
    expect(first.locator("main .page-head .pill")).to_have_text(str(RunState.CHECKED.label))
    expect(first.locator("main button[value=approve]")).to_have_count(0)
    second.goto(first.url)
    second.locator("main button[value=approve]").click()
    expect(second.locator("main .page-head .pill")).to_have_text(str(RunState.APPROVED.label))
    with second.expect_download() as file:
        second.locator("form[action$='/tep/'] button").click()
    rows = file.value.path().read_text("utf-8-sig").splitlines()
    # A head, then a row a payout.
    assert len(rows) - 1 == second.locator("main tbody tr").count()
    second.reload()
    second.fill("input[name=reference]", "FT26335000001")
    second.locator("form:has(input[value=confirm]) button").click()
    states = second.locator("main tbody .pill")
    assert set(states.all_inner_texts()) == {str(PayoutState.PAID.label)}


def _delivered(new_page: NewPage) -> int:
    """A guest's parcel is at the door and paid there; what was paid."""
    guest = Hands(new_page(PHONE))
    guest.go("/")
    shopping.add(guest, GOODS, 1)
    shopping.open_basket(guest)
    total = shopping.check_out(guest, Buyer("Nguyễn Thị Hoa", "0912 345 678", "thu-ho@example.test", **PLACE))
    shopping.place(guest)
    ((part, state),) = shopping.states(guest.page).items()
    assert state == str(State.PLACED.label)
    vendor = Hands(new_page(PHONE))
    work.enter_portal(vendor, SECOND_SELLER)
    work.open_order(vendor, part)
    work.confirm(vendor)
    work.pack(vendor)
    work.hand_over(vendor, TRACKING_NUMBER)
    work.deliver(vendor)
    return total
