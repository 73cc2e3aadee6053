"""How a refund ended is told by Stripe's notices when the answer said nothing yet, and by what the sweep finds."""

import datetime as dt

import pytest

from apps.jobs.models import AuditEvent
from apps.kernel.clock import now
from apps.kernel.money import dong
from apps.ledger.books import AccountKind, EntryKind
from apps.ledger.models import Entry
from apps.ledger.selectors import balance, faults
from apps.payments.models import Payment, Refund, WebhookEvent
from apps.payments.providers.stripe import client
from apps.payments.services import inbox
from apps.payments.services.opening import begin
from apps.payments.services.refunds import refund_amount
from apps.payments.states import RefundState
from apps.shop.order.models import Order
from tests.factories.catalogue import make_product
from tests.factories.payments import SYSTEM, parts_of, payment_of, share_of
from tests.factories.sales import make_order
from tests.integration.payments.conftest import Shop
from tests.unit.fakes.shopping import pay

pytestmark = pytest.mark.django_db
GOOD, PENDING, DAY = "4242424242424242", "4000000000007726", 24 * 3600


def ordered() -> Order:
    return make_order((make_product(stock=9, price=200_000), 1), payment_method="stripe")


@pytest.fixture
def waiting(shop: Shop) -> Refund:
    """A refund of 30,000 dong that Stripe has taken and not decided."""
    order = ordered()
    pay(begin(payment=payment_of(order), actor=SYSTEM), PENDING)
    shop.hear()
    shop.work()
    made = refund_amount(share=share_of(parts_of(order)[0]), amount=dong(30_000), reason="Vỡ", actor=SYSTEM)
    shop.work("refund.send")
    made.refresh_from_db()
    assert (made.state, made.reference[:3], made.ended_at) == (RefundState.CLAIMED, "re_", None)
    return made


def ended(refund: Refund) -> tuple[str, int, int, bool]:
    """State, what is on its way and what is back of its share, and whether it says when it ended."""
    refund.refresh_from_db()
    return refund.state, refund.share.refunding, refund.share.refunded, refund.ended_at is not None


def told_by(refund: Refund) -> list[tuple[str, str]]:
    found = AuditEvent.objects.filter(object_type="payments.Refund", object_id=str(refund.pk)).order_by("pk")
    return list(found.values_list("verb", "actor_kind"))[-1:]


def test_a_refund_gets_through_by_notice(shop: Shop, waiting: Refund) -> None:
    name = waiting.reference
    shop.stripe.admin("clock", seconds=3 * DAY)
    shop.hear()
    shop.work()
    assert ended(waiting) == (RefundState.PAID, 0, 30_000, True)
    assert (waiting.reference, told_by(waiting)) == (name, [("refund.paid", "provider")])
    assert balance(AccountKind.REFUNDING) == dong(0)
    assert list(faults()) == []


def test_a_refund_that_fails_by_notice_is_not_given_back(shop: Shop, waiting: Refund) -> None:
    shop.stripe.admin("refunds/fail", refund=waiting.reference)
    shop.hear()
    shop.work()
    assert ended(waiting) == (RefundState.FAILED, 0, 0, True)
    assert told_by(waiting) == [("refund.failed", "provider")]
    entry = Entry.objects.get(kind=EntryKind.REFUND_FAILED)
    assert (entry.key, balance(AccountKind.REFUNDING)) == (f"refund:{waiting.pk}:failed", dong(0))
    assert list(faults()) == []


def test_a_refund_that_somebody_made_at_stripe_touches_none_of_ours(shop: Shop, waiting: Refund) -> None:
    charge = waiting.share.payment.charge
    made = client().v1.refunds.create({"payment_intent": charge, "amount": 1_000, "metadata": {"refund": "0"}})
    event = WebhookEvent.objects.create(
        provider="stripe", event_id="evt_hand", kind="refund.created", object_id=made.id, happened_at=now()
    )
    inbox.follow(event_id=event.pk)
    assert ended(waiting)[0] == RefundState.CLAIMED


def test_a_lost_page_belongs_to_the_payment_that_it_names(shop: Shop) -> None:
    first, second = ordered(), ordered()
    pages = [begin(payment=payment_of(order), actor=SYSTEM) for order in (first, second)]
    references = [payment_of(order).reference for order in (first, second)]
    Payment.objects.update(reference="")
    pay(pages[1], GOOD)
    shop.hear()
    shop.work()
    assert [payment_of(order).reference for order in (first, second)] == ["", references[1]]


def test_the_sweep_looks_an_hour_further_back_than_the_last_notice(shop: Shop) -> None:
    """Notices overtake each other: one that happened a little before the last one may not have come yet."""
    pay(begin(payment=payment_of(ordered()), actor=SYSTEM), GOOD)
    shop.told.notices.clear()
    found = inbox.sweep()
    newest = WebhookEvent.objects.latest("happened_at")
    WebhookEvent.objects.exclude(pk=newest.pk).delete()
    assert inbox.sweep() == found - 1
    WebhookEvent.objects.filter(pk=newest.pk).update(happened_at=newest.happened_at + dt.timedelta(days=2))
    WebhookEvent.objects.exclude(pk=newest.pk).delete()
    assert inbox.sweep() == 0
