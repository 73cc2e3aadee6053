"""kill -9 of the broker while orders are placed, confirmed and cancelled: nobody notices, and every mail goes out.

`make test` kills it once an order is placed and its call may be in its hands, confirms and cancels while it is away,
and once more without bringing it back; `make drill` takes MANY steps of each act. Redis keeps nothing here and forgets
the calls; RabbitMQ has them in its files.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.acts import ACTS, LEFT, Desk, Send, mails, open_desk, placing, settle, spread
from tests.faults.killing import LAST, victim_file
from tests.faults.report import report
from tests.faults.rows import ask, orders
from tests.faults.server import Server
from tests.faults.shop import Shop, eventually

pytestmark = [pytest.mark.service, pytest.mark.slow]
MANY = 12
# In seconds, from the broker's return until all is sent. The goal for Redis is 11 minutes, but nothing waits inside it.
RECOVERY_SECONDS = 60


@pytest.fixture(params=["redis", "rabbitmq"])
def case(request: pytest.FixtureRequest, on_postgres: Shop, folders: Iterator[Path]) -> Iterator[tuple[Desk, Server]]:
    """A shop of the production profile with Celery and scheduler, and its broker, which the web server may kill."""
    broker: Server = request.getfixturevalue(request.param)
    shop = on_postgres.copy(next(folders))
    shop.extra["BROKER_URL"] = broker.url
    desk = open_desk(shop, **{victim_file("broker"): str(broker.pid_file)})
    shop.start(sys.executable, "-m", "celery", "-A", "marketplace", "worker", "-c", "1", "--without-gossip")
    shop.start(sys.executable, "manage.py", "scheduler")
    _all_sent(shop)
    yield desk, broker
    shop.stop()
    if not broker.up():
        broker.restart()


def test_kills_of_the_broker(case: tuple[Desk, Server]) -> None:
    """Killed and back, then killed for good: there the half minute until the scheduler helps is left out."""
    desk, broker = case
    wanted = sum(_sent_by(desk, act(desk))[0] for act in ACTS)
    place, *others = [act(desk) for act in ACTS]
    _all_sent(desk.shop)
    before = mails(desk.shop)
    assert _kill(broker, place, LAST)
    assert [send().status_code for send in others] == [302] * len(others)
    broker.restart()
    _all_sent(desk.shop)
    assert mails(desk.shop) - before in (wanted, wanted + 1)
    _placed_without(desk, broker)
    assert desk.shop.cluster
    desk.shop.cluster.execute(WAITED, desk.shop.folder.name)
    _all_sent(desk.shop)
    assert not broker.up()
    settle(desk.shop)


@pytest.mark.drill
def test_kills_of_the_broker_at_many_steps(case: tuple[Desk, Server]) -> None:
    found = {act.__name__: _broken(*case, act) for act in ACTS}
    settle(case[0].shop)
    report(f"kills-broker-{case[1].name}", killed="broker", recovery_s=found)


def _broken(desk: Desk, broker: Server, act: Callable[[Desk], Send]) -> dict[int, float]:
    """Kill the broker at steps of an act, bring it back. Returns after how many seconds all mails were out, by step."""
    shop, found = desk.shop, dict[int, float]()
    wanted, steps = _sent_by(desk, act(desk))
    for at in [*spread(steps, MANY), LAST]:
        send = act(desk)
        _all_sent(shop)
        before = mails(shop)
        if _kill(broker, send, at):
            broker.restart()
            found[at] = round(_all_sent(shop), 1)
        assert mails(shop) - before in (wanted, wanted + 1), f"{act.__name__}, step {at}"
    return found


def _kill(broker: Server, send: Send, at: int) -> bool:
    """Send with a kill of the broker at a step: the answer is as ever. False: a warm process had ended before."""
    answer = send(**{"X-Kill-At": str(at), "X-Kill": "broker"})
    assert answer.status_code == 302, answer.text
    if int(answer.headers["X-Steps"]) < at:
        return False
    eventually(lambda: not broker.up(), "the end of the broker")
    return True


def _sent_by(desk: Desk, send: Send) -> tuple[int, int]:
    """How many mails an act sends and how many steps it takes when nothing breaks."""
    _all_sent(desk.shop)
    before = mails(desk.shop)
    steps = int(send().headers["X-Steps"])
    _all_sent(desk.shop)
    return mails(desk.shop) - before, steps


@pytest.mark.drill
def test_the_broker_stays_away(case: tuple[Desk, Server]) -> None:
    """Without any help: the scheduler sends the mails itself."""
    desk, broker = case
    _placed_without(desk, broker)
    report(f"recovery-without-{broker.name}", seconds=round(_all_sent(desk.shop), 1))
    settle(desk.shop)


WAITED = """
    UPDATE jobs_job SET run_at = run_at - interval '31 seconds'
    WHERE state = 'ready' AND kind <> 'vendor_order.complete'
"""


def _placed_without(desk: Desk, broker: Server) -> None:
    """The broker dies at the first step of an order, which stands all the same and waits with its mails."""
    send = placing(desk)
    _all_sent(desk.shop)
    before = orders(desk.shop)
    assert _kill(broker, send, 1)
    assert orders(desk.shop) == before + 1
    assert ask(desk.shop, LEFT) != [(0,)]


def _all_sent(shop: Shop) -> float:
    return eventually(lambda: ask(shop, LEFT) == [(0,)], "every mail", RECOVERY_SECONDS)
