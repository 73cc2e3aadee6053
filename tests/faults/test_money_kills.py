"""kill -9 of the worker at every step of taking a card's money, giving it back and paying it out: each happens once.

A step is every statement, and the moments before and after every commit, mail and call to Stripe. What runs with
`make test` takes SHORT steps of each act, spread evenly; `make drill` takes all of them, RUNS times.
"""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import stripe

from fakes.stripe import FakeStripe
from tests.faults.acts import WARM, settle, spread
from tests.faults.report import report
from tests.faults.rows import ask
from tests.faults.shop import Shop
from tests.unit.fakes.shopping import client_of, pay, vendor

pytestmark = [pytest.mark.service, pytest.mark.slow]
SHORT, RUNS = 3, 3
Act = Callable[[Shop, FakeStripe, str, str], None]
# Its money is on the balance at once, and can be passed on.
CARD = "4000000000000077"


@pytest.fixture(params=["sqlite", "postgres"])
def case(request: pytest.FixtureRequest, folders: Iterator[Path]) -> Iterator[tuple[Shop, FakeStripe, str]]:
    """A shop on each database that talks to a stand-in for Stripe."""
    shop: Shop = request.getfixturevalue(f"on_{request.param}").copy(next(folders))
    with FakeStripe() as fake:
        shop.extra |= {
            "STRIPE_SECRET_KEY": "sk_test_ours",
            "STRIPE_WEBHOOK_SECRETS": "whsec_unused",
            "STRIPE_API_BASE": fake.url,
            "PAYOUT_MINIMUM": "1",
        }
        yield shop, fake, request.param
        shop.stop()


def test_kills_while_money_moves(case: tuple[Shop, FakeStripe, str]) -> None:
    shop, fake, _name = case
    for act in ACTS:
        _killed(shop, fake, act, SHORT)


@pytest.mark.drill
def test_kills_at_every_step_while_money_moves(case: tuple[Shop, FakeStripe, str]) -> None:
    shop, fake, name = case
    tried = {act.__name__: [_killed(shop, fake, act, None) for _ in range(RUNS)] for act in ACTS}
    report(f"kills-money-{name}", killed="worker", steps=tried, broken=[])


def _paid(shop: Shop, fake: FakeStripe, number: str, page: str) -> None:
    """The shopper has paid at Stripe; the shop does not know yet."""
    assert pay(page, CARD).status == 303
    shop.call("seed:look")


def _given_back(shop: Shop, fake: FakeStripe, number: str, page: str) -> None:
    """The shop knows of the money, and then its vendors cannot send the goods."""
    _paid(shop, fake, number, page)
    settle(shop)
    shop.call("seed:take_back", number)


def _paid_out(shop: Shop, fake: FakeStripe, number: str, page: str) -> None:
    """The shop knows of the money, the goods arrive, and two people let the vendor's earning go."""
    _paid(shop, fake, number, page)
    settle(shop)
    shop.call("seed:pay_out", number, vendor(fake, client_of(fake)))


ACTS = (_paid, _given_back, _paid_out)


def _killed(shop: Shop, fake: FakeStripe, act: Act, many: int | None) -> list[int]:
    """A worker that does it undisturbed, then one that dies at each step and another that finishes."""
    settle(shop)  # duties of the hour and the day are no part of it
    target = shop.folder / "steps"
    act(shop, fake, *shop.call("seed:card"))
    assert _work(shop, 0, KILL_COUNT=str(target)) == 0
    steps = int(target.read_text())
    tried = spread(steps, many)
    for at in tried:
        number, page = shop.call("seed:card")
        act(shop, fake, number, page)
        # A step less may be needed once everything is warm.
        assert _work(shop, at) in ((-signal.SIGKILL,) if at <= steps - WARM else (-signal.SIGKILL, 0)), at
        settle(shop)
        _check(shop, fake, refunds=int(act is _given_back), paid_out=act is _paid_out, page=page)
    return tried


def _check(shop: Shop, fake: FakeStripe, *, refunds: int, paid_out: bool, page: str) -> None:
    """The last order was charged once and given back as often as it should, every payout was sent once.

    Stripe holds what the ledger says.
    """
    api = client_of(fake)
    session = api.v1.checkout.sessions.retrieve(page.rpartition("/")[2])
    assert session.payment_status == "paid"
    made = api.v1.refunds.list({"payment_intent": str(session.payment_intent)}).data
    assert [(each.status, each.amount) for each in made] == [("succeeded", session.amount_total)] * refunds
    sent = sorted(transfer.amount for transfer in api.v1.transfers.list({"limit": 100}).auto_paging_iter())
    assert sent == sorted(amount for (amount,) in ask(shop, "SELECT amount FROM payouts_payout"))
    assert bool(sent) >= paid_out
    assert shop.call("invariants:at_stripe") == _held(api)
    assert fake.admin("books")["faults"] == []


def _held(api: stripe.StripeClient) -> int:
    found: Any = api.v1.balance.retrieve()
    return int(sum(part.amount for part in [*found.available, *found.pending]))


def _work(shop: Shop, at: int, **environment: str) -> int:
    return shop.armed(at, "manage.py", "worker", "--once", **environment)
