"""What holds for every answer, whatever the page: addresses, bad requests, a busy database, limits without a cache."""

import re
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from apps.storefront.checks import operator_is_named
from apps.storefront.forms.checkout import CheckoutForm
from apps.storefront.forms.sign_in import LoginForm, ResetPasswordForm, SignUpForm
from apps.storefront.views.tracking import MOST_TRIES, MOST_TRIES_ON_ORDER
from apps.vendor_portal.forms.apply import ApplyForm, ProfileForm
from tests.factories import shop
from tests.factories.catalogue import make_product
from tests.factories.people import PASSWORD, make_user
from tests.factories.sales import ready_to_sell

pytestmark = pytest.mark.django_db


def test_every_address_in_the_maps_of_the_site_is_the_shops_own(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://shop.example:8443"
    make_product()
    for path in ("/sitemap.xml", "/sitemap-products.xml", "/robots.txt"):
        found = re.findall(r"https?://[^/<\s]+", re.sub(r'xmlns(:\w+)?="[^"]+"', "", client.get(path).content.decode()))
        assert set(found) == {"https://shop.example:8443"}, path
    parts = re.findall(r"<loc>([^<]+)</loc>", client.get("/sitemap.xml").content.decode())
    assert parts == [f"https://shop.example:8443/sitemap-{name}.xml" for name in ("products", "vendors", "lists")]


def test_the_admin_of_raw_tables_has_the_sign_in_with_limits(client: Client) -> None:
    answer = client.post("/quan-tri-du-lieu/login/", {"username": "a@example.test", "password": "x"})
    assert (answer.status_code, answer["Location"]) == (302, "/tai-khoan/login/?next=%2Fquan-tri-du-lieu%2Flogin%2F")
    assert client.get("/quan-tri-du-lieu/", follow=True).redirect_chain == [
        ("/quan-tri-du-lieu/login/?next=/quan-tri-du-lieu/", 302),
        ("/tai-khoan/login/?next=%2Fquan-tri-du-lieu%2F", 302),
    ]


HUGE = "9" * 20
LONG_EMAIL = f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 12}.vn"


@pytest.mark.parametrize(
    "path", [f"/san-pham/x-{HUGE}/", f"/so-chung-nhan/{HUGE}/ban-quet/", f"/en/san-pham/x-{HUGE}/"]
)
def test_a_number_that_no_row_can_have_is_no_address(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/?q=%00", "/tim-kiem/?q=a%00b", "/tim-kiem/?%00=1", "/don-hang/%00/", "/quan-tri-du-lieu/?q=%00"]
)
def test_nul_in_an_address_is_a_bad_request(client: Client, path: str) -> None:
    assert client.get(path).status_code == 400


def test_nul_in_a_form_is_a_bad_request(client: Client) -> None:
    answers = [
        client.post("/tai-khoan/login/", {"login": "a\0@example.test", "password": "x"}),
        client.post("/don-hang/tra-cuu/", "number=%00&phone=1", content_type="application/x-www-form-urlencoded"),
        client.post("/don-hang/tra-cuu/", {"num\0ber": "1"}),
    ]
    assert [answer.status_code for answer in answers] == [400] * 3
    assert client.post("/don-hang/tra-cuu/", {"number": "%00", "phone": "1"}).status_code == 422


def test_an_address_longer_than_its_column_is_refused_by_every_form(client: Client) -> None:
    forms = [
        LoginForm({"login": LONG_EMAIL, "password": "x"}),
        SignUpForm({"email": LONG_EMAIL, "password1": "gao tam thom"}),
        ResetPasswordForm({"email": LONG_EMAIL}),
        ApplyForm({"email": LONG_EMAIL}),
        ProfileForm({"email": LONG_EMAIL}),
        CheckoutForm({"email": LONG_EMAIL}),
    ]
    assert len(LONG_EMAIL) == 261
    fields = ["login", "email", "email", "email", "email", "email"]
    assert [bool(form.errors.get(name)) for form, name in zip(forms, fields, strict=True)] == [True] * 6


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_busy_database_is_no_fault_of_ours(client: Client, tmp_path: Path, language: str) -> None:
    client.raise_request_exception = False
    path = {"vi": "/", "en": "/en/"}[language]
    with connection.execute_wrapper(LockedFile(tmp_path / "shop.sqlite3")):
        answer = client.get(path)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    words = {"vi": "Cửa hàng đang đông", "en": "The shop is crowded just now"}[language]
    assert words in answer.content.decode()


class LockedFile:
    """Every statement meets a real SQLite file that another connection is writing to."""

    def __init__(self, path: Path) -> None:
        self.writer = sqlite3.connect(path, isolation_level=None)
        self.writer.execute("BEGIN EXCLUSIVE")
        self.path = path

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        try:
            sqlite3.connect(self.path, timeout=0).execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as problem:
            raise OperationalError(*problem.args) from problem
        return execute(sql, params, many, context)


@pytest.mark.parametrize(
    "path", ["/", "/en/tim-kiem/", "/khong-co/", "/?q=%00", "/tai-khoan/login/", "/quan-tri-du-lieu/login/", "/healthz"]
)
def test_every_answer_says_what_a_page_may_load(client: Client, path: str) -> None:
    answer = client.get(path)
    policy = answer["Content-Security-Policy"].split("; ")
    assert sorted(policy) == [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self' https://checkout.stripe.com https://connect.stripe.com",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "manifest-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
    ]
    said = {name: answer[name] for name in HEADERS}
    assert said == HEADERS
    assert "camera=(), " in answer["Permissions-Policy"]


HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize("path", ["/", "/don-hang/tra-cuu/", "/tai-khoan/password/reset/", "/sitemap.xml"])
def test_the_host_that_a_client_names_is_believed_only_when_it_is_ours(client: Client, path: str) -> None:
    evil = client.get(path, headers={"Host": "evil.example"})
    assert (evil.status_code, b"evil.example" in evil.content) == (400, False)
    forwarded = client.get(path, headers={"X-Forwarded-Host": "evil.example"})
    assert (forwarded.status_code, b"evil.example" in forwarded.content) == (200, False)


def test_the_link_in_a_mail_follows_no_header(client: Client, mailoutbox: list[EmailMessage]) -> None:
    make_user("a@example.test")
    client.post(
        "/tai-khoan/password/reset/",
        {"email": "a@example.test"},
        headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"},
    )
    assert [
        ("evil.example" in letter.body, "/tai-khoan/password/reset/key/" in letter.body) for letter in mailoutbox
    ] == [(False, True)]


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "/%09/evil.example/../..//evil.example",
    "http://testserver@evil.example/",
    " //evil.example",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_no_link_of_ours_leads_elsewhere(client: Client, target: str) -> None:
    ready_to_sell()
    user = make_user()
    login = {"login": user.email, "password": PASSWORD, "next": target}
    person = Client()
    person.force_login(user)
    seller = Client()
    owner = make_user()
    listing = shop.draft(shop.vendor(owner))
    seller.force_login(owner)
    answers = [
        Client().post("/tai-khoan/login/", login),
        Client().post(f"/tai-khoan/login/?next={quote(target)}", {**login, "next": ""}),
        person.get(f"/tai-khoan/login/?next={quote(target)}"),
        person.post("/tai-khoan/logout/", {"next": target}),
        client.post("/giao-den/", {"province": "79", "next": target}, headers={"Sec-Fetch-Site": "same-origin"}),
        seller.post(reverse("vendor_portal:listing_quick", args=[listing.pk]), {"next": target}),
    ]
    hosts = [(answer.status_code, urlsplit(answer["Location"]).netloc) for answer in answers]
    assert hosts == [(302, "")] * len(answers)
    assert [answer["Location"] for answer in answers if answer["Location"][:2] in ("//", "/\\")] == []


TRACK = {"number": "ZZZZZZZZ", "phone": "0912 345 678"}


@pytest.mark.parametrize(("proxies", "last"), [(0, 429), (1, 422)])
def test_the_client_is_who_the_last_trusted_proxy_says(
    client: Client, settings: Settings, proxies: int, last: int
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    answers = [
        client.post("/don-hang/tra-cuu/", TRACK, headers={"X-Forwarded-For": f"192.0.2.1, 198.51.100.{number}"})
        for number in range(MOST_TRIES + 1)
    ]
    assert [answer.status_code for answer in answers] == [422] * MOST_TRIES + [last]


def test_many_addresses_together_guess_no_faster(client: Client) -> None:
    spellings = ("ZZZZZZZZ", "zzzz zzzz", "zzzz-zzzz")
    answers = [
        client.post(
            "/don-hang/tra-cuu/", {**TRACK, "number": spellings[n % 3]}, REMOTE_ADDR=f"198.51.100.{n}"
        ).status_code
        for n in range(MOST_TRIES_ON_ORDER + 1)
    ]
    assert answers == [422] * MOST_TRIES_ON_ORDER + [429]
    other = client.post("/don-hang/tra-cuu/", {**TRACK, "number": "YYYYYYYY"}, REMOTE_ADDR="198.51.100.250")
    assert other.status_code == 422


def test_a_dead_cache_lets_everybody_through(
    client: Client, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    # An address of its own: what one test finds out about a Redis is known to all threads for some seconds.
    away = {"BACKEND": "marketplace.caches.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:2/0"}
    settings.CACHES = {**settings.CACHES, "default": away}
    make_user("a@example.test")
    assert client.post("/tai-khoan/login/", {"login": "a@example.test", "password": "wrong"}).status_code == 200
    assert [client.post("/don-hang/tra-cuu/", TRACK).status_code for _ in range(12)] == [422] * 12
    assert client.post("/tai-khoan/login/", {"login": "a@example.test", "password": PASSWORD}).status_code == 302
    assert len([line for line in caplog.messages if line.startswith("cache: Redis is away")]) == 1
    assert (cache.get("x", 7), cache.add("x", 1), cache.has_key("x"), cache.get_many(["x"])) == (7, True, False, {})
    with pytest.raises(ValueError, match="not found"):
        cache.incr("x")


def test_the_footer_names_who_runs_the_shop(client: Client, settings: Settings) -> None:
    demo = client.get("/en/").content.decode()
    assert "No. 5799900019, first issued on 05/01/2026 by Sở Tài chính tỉnh Quảng Ninh" in demo
    assert demo.count("sample data") == 3
    given = {"company": "Công ty Thật", "registration_number": "0312345678", "registration_date": "01/02/2025"}
    settings.PLATFORM = dict.fromkeys(settings.PLATFORM, "") | {"name": "Sản Vật"} | given
    real = client.get("/en/").content.decode()
    assert "No. 0312345678, first issued on 01/02/2025" in real
    assert ("sample data" in real, "Công ty Thật" in real, "Trading floor" in real) == (False, True, False)


def test_a_footer_that_names_nobody_is_a_warning(settings: Settings) -> None:
    assert operator_is_named() == []
    settings.PLATFORM = {**settings.PLATFORM, "company": "", "phone": ""}
    (warning,) = operator_is_named()
    assert warning.msg.endswith("who runs the shop: PLATFORM_COMPANY, PLATFORM_PHONE.")
