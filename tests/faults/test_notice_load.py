"""Notices of the bank and of Stripe, fifty a second: each is written down once, and answered soon."""

import http.client
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.factories.notices import TELLERS, Teller
from tests.faults import rows
from tests.faults.report import report
from tests.faults.shop import Shop

SECRET = "whoever-tells-in-the-load-test-signs"
A_SECOND, SECONDS = 50, 20
MOST_SECONDS = 0.5  # 99 in 100


def tell(shop: Shop, teller: Teller, number: int, at: float) -> tuple[int, float]:
    """Send one notice at its moment; the status, and after how many seconds it came."""
    time.sleep(max(0.0, at - time.monotonic()))
    body = teller.body(f"N{number}")
    headers = {
        "Content-Type": "application/json",
        teller.header: teller.sign(body, secret=SECRET),
        "X-Forwarded-Proto": "https",
    }
    begun = time.monotonic()
    client = http.client.HTTPConnection("127.0.0.1", shop.port, timeout=30)
    client.request("POST", teller.path, body, headers)
    status = client.getresponse().status
    client.close()
    return status, time.monotonic() - begun


@pytest.mark.drill
@pytest.mark.parametrize(("name", "table"), [("bank", "payments_banktransfer"), ("stripe", "payments_webhookevent")])
def test_fifty_notices_a_second_are_answered_within_half_a_second(shop: Shop, name: str, table: str) -> None:
    teller = TELLERS[name]
    shop.extra[teller.secrets] = SECRET
    shop.web()
    shop.worker()
    count, begin = A_SECOND * SECONDS, time.monotonic() + 1
    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(lambda number: tell(shop, teller, number, begin + number / A_SECOND), range(count)))
    assert {status for status, _ in answers} == {200}
    slowest = sorted(seconds for _, seconds in answers)[-count // 100 - 1 :]
    report(f"notices-{name}", a_second=A_SECOND, p99=round(slowest[0], 3), slowest=round(slowest[-1], 3))
    assert slowest[0] < MOST_SECONDS, f"p99 {slowest[0]:.3f} s, slowest {slowest[-1]:.3f} s"
    assert rows.count(shop, table) == count
