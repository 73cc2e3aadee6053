"""A wrong value in the environment stops the start and names its variable; `.env.example` tells the truth."""

import re
import runpy
import sys
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from apps.storefront import baskets, delivery_place
from apps.storefront.reading import MESSAGES
from marketplace.notes import HostCookieStorage
from marketplace.settings import env
from tools import sizes

GOOD = {
    "SECRET_KEY": "k" * 50,
    "ORDER_NUMBER_KEY": "k" * 16,
    "SITE_URL": "https://shop.example/",
    "ALLOWED_HOSTS": "shop.example, www.shop.example,",
    "DATABASE_URL": "postgres://shop:word@db:5432/shop",
}
OF_OTHERS = {
    "HOST",
    "PORT",
    "WEB_CONCURRENCY",
    "POSTGRES_PASSWORD",
}  # tools/serve.py, gunicorn.conf.py, docker-compose.yml


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a profile's settings anew, in an environment of only these variables."""

    def run(profile: str, **given: str) -> dict[str, Any]:
        for name in documented():
            monkeypatch.delenv(name, raising=False)
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        monkeypatch.delitem(sys.modules, "marketplace.settings.base", raising=False)
        return runpy.run_module(f"marketplace.settings.{profile}")

    return run


def documented() -> dict[str, str]:
    """The variables of `.env.example` with the values that it gives."""
    text = (sizes.ROOT / ".env.example").read_text("utf-8")
    return dict(re.findall(r"^#?([A-Z_]+)=(.*)$", text, flags=re.MULTILINE))


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("SECRET_KEY", "", "SECRET_KEY is missing."),
        ("SECRET_KEY", "short", "SECRET_KEY is too short: 5 bytes, at least 50 are needed."),
        ("ORDER_NUMBER_KEY", "", "ORDER_NUMBER_KEY is missing."),
        ("ORDER_NUMBER_KEY", "k" * 15, "ORDER_NUMBER_KEY is too short: 15 bytes, at least 16 are needed."),
        ("SITE_URL", "", "SITE_URL is missing."),
        ("SITE_URL", "shop.example", "SITE_URL is not http(s)://host: 'shop.example'."),
        ("SITE_URL", "ftp://shop.example", "SITE_URL is not http(s)://host: 'ftp://shop.example'."),
        ("SITE_URL", "https://shop.example/vi", "SITE_URL is not http(s)://host: 'https://shop.example/vi'."),
        ("SITE_URL", "https://shop.example:x", "SITE_URL is not http(s)://host: 'https://shop.example:x'."),
        ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS is missing."),
        ("ALLOWED_HOSTS", " , ", "ALLOWED_HOSTS is missing."),
        ("CSRF_TRUSTED_ORIGINS", "shop.example", "CSRF_TRUSTED_ORIGINS is not http(s)://host: 'shop.example'."),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL is none of DEBUG, INFO, WARNING, ERROR, CRITICAL: 'LOUD'."),
        ("REDIS_URL", "localhost:6379", "REDIS_URL does not begin with redis://, rediss:// or unix://."),
        ("MEDIA_ROOT", "", "MEDIA_ROOT is empty; give a folder or leave it out."),
        ("PRIVATE_ROOT", " ", "PRIVATE_ROOT is empty; give a folder or leave it out."),
        ("DATABASE_URL", "mysql://db/shop", "DATABASE_URL begins with neither sqlite:// nor postgres://."),
        ("BROKER_URL", "sqla://db", "BROKER_URL begins with none of redis://, rediss://, amqp://, amqps://."),
        ("TRUSTED_PROXY_COUNT", "one", "TRUSTED_PROXY_COUNT is not a whole number: 'one'."),
        ("TRUSTED_PROXY_COUNT", "-1", "TRUSTED_PROXY_COUNT is below zero: -1."),
        ("SECURE_SSL_REDIRECT", "perhaps", "SECURE_SSL_REDIRECT is not yes or no (true, false): 'perhaps'."),
    ],
)
def test_a_wrong_value_stops_the_start(load: Any, name: str, value: str, problem: str) -> None:
    with pytest.raises(ImproperlyConfigured) as stopped:
        load("production", **{**GOOD, name: value})
    assert str(stopped.value) == f"{problem} See .env.example."


def test_every_cookie_of_production_is_bound_to_its_host(load: Any) -> None:
    given = load("production", **GOOD)
    names = [
        given[name] for name in ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME", "COOKIE_PREFIX")
    ]
    assert [name[:7] for name in names] == ["__Host-"] * 4
    assert [given[f"{name}_COOKIE_SECURE"] for name in ("SESSION", "CSRF", "LANGUAGE")] == [True] * 3
    assert [given[f"{name}_COOKIE_HTTPONLY"] for name in ("SESSION", "CSRF", "LANGUAGE")] == [True] * 3
    assert [given.get(f"{name}_COOKIE_DOMAIN") for name in ("SESSION", "CSRF", "LANGUAGE")] == [None] * 3


def test_no_cookie_goes_without_the_prefix() -> None:
    own = {baskets.COOKIE: "basket", baskets.ORDERS_COOKIE: "orders", delivery_place.COOKIE: "giao-den"}
    own |= {HostCookieStorage.cookie_name: "messages", MESSAGES: "messages"}
    assert own == {f"{settings.COOKIE_PREFIX}{name}": name for name in own.values()}
    source = "".join(path.read_text("utf-8") for path in (sizes.ROOT / "apps").rglob("*.py"))
    assert len(re.findall(r"\bset_cookie\(", source)) == 3, "a new cookie needs the prefix, too"


@pytest.mark.parametrize("url", ["gopher://db/shop", "smtp"])
@pytest.mark.parametrize("name", ["DATABASE_URL", "EMAIL_URL"])
@pytest.mark.filterwarnings("ignore:Engine not recognized")
def test_an_address_of_a_store_that_is_none_names_its_variable(load: Any, name: str, url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"^{name} "):
        load("production", **{**GOOD, name: url})


def test_good_values_are_taken_without_blanks_and_slashes(load: Any) -> None:
    found = load("production", **GOOD, LOG_LEVEL="debug", TRUSTED_PROXY_COUNT="2", REDIS_URL="rediss://cache:6379/1")
    assert found["SITE_URL"] == "https://shop.example"
    assert found["ALLOWED_HOSTS"] == ["shop.example", "www.shop.example"]
    assert found["LOGGING"]["root"]["level"] == "DEBUG"
    assert (found["TRUSTED_PROXY_COUNT"], found["ALLAUTH_TRUSTED_PROXY_COUNT"]) == (2, 2)
    assert found["CACHES"]["default"]["LOCATION"] == "rediss://cache:6379/1"
    assert found["EMAIL_TIMEOUT"] == 10


def test_the_broker_is_the_caches_redis_unless_told(load: Any) -> None:
    redis, rabbit = "redis://cache:6379/0", "amqps://shop:word@broker//"
    assert load("production", **GOOD)["BROKER_URL"] == ""
    assert load("production", **GOOD, REDIS_URL="unix:///run/redis.sock")["BROKER_URL"] == ""
    found = load("production", **GOOD, REDIS_URL=redis, JOB_LEASE_SECONDS="60")
    assert (found["BROKER_URL"], found["CELERY_BROKER_URL"]) == (redis, redis)
    assert (found["CELERY_TASK_SOFT_TIME_LIMIT"], found["CELERY_TASK_TIME_LIMIT"]) == (48, 60)
    assert found["CELERY_BROKER_TRANSPORT_OPTIONS"]["unacked_restore_throttle"] == 1
    found = load("production", **GOOD, REDIS_URL=redis, BROKER_URL=rabbit)
    assert (found["CELERY_BROKER_URL"], found["CELERY_BROKER_TRANSPORT_OPTIONS"]["confirm_publish"]) == (rabbit, True)
    assert found["CELERY_TASK_QUEUES"][0].queue_arguments == {"x-queue-type": "quorum", "x-delivery-limit": 5}


def test_options_of_the_database_are_kept(load: Any) -> None:
    url = GOOD["DATABASE_URL"] + "?sslmode=require&options=-c%20work_mem%3D8MB"
    found = load("production", **{**GOOD, "DATABASE_URL": url})["DATABASES"]["default"]["OPTIONS"]
    assert found == {
        **env.UNREACHABLE,
        "sslmode": "require",
        "connect_timeout": 3,
        "options": "-c lock_timeout=3000 -c statement_timeout=10000 -c work_mem=8MB",
    }
    sqlite = load("embedded", **GOOD | {"DATABASE_URL": "sqlite:////srv/shop.sqlite3?timeout=30"})
    assert sqlite["DATABASES"]["default"]["OPTIONS"]["timeout"] == 30
    assert sqlite["DATABASES"]["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_management_commands_have_no_statement_timeout(load: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import manage  # the file beside the Makefile

    load("production", **GOOD)
    monkeypatch.setattr(sys, "argv", ["manage.py", "help", "migrate"])
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "marketplace.settings.test")
    manage.main()
    options = runpy.run_module("marketplace.settings.production")["DATABASES"]["default"]["OPTIONS"]["options"]
    assert options == "-c lock_timeout=3000 -c statement_timeout=0"


def test_outside_the_demo_nothing_about_the_operator_is_invented(load: Any) -> None:
    demo = load("embedded", DEMO="true")["PLATFORM"]
    assert demo["company"] == documented()["PLATFORM_COMPANY"]
    found = load("production", **GOOD, PLATFORM_REGISTRATION_NUMBER="0312345678")["PLATFORM"]
    assert {name: value for name, value in found.items() if value} == {
        "name": "Sản Vật",
        "registration_number": "0312345678",
    }


def test_the_example_names_every_variable_and_no_other() -> None:
    texts = [path.read_text("utf-8") for path in (sizes.ROOT / "marketplace" / "settings").glob("*.py")]
    read = set(re.findall(r'(?:env\.\w+|number)\(\s*["\']([A-Z][A-Z_]+)["\']', "".join(texts)))
    assert set(documented()) == read | OF_OTHERS


def test_the_values_of_the_example_are_the_defaults(load: Any) -> None:
    production_only = {"CSRF_TRUSTED_ORIGINS", "SECURE_SSL_REDIRECT", "BEHIND_TLS_PROXY"}
    given = {name: value for name, value in documented().items() if value and name not in production_only}
    given |= {f"{kind}_ROOT": f"{sizes.ROOT}/var/{kind.lower()}" for kind in ("MEDIA", "PRIVATE", "SEARCH")}
    plain, example = (_plain(load("embedded", **variables)) for variables in ({}, given))
    assert {name: (value, example[name]) for name, value in plain.items() if example[name] != value} == {}


def _plain(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings as words, without those that translate or resolve only later."""
    return {name: value for name, value in settings.items() if name.isupper() and type(value) in (str, int, dict, list)}
