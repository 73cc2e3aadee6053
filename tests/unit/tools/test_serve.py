"""What `make run` makes of HOST and PORT."""

import pytest

from apps.demo.accounts import PASSWORD
from tools.serve import Address, banner, configure


@pytest.mark.parametrize(
    ("given", "bind", "site", "hosts"),
    [
        ({}, "127.0.0.1:8000", "http://127.0.0.1:8000", None),
        ({"HOST": "", "PORT": "8791", "SITE_URL": ""}, "127.0.0.1:8791", "http://127.0.0.1:8791", None),
        ({"HOST": "::1"}, "[::1]:8000", "http://[::1]:8000", None),
        ({"HOST": "localhost"}, "localhost:8000", "http://localhost:8000", None),
        ({"HOST": "0.0.0.0", "PORT": "8080"}, "0.0.0.0:8080", "http://127.0.0.1:8080", "*"),
        ({"HOST": "192.0.2.7"}, "192.0.2.7:8000", "http://192.0.2.7:8000", "*"),
        ({"HOST": "0.0.0.0", "ALLOWED_HOSTS": "a.example"}, "0.0.0.0:8000", "http://127.0.0.1:8000", "a.example"),
        ({"PORT": "8791", "SITE_URL": "https://a.example"}, "127.0.0.1:8791", "https://a.example", None),
    ],
)
def test_site_and_hosts_follow_from_host_and_port(
    given: dict[str, str], bind: str, site: str, hosts: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DEMO", raising=False)
    environment = dict(given)
    address = configure(environment)
    assert (address.bind, environment["SITE_URL"], environment.get("ALLOWED_HOSTS")) == (bind, site, hosts)


def test_the_demo_pays_at_a_stand_in_unless_a_key_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEMO", raising=False)
    environment = {"PORT": "8791"}
    configure(environment)
    assert environment["STRIPE_API_BASE"] == "http://127.0.0.1:9211"
    environment = {"STRIPE_SECRET_KEY": "sk_test_own"}
    configure(environment)
    assert "STRIPE_API_BASE" not in environment


def test_a_shop_without_demo_lets_no_other_host_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO", "false")
    environment = {"HOST": "0.0.0.0"}
    configure(environment)
    assert environment.get("ALLOWED_HOSTS") is None


def test_production_must_say_its_own_address() -> None:
    environment = {"HOST": "0.0.0.0", "DJANGO_SETTINGS_MODULE": "marketplace.settings.production"}
    configure(environment)
    assert sorted(environment) == ["DJANGO_SETTINGS_MODULE", "HOST"]


@pytest.mark.parametrize(("host", "warned"), [("127.0.0.1", False), ("0.0.0.0", True)])
def test_the_banner_warns_when_others_can_reach_public_passwords(host: str, warned: bool) -> None:
    text = banner(Address(host, "8791"))
    assert "http://127.0.0.1:8791/" in text
    assert PASSWORD in text
    assert ("WARNING" in text) is warned
