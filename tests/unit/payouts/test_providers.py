"""A payout through a provider that is asked over the network: paid once, whatever happens to the answer."""

from collections.abc import Iterator

import pytest

from apps.jobs.models import Job
from apps.kernel.actor import Actor
from apps.ledger.books import AccountKind
from apps.ledger.selectors import balance
from apps.payments.providers.port import ProviderAway
from apps.payouts.handlers import on_ask, on_send
from apps.payouts.models import Payout
from apps.payouts.services.sending import send
from apps.payouts.states import PayoutState
from tests.factories.payouts import make_approved, make_sent
from tests.factories.transfer_house import House, transfer_house

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


@pytest.fixture
def house() -> Iterator[House]:
    with transfer_house() as running:
        yield running


@pytest.fixture
def payout(house: House) -> Payout:
    found = make_approved().payouts.get()
    Payout.objects.filter(pk=found.pk).update(provider="house")
    return found


def state(payout: Payout) -> str:
    return Payout.objects.get(pk=payout.pk).state


def test_it_pays_and_says_so(house: House, payout: Payout) -> None:
    on_send({"payout_id": payout.pk})
    on_send({"payout_id": payout.pk})
    paid = Payout.objects.get(pk=payout.pk)
    assert (paid.state, paid.reference) == (PayoutState.PAID, f"tr_{str(payout.key)[:8]}")
    assert (house.paid, house.asked.total()) == ({str(payout.key): 500_000}, 1)
    assert (balance(AccountKind.STRIPE).amount, balance(AccountKind.IN_TRANSIT).amount) == (-500_000, 0)


def test_it_takes_its_time_and_is_asked_again(house: House, payout: Payout) -> None:
    house.standing = "waiting"
    assert send(payout_id=payout.pk, actor=SYSTEM).state == PayoutState.SENT
    assert Payout.objects.get(pk=payout.pk).reference == f"tr_{str(payout.key)[:8]}"
    before = Job.objects.filter(kind="payout.send").count()
    on_ask({})
    assert Job.objects.filter(kind="payout.send").count() == before + 1
    house.standing = "done"
    assert send(payout_id=payout.pk, actor=SYSTEM).state == PayoutState.PAID
    assert house.asked.total() == 1


def test_it_refuses(house: House, payout: Payout) -> None:
    house.standing = "refused"
    failed = send(payout_id=payout.pk, actor=SYSTEM)
    assert (failed.state, failed.state_reason) == (PayoutState.FAILED, "No such account")
    assert send(payout_id=payout.pk, actor=SYSTEM).state == PayoutState.FAILED


def test_it_pays_and_falls_silent_and_is_found_out_by_the_key(house: House, payout: Payout) -> None:
    house.silent = True
    with pytest.raises(ProviderAway):
        send(payout_id=payout.pk, actor=SYSTEM)
    assert state(payout) == PayoutState.SENT
    house.silent = False
    assert send(payout_id=payout.pk, actor=SYSTEM).state == PayoutState.PAID
    assert house.asked.total() == 1


def test_it_never_heard_of_a_payout_whose_process_died_before_asking(house: House, payout: Payout) -> None:
    Payout.objects.filter(pk=payout.pk).update(state=PayoutState.SENT)
    assert send(payout_id=payout.pk, actor=SYSTEM).state == PayoutState.PAID
    assert house.asked.total() == 1


def test_what_people_do_by_hand_is_left_to_them() -> None:
    payout = make_approved().payouts.get()
    assert send(payout_id=payout.pk, actor=SYSTEM).state == PayoutState.APPROVED
    sent = make_sent()
    assert send(payout_id=sent.pk, actor=SYSTEM).state == PayoutState.SENT
    on_ask({})
    assert Job.objects.filter(kind="payout.send", args={"payout_id": sent.pk}).count() == 1
