"""What the shop takes for granted about Stripe; every run holds the stand-in to it, `make live` Stripe itself."""

import time
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import uuid4

import pytest
import stripe

from apps.kernel.clock import now
from apps.kernel.money import dong
from apps.payments.models import Payment, Refund, Share
from apps.payments.providers.port import SentBack, Standing
from apps.payments.providers.stripe import Stripe, client, dispute_told, events_since, moved_between, refund_told
from apps.payments.states import DisputeState
from apps.payouts.models import Payout, StripeAccount
from apps.payouts.providers.port import Standing as PayoutStanding
from apps.payouts.providers.stripe import StripeTransfers, may_receive, onboarding_link, open_account
from tests.factories.catalogue import make_product
from tests.factories.payments import payment_of
from tests.factories.sales import make_order
from tests.factories.vendors import make_vendor

PRICE = 250_000
PATIENCE_SECONDS = 60
# Stripe moves what such a card pays to the balance at once, so that it can be passed on.
AVAILABLE_AT_ONCE = "pm_card_bypassPending"
T = TypeVar("T")
provider = Stripe()


def a_page_is_made_once_and_closed_for_good() -> None:
    payment = _payment()
    name, address = provider.begin(payment)
    assert provider.begin(payment) == (name, address)
    assert address.startswith("http")
    payment.reference = name
    assert provider.ask(payment).standing == Standing.WAITING
    assert [provider.close(payment).standing for _ in range(2)] == [Standing.CLOSED] * 2
    assert provider.ask(payment).standing == Standing.CLOSED


def a_refund_is_made_once_and_never_more_than_was_paid() -> None:
    payment = _paid()
    first, second = _refund(payment, 100_000), _refund(payment, 150_001)
    made = provider.send_back(first)
    assert made.what == SentBack.DONE
    assert provider.send_back(first) == made
    assert refund_told(made.reference) == (first.pk, made)
    assert provider.send_back(second).what == SentBack.REFUSED
    assert provider.send_back(_refund(payment, 150_000)).what == SentBack.DONE


def what_moves_is_listed_by_charge_and_refund() -> None:
    before = now()
    payment = _paid()
    made = provider.send_back(_refund(payment, 40_000))
    moved = moved_between(before.replace(microsecond=0), now().replace(year=now().year + 1))
    assert moved[made.reference] == -40_000
    assert 0 < moved[payment.charge] < payment.amount


def what_happens_is_told() -> None:
    before = now().replace(microsecond=0)
    payment = _paid()
    kinds = ["payment_intent.succeeded"]
    told = _eventually(lambda: [event for event in events_since(before, kinds) if event.object_id == payment.charge])
    assert [event.kind for event in told] == kinds


def a_declined_card_pays_nothing() -> None:
    with pytest.raises(stripe.CardError) as refused:
        _charge(_payment(), "pm_card_chargeDeclined")
    assert refused.value.code == "card_declined"


def a_dispute_names_its_payment() -> None:
    payment = _paid("pm_card_createDispute")
    wanted: Any = {"payment_intent": payment.charge}
    (found,) = _eventually(lambda: client().v1.disputes.list(wanted).data)
    told = dispute_told(found.id)
    assert (told.payment_id, told.amount, told.state) == (payment.pk, dong(PRICE), DisputeState.OPEN)


def a_vendors_account_is_opened_once_and_receives_after_its_owner_was_there() -> None:
    account = StripeAccount(vendor=make_vendor(), key=uuid4())
    opened = open_account(account)
    assert open_account(account) == opened
    account.account_id, account.is_v2 = opened
    assert may_receive(account) is False
    page = onboarding_link(account, back="https://shop.example/back", again="https://shop.example/again")
    assert page.startswith("http")


def a_transfer_to_somebody_who_may_not_receive_is_refused() -> None:
    account = StripeAccount(vendor=make_vendor(), key=uuid4())
    account.account_id, account.is_v2 = open_account(account)
    _paid(AVAILABLE_AT_ONCE)
    payout = Payout(stripe_account=account, vendor=account.vendor, key=uuid4(), pk=_new_number(), amount=50_000)
    answer = StripeTransfers().send(payout)
    assert (answer.standing, answer.account_is_bad) == (PayoutStanding.REFUSED, True)


def _payment() -> Payment:
    """An order's open payment under a number that Stripe has not seen: it keeps keys for a day."""
    payment = payment_of(make_order((make_product(stock=5, price=PRICE), 1), payment_method="stripe"))
    payment.pk = _new_number()
    payment.amount = PRICE
    return payment


def _paid(card: str = "pm_card_visa") -> Payment:
    """The same, paid; as nobody is there to type a card, past the page."""
    payment = _payment()
    payment.charge = _charge(payment, card)
    return payment


def _charge(payment: Payment, card: str) -> str:
    wanted: Any = {"amount": payment.amount, "currency": "vnd", "payment_method": card, "confirm": True}
    wanted |= {"allowed_payment_method_types": ["card"], "metadata": {"payment": str(payment.pk)}}
    return client().v1.payment_intents.create(wanted).id


def _refund(payment: Payment, amount: int) -> Refund:
    return Refund(pk=_new_number(), share=Share(payment=payment), amount=amount)


def _new_number() -> int:
    return time.time_ns() // 1000


def _eventually(found: Callable[[], list[T]]) -> list[T]:
    """The first answer that is not empty: Stripe tells of some things seconds later."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not (answer := found()) and time.monotonic() < until:
        time.sleep(0.2)
    return answer


SCENARIOS: tuple[Callable[[], None], ...] = (
    a_page_is_made_once_and_closed_for_good,
    a_refund_is_made_once_and_never_more_than_was_paid,
    what_moves_is_listed_by_charge_and_refund,
    what_happens_is_told,
    a_declined_card_pays_nothing,
    a_dispute_names_its_payment,
    a_vendors_account_is_opened_once_and_receives_after_its_owner_was_there,
    a_transfer_to_somebody_who_may_not_receive_is_refused,
)
