"""Several workers with the same job: one mail, one entry in the list; two clicks ask for one erasure."""

import datetime as dt
from collections.abc import Callable
from functools import partial

import pytest
from django.core import mail

from apps.accounts.erasure import AlreadyAsked, ask_for_erasure
from apps.accounts.exports import ExportTooSoon, ask_for_export
from apps.accounts.models import DataExport, Erasure
from apps.jobs.models import Job
from apps.jobs.registry import handler_of
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.listings.models import Listing
from apps.notifications.services import MailInHand
from apps.notifications.wishes import look_for_stock, wait_for
from apps.shop.partner.models import StockRecord
from search.models import SavedSearch
from search.saved import look
from tests.concurrency.racing import race
from tests.factories.catalogue import make_product
from tests.factories.people import make_user
from tests.factories.sales import make_order

pytestmark = pytest.mark.usefixtures("shared_database")

ROUNDS, WORKERS = 3, 4


def test_workers_with_the_same_job_tell_once() -> None:
    for _ in range(ROUNDS):
        reader = make_user()
        make_order(make_product(), user_id=reader.pk)
        job = Job.objects.filter(kind="order.placed").latest("created_at")
        mail.outbox.clear()

        outcomes = race([partial(handler_of(job.kind), job.args)] * WORKERS)

        assert {type(outcome) for outcome in outcomes} <= {type(None), MailInHand}
        assert [letter.to for letter in mail.outbox] == [[reader.email]]
        assert reader.notices.count() == 1


def test_several_looks_for_stock_tell_each_person_once() -> None:
    product = make_product(stock=0)
    people = [make_user() for _ in range(ROUNDS)]
    for person in people:
        wait_for(product=product, actor=Actor.person(person.pk))
    StockRecord.objects.filter(product=product).update(num_in_stock=1)
    assert sum(map(int, map(str, race([look_for_stock] * WORKERS)))) == ROUNDS
    assert Job.objects.filter(kind="stock.back").count() == ROUNDS


def test_several_looks_for_new_goods_tell_once() -> None:
    saved = SavedSearch.objects.create(user=make_user(), query="?tinh=quang-ninh", words="x")
    SavedSearch.objects.update(looked_until=now() - dt.timedelta(days=1))
    make_product()
    Listing.objects.update(published_at=now() - dt.timedelta(hours=1))
    outcomes = race([partial(look, [saved.pk])] * WORKERS)
    assert outcomes == [None] * WORKERS
    assert Job.objects.filter(kind="search.found").count() == 1


@pytest.mark.parametrize(
    ("ask", "rows", "refusal"),
    [(ask_for_erasure, Erasure, AlreadyAsked), (ask_for_export, DataExport, ExportTooSoon)],
)
def test_two_clicks_ask_once(ask: Callable[..., object], rows: type[Erasure | DataExport], refusal: type) -> None:
    for _ in range(ROUNDS):
        person = make_user()

        outcomes = race([partial(ask, user_id=person.pk, actor=Actor.person(person.pk))] * 2)

        assert sorted(type(outcome).__name__ for outcome in outcomes) == sorted([rows.__name__, refusal.__name__])
        assert rows.objects.filter(user=person).count() == 1
