"""Redis and the mail server are away or slow: orders go on, and what was to be sent is sent later."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace.caches import PAUSE_SECONDS
from tests.faults.browser import Browser
from tests.faults.mailbox import Mailbox
from tests.faults.proxy import Proxy
from tests.faults.rows import ask, count, orders
from tests.faults.server import Server
from tests.faults.shop import Shop, eventually
from tools.bench.browser import hidden_fields

pytestmark = [pytest.mark.service, pytest.mark.slow]


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox]:
    """A mail server."""
    box = Mailbox()
    yield box
    box.close()


@pytest.fixture(scope="module")
def wired(
    on_postgres: Shop, folders: Iterator[Path], redis: Server, mailbox: Mailbox
) -> Iterator[tuple[Shop, Proxy, Proxy]]:
    """A running shop of the production profile, its Redis and its mail server behind proxies."""
    shop = on_postgres.copy(next(folders))
    proxy, mail = Proxy(redis.port), Proxy(mailbox.port)
    shop.extra |= {"REDIS_URL": f"redis://127.0.0.1:{proxy.port}/0", "EMAIL_URL": f"smtp://127.0.0.1:{mail.port}"}
    shop.web()
    shop.worker()
    _all_sent(shop)
    yield shop, proxy, mail
    shop.stop()
    proxy.down()
    mail.down()


def _all_sent(shop: Shop, seconds: float = 60) -> float:
    return eventually(
        lambda: count(shop, "jobs_job", "state IN ('ready', 'running') AND kind <> 'vendor_order.complete'") == 0,
        "every mail",
        seconds,
    )


def _order(shop: Shop) -> None:
    browser = Browser(shop.port)
    assert browser.submit(browser.filled_in(*shop.facts["products"])).status_code == 302


@pytest.mark.parametrize("how", ["down", "slow", "mute"])
def test_redis_fails_and_nobody_notices(wired: tuple[Shop, Proxy, Proxy], how: str) -> None:
    """Tries to look up an order are counted there: while it fails nobody waits long, and everybody is let through."""
    shop, redis, _ = wired
    warnings, before = shop.log().count("Redis is away"), orders(shop)
    if how == "down":
        redis.down()
    redis.delay, redis.mute = (3.0 if how == "slow" else 0.0), how == "mute"
    begun = time.monotonic()
    browser = Browser(shop.port)
    page = browser.visit("/don-hang/tra-cuu/")
    asked = {**hidden_fields(page.text), "number": "GMXQH3PP", "phone": "0912000000"}
    assert browser.visit("/don-hang/tra-cuu/", asked).status_code == 422
    _order(shop)
    assert time.monotonic() - begun < 5
    assert orders(shop) == before + 1
    # One page found out, in whichever thread; the others knew.
    assert shop.log().count("Redis is away") == warnings + 1
    redis.restore()
    redis.cut()
    time.sleep(PAUSE_SECONDS)


def test_wrong_passwords_are_counted_without_redis(wired: tuple[Shop, Proxy, Proxy]) -> None:
    shop, redis, _ = wired
    redis.down()
    browser = Browser(shop.port)
    form = {
        **hidden_fields(browser.visit("/tai-khoan/login/").text),
        "login": "ai-do@example.test",
        "password": "khong dung",
    }
    assert [browser.visit("/tai-khoan/login/", form).status_code for _ in range(6)] == [200] * 4 + [429] * 2
    redis.restore()
    time.sleep(PAUSE_SECONDS)


def test_mail_is_away_and_sent_later(wired: tuple[Shop, Proxy, Proxy], mailbox: Mailbox) -> None:
    shop, _, mail = wired
    _all_sent(shop)
    taken = len(mailbox.taken)
    mail.down()
    _order(shop)
    eventually(lambda: count(shop, "jobs_job", "attempts > 0 AND state = 'ready' AND last_error <> ''") == 3, "tries")
    assert len(mailbox.taken) == taken
    mail.restore()
    _all_sent(shop)
    # The shopper once, each of the two vendors once.
    assert sorted(mailbox.taken[taken:]) == sorted(_recipients(shop))


def test_mail_server_dies_after_taking_a_mail(wired: tuple[Shop, Proxy, Proxy], mailbox: Mailbox) -> None:
    """Nobody can know then whether it was sent: it is sent again, so at most one is doubled and none is lost."""
    shop, _, mail = wired
    _all_sent(shop)
    taken = len(mailbox.taken)
    mailbox.on_taken = lambda: _once(mailbox, mail)
    _order(shop)
    _all_sent(shop)
    got = mailbox.taken[taken:]
    assert set(got) == set(_recipients(shop))
    assert len(got) == len(set(got)) + 1


def _once(mailbox: Mailbox, mail: Proxy) -> None:
    mailbox.on_taken = lambda: None
    mail.cut()


def _recipients(shop: Shop) -> list[str]:
    return ["khach@example.test", *(row[0] for row in ask(shop, "SELECT email FROM vendors_vendor"))]
