"""Several workers with the same job: one mail, one entry in the list; two clicks ask for one erasure."""

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
from apps.notifications.services import MailInHand
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
