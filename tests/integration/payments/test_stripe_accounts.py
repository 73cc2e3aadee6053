"""A vendor's own account at Stripe, from the button to the first payout that may go there, over a socket."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from apps.kernel.clock import now
from apps.notifications.models import Notification
from apps.payments.providers.port import ProviderAway
from apps.payouts.handlers import on_stripe_accounts
from apps.payouts.models import StripeAccount
from apps.payouts.selectors import destination_of
from apps.payouts.services.accounts import HOLD
from apps.payouts.services.stripe_accounts import begin
from apps.vendors.models import Vendor
from apps.vendors.states import Role
from tests.factories.payments import SYSTEM
from tests.factories.payouts import make_account
from tests.factories.people import confirm, sign_in
from tests.factories.vendors import make_member, make_vendor
from tests.integration.payments.conftest import Shop
from tests.unit.fakes.shopping import browse

pytestmark = pytest.mark.django_db
BANK, STRIPE, BACK = (reverse(f"vendor_portal:{name}") for name in ("bank", "stripe", "stripe_back"))
REMOVE = reverse("vendor_portal:stripe_remove")


@pytest.fixture
def vendor(shop: Shop) -> Vendor:
    vendor = make_vendor()
    make_account(vendor)
    return vendor


@pytest.fixture
def seller(vendor: Vendor) -> Client:
    """The vendor's bookkeeper, who has given the password a moment ago."""
    return confirm(sign_in(Client(), make_member(vendor, Role.FINANCE)))


def account() -> StripeAccount:
    return StripeAccount.objects.get(removed_at=None)


def hold_is_over() -> None:
    StripeAccount.objects.update(hold_until=now())


def page_of(vendor: Vendor) -> str:
    return begin(vendor=vendor, back="http://shop.test/ve/", again="http://shop.test/", actor=SYSTEM)


@pytest.mark.parametrize("is_v2", [True, False])
def test_a_vendor_comes_back_from_stripe_ready(shop: Shop, vendor: Vendor, seller: Client, is_v2: bool) -> None:
    shop.stripe.admin("accounts/v2", enabled=is_v2)
    at_stripe = seller.post(STRIPE)["Location"]
    assert browse(at_stripe, {"answer": "done"}).location.endswith(BACK)
    assert (account().is_v2, account().may_receive) == (is_v2, False)
    assert seller.get(BACK)["Location"] == BANK
    assert account().may_receive
    # A new way for the money is held as a new bank account is.
    assert account().hold_until > now() + HOLD - dt.timedelta(minutes=1)
    assert destination_of(vendor=vendor) == vendor.bank_accounts.get()
    hold_is_over()
    assert destination_of(vendor=vendor) == account()


def test_a_vendor_that_breaks_off_goes_on_later_with_the_same_account(
    shop: Shop, vendor: Vendor, seller: Client
) -> None:
    browse(seller.post(STRIPE)["Location"], {"answer": "later"})
    seller.get(BACK)
    first = account()
    assert not first.may_receive
    browse(seller.post(STRIPE)["Location"], {"answer": "done"})
    seller.get(BACK)
    assert (account().account_id, account().may_receive) == (first.account_id, True)


def test_an_account_whose_number_was_lost_is_not_opened_twice(shop: Shop, vendor: Vendor) -> None:
    shop.stripe.admin("faults", kind="drop_after", path="/v2/core/accounts", times=3)
    with pytest.raises(ProviderAway):
        page_of(vendor)
    assert account().account_id == ""
    page_of(vendor)
    assert len(shop.stripe.world.store.select("v2.core.account")) == 1


@pytest.mark.parametrize("is_v2", [True, False])
def test_notices_say_when_an_account_may_receive_and_when_no_more(shop: Shop, vendor: Vendor, is_v2: bool) -> None:
    shop.stripe.admin("accounts/v2", enabled=is_v2)
    page_of(vendor)
    number = account().account_id
    for name, expected in (("onboard", True), ("restrict", False)):
        shop.stripe.admin(f"accounts/{name}", account=number)
        assert set(shop.hear(times=2)) == {200}
        shop.work()
        assert account().may_receive is expected


def test_stripe_is_asked_every_day(shop: Shop, vendor: Vendor) -> None:
    page_of(vendor)
    shop.stripe.admin("accounts/onboard", account=account().account_id)
    on_stripe_accounts({})
    shop.work("stripe_account.refresh")
    assert account().may_receive


def test_the_password_is_asked_first_and_everybody_is_told(shop: Shop, vendor: Vendor) -> None:
    person = make_member(vendor, Role.FINANCE)
    stale = Client()
    stale.force_login(person)
    assert "reauthenticate" in stale.post(STRIPE)["Location"]
    assert StripeAccount.objects.count() == 0
    page_of(vendor)
    shop.work("stripe_account.opened")
    assert Notification.objects.filter(event="stripe_account.opened", user=person).count() == 1


def test_taken_away_it_counts_no_more_and_another_is_a_new_one(shop: Shop, vendor: Vendor, seller: Client) -> None:
    page_of(vendor)
    first = account()
    StripeAccount.objects.update(may_receive=True)
    hold_is_over()
    seller.post(REMOVE)
    seller.post(REMOVE)
    assert destination_of(vendor=vendor) == vendor.bank_accounts.get()
    shop.work("stripe_account.withdrawn")
    assert Notification.objects.filter(event="stripe_account.withdrawn").exists()
    page_of(vendor)
    assert account().account_id != first.account_id


def test_stripe_away_is_said(shop: Shop, vendor: Vendor, seller: Client) -> None:
    shop.stripe.admin("faults", kind="bad_gateway", times=3)
    assert "Stripe cannot be reached" in seller.post(f"/en{STRIPE}", follow=True).content.decode()


def test_the_page_says_how_it_stands(shop: Shop, vendor: Vendor, seller: Client) -> None:
    def page() -> str:
        return seller.get(f"/en{BANK}").content.decode()

    assert "Receive payouts through Stripe" in page()
    page_of(vendor)
    assert "Go on at Stripe" in page()
    StripeAccount.objects.update(may_receive=True)
    assert "On hold" in page()
    hold_is_over()
    assert "Payouts go there" in page()


def test_without_stripe_nothing_is_offered(vendor: Vendor, seller: Client, settings: object) -> None:
    settings.STRIPE_SECRET_KEY = ""  # type: ignore[attr-defined]
    assert "Stripe" not in seller.get(f"/en{BANK}").content.decode()
    assert [seller.get(path).status_code for path in (STRIPE, BACK)] == [404, 302]
