"""Limits on tries: what is refused, for how long, what the page then keeps, and what holds while the cache is away."""

import logging
import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from axes.models import AccessAttempt
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from apps.shop.order.models import Order
from tests.factories import shop
from tests.factories.catalogue import make_product
from tests.factories.people import PASSWORD, make_user
from tests.factories.sales import ready_to_sell
from tests.integration.storefront.buying import add, filled_in, submit

pytestmark = pytest.mark.django_db
LOGIN = "/tai-khoan/login/"
DEAD = {"BACKEND": "marketplace.caches.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:1/0"}


def sign_in(email: str, password: str = "khong dung", **extra: str) -> int:
    return Client().post(LOGIN, {"login": email, "password": password}, **extra).status_code


def refused(client: Client, path: str, data: dict[str, object], most: int) -> list[int]:
    return [client.post(path, data).status_code for _ in range(most + 1)]


@pytest.mark.parametrize("cache_away", [False, True])
def test_five_wrong_passwords_shut_an_account_for_this_address_only(settings: Settings, cache_away: bool) -> None:
    if cache_away:
        settings.CACHES = {**settings.CACHES, "default": DEAD}
    make_user("a@example.test")
    make_user("b@example.test")
    spellings = ("a@example.test", "A@example.test", "a@Example.test", "A@EXAMPLE.TEST", "a@example.test")
    agents = [{"HTTP_USER_AGENT": f"browser {n}"} for n in range(5)]
    answers = [sign_in(name, **agent) for name, agent in zip(spellings, agents, strict=True)]
    assert answers == [200, 200, 200, 200, 429]
    assert sign_in("a@example.test", PASSWORD) == 429, "the right password must not tell that it is right"
    assert sign_in("b@example.test", PASSWORD) == 302
    assert sign_in("a@example.test", PASSWORD, REMOTE_ADDR="198.51.100.7") == 302


def test_an_account_that_does_not_exist_answers_alike() -> None:
    make_user("a@example.test")
    assert [[sign_in(name) for _ in range(6)] for name in ("a@example.test", "x@example.test")] == [
        [200, 200, 200, 200, 429, 429]
    ] * 2


def test_after_a_quarter_of_an_hour_the_account_is_open_again() -> None:
    make_user("a@example.test")
    assert [sign_in("a@example.test") for _ in range(5)][-1] == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=14), tick=False):
        assert sign_in("a@example.test", PASSWORD) == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        assert sign_in("a@example.test", PASSWORD) == 302
    assert AccessAttempt.objects.count() == 0


@pytest.mark.parametrize(
    ("prefix", "words"), [("", "Thử lại sau 15 phút"), ("/en", "Try again in 15 minutes")], ids=["vi", "en"]
)
def test_the_refusal_is_a_page_that_keeps_what_was_typed(client: Client, prefix: str, words: str) -> None:
    make_user("a@example.test")
    data = {"login": "a@example.test", "password": "bí mật của tôi", "next": "/gio-hang/"}
    for _ in range(5):
        answer = client.post(prefix + LOGIN, data)
    page = unescape(answer.content.decode())
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
    assert answer["Cache-Control"] == "private, no-store"
    assert words in page
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    kept.pop("csrfmiddlewaretoken")
    assert kept == {"login": "a@example.test", "next": "/gio-hang/"}
    assert "bí mật của tôi" not in page


def test_nothing_of_the_form_is_kept_or_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for _ in range(5):
        sign_in("kin@example.test", "mật khẩu gõ nhầm")
    row = AccessAttempt.objects.get()
    assert "kin@example.test" not in row.post_data
    assert "gõ nhầm" not in row.post_data + caplog.text
    assert "kin@example.test" not in caplog.text


def test_the_password_once_more_is_counted_too(client: Client) -> None:
    user = make_user("a@example.test")
    client.force_login(user)
    assert refused(client, "/tai-khoan/reauthenticate/", {"password": "x"}, 4) == [200] * 4 + [429]


def test_signing_up_has_a_limit(client: Client) -> None:
    data = {"email": "khong-phai", "password1": "x"}
    assert refused(client, "/tai-khoan/signup/", data, 20) == [200] * 20 + [429]
    assert Client(REMOTE_ADDR="198.51.100.7").post("/tai-khoan/signup/", data).status_code == 200


def test_asking_for_a_new_password_has_a_limit(client: Client) -> None:
    answers = [
        client.post("/tai-khoan/password/reset/", {"email": f"n{number}@example.test"}).status_code
        for number in range(11)
    ]
    assert answers == [302] * 10 + [429]


def test_without_its_counts_no_mail_for_a_new_password_leaves(client: Client, settings: Settings) -> None:
    settings.CACHES = {**settings.CACHES, "default": DEAD}
    make_user("a@example.test")
    answer = client.post("/tai-khoan/password/reset/", {"email": "a@example.test"})
    assert (answer.status_code, answer["Retry-After"], len(mail.outbox)) == (429, "60", 0)
    assert 'name="email" value="a@example.test"' in answer.content.decode()
    assert client.get("/tai-khoan/password/reset/").status_code == 200
    assert [client.get(path).status_code for path in ("/", "/tim-kiem/?q=che", "/gio-hang/")] == [200] * 3


def test_one_address_places_so_many_guest_orders(client: Client, settings: Settings) -> None:
    settings.GUEST_ORDERS_PER_ADDRESS = 2
    ready_to_sell()
    for _ in range(3):
        add(client, make_product())
        answer = submit(client, filled_in(client, note="Gọi trước"))
    assert (answer.status_code, Order.objects.count()) == (429, 2)
    page = answer.content.decode()
    assert [f'name="{name}"' in page for name in ("token", "name", "phone", "street", "note")] == [True] * 5
    client.force_login(make_user())
    add(client, make_product())
    assert submit(client, filled_in(client)).status_code == 302


def test_nobody_is_flooded_with_parcels(client: Client, settings: Settings) -> None:
    settings.ORDERS_PER_PHONE = 1
    ready_to_sell()
    answers = []
    for phone, address in (("0912 345 678", "1"), ("+84 912 345 678", "2"), ("0912 345 679", "3")):
        browser = Client(REMOTE_ADDR=f"198.51.100.{address}")
        add(browser, make_product())
        answers.append(submit(browser, filled_in(browser, phone=phone)).status_code)
    assert (answers, Order.objects.count()) == ([302, 429, 302], 2)


def test_applications_and_uploads_have_a_limit(client: Client) -> None:
    client.force_login(make_user())
    assert refused(client, reverse("vendor_portal:apply"), {"name": "HTX"}, 30) == [422] * 30 + [429]
    seller = make_user()
    shop.vendor(seller)
    client.force_login(seller)
    nobodys = reverse("vendor_portal:pictures", args=[1])  # counted, and answered quickly
    assert refused(client, nobodys, {}, 120) == [404] * 120 + [429]
    certificate = reverse("vendor_portal:certificate", args=[1])
    assert [client.post(path).status_code for path in (certificate, reverse("vendor_portal:listing_new"))] == [429] * 2
    assert client.get(reverse("vendor_portal:listing_new")).status_code == 200
