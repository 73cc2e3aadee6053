"""The account: only the own orders and addresses, and every page of signing in in our look."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from apps.kernel.actor import Actor
from apps.shop.address.models import UserAddress
from apps.shop.address.services import AddressData, delete_address, save_address
from tests.factories.catalogue import make_product
from tests.factories.people import PASSWORD, make_user
from tests.factories.sales import make_order, ready_to_sell

pytestmark = pytest.mark.django_db
PAGES = ("account", "account_orders", "account_addresses", "account_address_new", "account_profile")


def home_of(user_id: int, street: str = "Số 1", **fields: bool) -> UserAddress:
    """A saved address."""
    data = AddressData(name="Hoa", phone="+84912345678", commune_code="26740", street=street, **fields)
    return save_address(user_id=user_id, actor=Actor.person(user_id), data=data)


@pytest.mark.parametrize("name", PAGES)
def test_strangers_sign_in_first_and_owners_see_the_page(client: Client, name: str) -> None:
    url = reverse(f"storefront:{name}")
    assert client.get(url)["Location"] == f"{reverse('account_login')}?next={url}"
    client.force_login(make_user())
    assert client.get(url).status_code == 200


def test_another_persons_order_and_address_do_not_exist(client: Client) -> None:
    ready_to_sell()
    owner = make_user()
    order = make_order(make_product(), user_id=owner.pk)
    address = home_of(owner.pk)
    client.force_login(make_user())
    assert client.get(reverse("storefront:account_order", args=[order.number])).status_code == 404
    assert client.get(reverse("storefront:account_address_edit", args=[address.pk])).status_code == 404
    assert client.post(reverse("storefront:account_address_delete", args=[address.pk])).status_code == 404
    client.force_login(owner)
    assert client.get(reverse("storefront:account_order", args=[order.number])).status_code == 200


def test_one_address_is_always_the_first() -> None:
    ready_to_sell()
    user_id = make_user().pk
    first, second = home_of(user_id), home_of(user_id, "Số 2", is_default=True)
    assert home_of(user_id, "Số 2").pk == second.pk
    first.refresh_from_db()
    assert first.is_default_for_shipping is False
    delete_address(address=second, actor=Actor.person(user_id))
    first.refresh_from_db()
    assert first.is_default_for_shipping is True


def test_the_same_street_in_two_communes_is_two_addresses() -> None:
    ready_to_sell()
    user_id = make_user().pk
    here = home_of(user_id, "Xóm 5")
    there = save_address(
        user_id=user_id,
        actor=Actor.person(user_id),
        data=AddressData(
            name="Hoa", phone="+84912345678", commune_code=make_product().origin_commune_id, street="Xóm 5"
        ),
    )
    assert here.pk != there.pk


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", ["login", "signup", "password/reset", "password/reset/done", "inactive"])
def test_no_stock_page_for_strangers(client: Client, prefix: str, path: str) -> None:
    page = client.get(f"{prefix}/tai-khoan/{path}/")
    assert (page.status_code, "account/frame.html" in [each.name for each in page.templates]) == (200, True)


@pytest.mark.parametrize("path", ["logout", "email", "password/change"])
def test_no_stock_page_for_people(client: Client, path: str) -> None:
    client.force_login(make_user())
    page = client.get(f"/tai-khoan/{path}/")
    assert (page.status_code, "account/frame.html" in [each.name for each in page.templates]) == (200, True)


@pytest.mark.parametrize(("prefix", "subject"), [("", "Đặt mật khẩu mới"), ("/en", "Choose a new password")])
def test_the_reset_mail_speaks_the_readers_language_and_works_once(client: Client, prefix: str, subject: str) -> None:
    user = make_user()
    client.post(f"{prefix}/tai-khoan/password/reset/", {"email": user.email})
    assert [message.subject for message in mail.outbox] == [subject]
    found = re.search(r"http://testserver(\S+)", mail.outbox[0].body)
    assert found is not None
    page = client.get(found[1], follow=True)
    new = "một mật khẩu khác"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    user.refresh_from_db()
    assert (user.check_password(PASSWORD), user.check_password(new)) == (False, True)
    assert Client().get(found[1], follow=True).context["token_fail"] is True


def test_the_profile_keeps_the_phone_in_one_form(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    data = {"full_name": "Hoa", "phone": "0912.345.678", "language": "en"}
    client.post(reverse("storefront:account_profile"), data)
    user.refresh_from_db()
    assert (user.full_name, user.phone, user.language) == ("Hoa", "+84912345678", "en")
