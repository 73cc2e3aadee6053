"""Where signing in leads, what the forms say and what a new account takes along."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.shop.order.models import Order
from apps.vendors.models import Membership
from apps.vendors.states import Role
from tests.factories.catalogue import make_product
from tests.factories.people import PASSWORD, make_user
from tests.factories.sales import ready_to_sell
from tests.factories.vendors import make_vendor
from tests.integration.storefront.buying import add, filled_in, submit

pytestmark = pytest.mark.django_db


def lands_on(client: Client, email: str, **more: str) -> str:
    return client.post(reverse("account_login"), {"login": email, "password": PASSWORD, **more})["Location"]


def test_everybody_lands_at_their_work(client: Client) -> None:
    admin, member, shopper = make_user(is_staff=True), make_user(), make_user()
    Membership.objects.create(vendor=make_vendor(), user=member, role=Role.ORDERS)
    assert lands_on(Client(), admin.email) == reverse("backoffice:home")
    assert lands_on(Client(), member.email) == reverse("vendor_portal:home")
    assert lands_on(Client(), shopper.email) == reverse("storefront:account")
    assert lands_on(Client(), admin.email, next="/gio-hang/") == "/gio-hang/"


def test_the_account_links_to_the_work(client: Client) -> None:
    admin, member = make_user(is_staff=True), make_user()
    Membership.objects.create(vendor=make_vendor(), user=member, role=Role.ORDERS)
    found = []
    for person in (admin, member, make_user()):
        client.force_login(person)
        html = client.get(reverse("storefront:account_profile")).content.decode()
        found.append([f'class="account-link" href="{path}"' in html for path in ("/quan-tri/", "/ban-hang/")])
    assert found == [[True, False], [False, True], [False, False]]


def test_a_kept_phone_is_shown_as_people_write_it(client: Client) -> None:
    client.force_login(make_user(phone="+84912345678"))
    form = client.get(reverse("storefront:account_profile")).content.decode()
    assert ('value="0912 345 678"' in form, "+84912345678" in form) == (True, False)


def test_the_sign_up_form_names_rules_and_privacy(client: Client) -> None:
    html = client.get(reverse("account_signup")).content.decode().split('id="id_password1"')[1].split("</form>")[0]
    assert [f'href="/tro-giup/{slug}/"' in html for slug in ("quy-che", "rieng-tu")] == [True, True]


def test_a_guest_order_comes_along_into_the_new_account(client: Client) -> None:
    ready_to_sell()
    add(client, make_product())
    submit(client, filled_in(client))
    add(Client(), make_product())
    data = {"email": "moi@example.test", "password1": "mật khẩu rất dài", "full_name": "Người Mới"}
    client.post(reverse("account_signup"), data)
    order = Order.objects.get()
    assert order.user.email == "moi@example.test"
    assert order.number in client.get(reverse("storefront:account_orders")).content.decode()


def test_an_order_of_somebody_else_stays_theirs(client: Client) -> None:
    ready_to_sell()
    owner = make_user()
    client.force_login(owner)
    add(client, make_product())
    submit(client, filled_in(client))
    cookie = client.cookies["orders"].value
    other = Client()
    other.cookies["orders"] = cookie
    other.post(reverse("account_signup"), {"email": "moi@example.test", "password1": "mật khẩu rất dài"})
    assert Order.objects.get().user == owner


def test_an_order_for_another_address_stays_a_guests(client: Client) -> None:
    ready_to_sell()
    add(client, make_product())
    submit(client, filled_in(client, email="nguoi.mua@example.test"))
    client.post(reverse("account_signup"), {"email": "moi@example.test", "password1": "mật khẩu rất dài"})
    assert Order.objects.get().user is None
