"""Notices of the bank, fifty a second: each is written down once, and answered soon."""

import http.client
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.factories.notices import notice, signature
from tests.faults import rows
from tests.faults.shop import Shop

SECRET = "the-bank-of-the-load-test-signs"
A_SECOND, SECONDS = 50, 20
MOST_SECONDS = 0.5  # 99 in 100


def tell(shop: Shop, number: int, at: float) -> tuple[int, float]:
    """Send one notice at its moment; the status, and after how many seconds it came."""
    time.sleep(max(0.0, at - time.monotonic()))
    body = notice(reference=f"FT{number}", amount=1_000 + number, content="khong ro")
    headers = {
        "Content-Type": "application/json",
        "X-Bank-Signature": signature(body, secret=SECRET),
        "X-Forwarded-Proto": "https",
    }
    begun = time.monotonic()
    client = http.client.HTTPConnection("127.0.0.1", shop.port, timeout=30)
    client.request("POST", "/webhooks/bank/", body, headers)
    status = client.getresponse().status
    client.close()
    return status, time.monotonic() - begun


@pytest.mark.drill
def test_fifty_notices_a_second_are_answered_within_half_a_second(shop: Shop) -> None:
    shop.extra["BANK_NOTICE_SECRETS"] = SECRET
    shop.web()
    shop.worker()
    count, begin = A_SECOND * SECONDS, time.monotonic() + 1
    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(lambda number: tell(shop, number, begin + number / A_SECOND), range(count)))
    assert {status for status, _ in answers} == {200}
    slowest = sorted(seconds for _, seconds in answers)[-count // 100 - 1 :]
    assert slowest[0] < MOST_SECONDS, f"p99 {slowest[0]:.3f} s, slowest {slowest[-1]:.3f} s"
    assert rows.count(shop, "payments_banktransfer") == count
    assert rows.count(shop, "ledger_entry", "kind = 'arrived'") == count
