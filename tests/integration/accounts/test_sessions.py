"""Sessions: when they end, that they are renewed at sign-in, and that their person sees and ends them."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from apps.accounts.models import User
from apps.storefront.sign_ins import browser_words
from tests.factories import shop
from tests.factories.people import PASSWORD, confirm, make_admin, make_user, sign_in

pytestmark = pytest.mark.django_db
ACCOUNT, PORTAL, DESK = "/tai-khoan/", "/ban-hang/don-hang/", "/quan-tri/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36"


def shopper() -> User:
    return make_user()


def seller() -> User:
    owner = make_user()
    shop.vendor(owner)
    return owner


def visits(client: Client, path: str, every: timedelta, times: int) -> list[int]:
    """The answers to a request now and then one after each span."""
    start = timezone.now()
    found = []
    for number in range(times):
        with time_machine.travel(start + every * number, tick=False):
            found.append(client.get(path).status_code)
    return found


@pytest.mark.parametrize(
    ("make", "path", "idle"),
    [
        (shopper, ACCOUNT, timedelta(days=13)),
        (seller, PORTAL, timedelta(hours=12)),
        (make_admin, DESK, timedelta(hours=1)),
    ],
)
def test_a_session_that_rests_too_long_is_over(make: "type[User]", path: str, idle: timedelta) -> None:
    minute = timedelta(minutes=1)
    client = sign_in(Client(), make())
    assert visits(client, path, idle - minute, 2) == [200, 200]
    later = timezone.now() + (idle - minute) + idle + 2 * timedelta(days=1)
    with time_machine.travel(later, tick=False):
        answer = client.get(path)
        assert (answer.status_code, urlsplit(answer["Location"]).path) == (302, "/tai-khoan/login/")


@pytest.mark.parametrize(
    ("make", "path", "idle", "whole"),
    [
        (seller, PORTAL, timedelta(hours=12), timedelta(days=7)),
        (make_admin, DESK, timedelta(hours=1), timedelta(hours=12)),
    ],
)
def test_nobody_at_work_is_signed_in_for_ever(make: "type[User]", path: str, idle: timedelta, whole: timedelta) -> None:
    client = sign_in(Client(), make())
    step = idle * 0.9
    most = int(whole / step)
    assert visits(client, path, step, most + 2) == [200] * (most + 1) + [302]


def test_a_shoppers_session_lasts_sixty_days_when_it_is_used(settings: Settings) -> None:
    client = sign_in(Client(), shopper())
    assert visits(client, ACCOUNT, timedelta(days=10), 8) == [200] * 7 + [302]


def test_the_times_of_work_begin_at_the_door_of_the_portal() -> None:
    owner = seller()
    client = sign_in(Client(), owner)
    client.get(ACCOUNT)
    with time_machine.travel(timezone.now() + timedelta(hours=11), tick=False):
        assert [client.get(path).status_code for path in (ACCOUNT, PORTAL, ACCOUNT)] == [200, 200, 200]
    with time_machine.travel(timezone.now() + timedelta(hours=24), tick=False):
        assert [client.get(path).status_code for path in (ACCOUNT, PORTAL)] == [302, 302]
    late = sign_in(Client(), owner)
    late.get(ACCOUNT)
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        assert [late.get(path).status_code for path in (ACCOUNT, PORTAL, ACCOUNT)] == [200, 302, 302]


def test_who_is_signed_out_by_time_is_told(client: Client) -> None:
    sign_in(client, make_admin())
    client.get(DESK)
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        page = client.get(DESK, follow=True)
    assert page.redirect_chain == [("/tai-khoan/login/?next=/quan-tri/", 302)]
    assert "Bạn đã được đăng xuất" in page.content.decode()


def test_signing_in_gives_the_session_a_new_key(client: Client) -> None:
    user = make_user()
    client.get("/tai-khoan/login/")
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client, user)
    assert client.session.session_key != before
    assert not client.session.exists(before)


def test_a_new_password_ends_all_other_sessions() -> None:
    user = make_user()
    here, there = sign_in(Client(), user), sign_in(Client(), user)
    new = "một mật khẩu hoàn toàn khác"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/tai-khoan/password/change/", data).status_code == 302
    assert [client.get(ACCOUNT).status_code for client in (here, there)] == [200, 302]


def test_a_person_sees_and_ends_single_sessions() -> None:
    user = make_user()
    here = confirm(sign_in(Client(HTTP_USER_AGENT=FIREFOX), user))
    there = sign_in(Client(HTTP_USER_AGENT=PHONE, REMOTE_ADDR="198.51.100.9"), user)
    stranger = sign_in(Client(), make_user())
    page = here.get(reverse("usersessions_list")).content.decode()
    found = [words in page for words in ("Firefox, Linux", "Chrome, Android", "198.51.100.9", "Trình duyệt này")]
    assert found == [True] * 4
    theirs = UserSession.objects.get(ip="198.51.100.9")
    for wanted in ("", "x", str(UserSession.objects.exclude(user=user).get().pk)):
        here.post(reverse("usersessions_list"), {"session": wanted})
    assert UserSession.objects.count() == 3
    assert here.post(reverse("usersessions_list"), {"session": theirs.pk})["Location"] == reverse("usersessions_list")
    assert [client.get(ACCOUNT).status_code for client in (here, there, stranger)] == [200, 302, 200]


def test_a_person_ends_all_other_sessions() -> None:
    user = make_user()
    here, there, phone = (sign_in(Client(), user) for _ in range(3))
    confirm(here).post(reverse("usersessions_list"))
    assert [client.get(ACCOUNT).status_code for client in (here, there, phone)] == [200, 302, 302]


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/tai-khoan/sessions/", {}),
        ("/tai-khoan/email/", {"email": "moi@example.test", "action_add": ""}),
        ("/quan-tri-du-lieu/accounts/user/{pk}/change/", {"is_staff": "on", "email": "moi@example.test"}),
    ],
)
def test_what_decides_over_an_account_asks_for_the_password_once_more(path: str, data: dict[str, str]) -> None:
    admin = make_admin()
    client, there = (sign_in(Client(), admin) for _ in range(2))
    path = path.format(pk=make_user("cu@example.test").pk)
    refused = client.post(path, data)
    assert (refused.status_code, urlsplit(refused["Location"]).path) == (302, "/tai-khoan/reauthenticate/")
    assert there.get(ACCOUNT).status_code == 200
    # Once the password is given, what was sent before is done.
    client.post(refused["Location"], {"password": PASSWORD})
    assert there.get(ACCOUNT).status_code == (302 if "sessions" in path else 200)
    with time_machine.travel(timezone.now() + timedelta(minutes=9), tick=False):
        assert "reauthenticate" not in client.post(path, data).get("Location", "")
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        assert "reauthenticate" in client.post(path, data)["Location"]


PRIVATE = (
    "/tai-khoan/login/",
    "/tai-khoan/",
    "/en/tai-khoan/sessions/",
    "/ban-hang/",
    "/quan-tri/",
    "/quan-tri-du-lieu/",
)


@pytest.mark.parametrize("path", PRIVATE)
def test_no_cache_keeps_the_pages_of_a_person(path: str) -> None:
    for client in (Client(), sign_in(Client(), make_admin())):
        assert "no-store" in client.get(path)["Cache-Control"], path


def test_browsers_are_called_by_their_names() -> None:
    agents = [FIREFOX, PHONE, "", "curl/8.0", "Mozilla/5.0 (iPhone) Version/19.0 Mobile Safari/604.1", "x" * 500]
    other = "Trình duyệt khác"
    assert [browser_words(agent) for agent in agents] == [
        "Firefox, Linux",
        "Chrome, Android",
        other,
        other,
        "Safari, iPhone",
        other,
    ]
