"""Each piece of news reaches a list once and a mailbox once, whoever dies on the way."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.db import OperationalError, connection

from apps.jobs import insist
from apps.jobs.models import Job
from apps.jobs.registry import handler_of
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.listings import services as listings
from apps.notifications import services
from apps.notifications.models import Channel, Notification
from apps.notifications.news import News
from apps.notifications.services import CLAIM, MailInHand, list_news, mail_news, purge_old
from apps.ordering import services as ordering
from tests.factories import shop
from tests.factories.catalogue import make_product
from tests.factories.people import make_user
from tests.factories.sales import make_order, part_of
from tests.integration.jobs.test_worker import Away
from tests.integration.notifications.letters import past, said, sent

pytestmark = pytest.mark.django_db
NEWS = News("vendor.lifted", "vendor", 7, {"name": "HTX Cái Rồng", "reason": ""})
SHOPPER = "hoa@example.test"
SYSTEM = Actor.system()


def send() -> None:
    """One try to mail the news."""
    mail_news(NEWS, recipient="vendor", to="a@example.test", language="vi", context={"vendor": {"name": "HTX"}})


class Dies(BaseException):
    """The process is killed: nothing after it is executed."""


def test_a_second_try_sends_nothing() -> None:
    send()
    send()
    assert len(mail.outbox) == 1
    assert Notification.objects.get().sent_at is not None


def test_a_mail_that_the_server_refused_is_sent_by_the_next_try(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(services, "send", _raising(OSError("no mail server")))
        with pytest.raises(OSError, match="no mail server"):
            send()
    send()
    assert len(mail.outbox) == 1


def test_a_mail_in_the_hands_of_another_worker_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    inner: list[str] = []

    def sending(*args: object, **kwargs: object) -> None:
        with pytest.raises(MailInHand):
            send()
        inner.append("refused")

    monkeypatch.setattr(services, "send", sending)
    send()
    assert inner == ["refused"]
    assert Notification.objects.get().sent_at is not None


def test_who_dies_before_the_server_took_it_leaves_a_claim_that_runs_out(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(services, "send", _raising(Dies()))
        with pytest.raises(Dies):
            send()
    with pytest.raises(MailInHand):
        send()
    with time_machine.travel(now() + CLAIM + dt.timedelta(seconds=1)):
        send()
        send()
    assert len(mail.outbox) == 1


def test_who_dies_after_the_server_took_it_causes_one_duplicate_with_the_same_id(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(services, "insist", _raising(Dies()))
        with pytest.raises(Dies):
            send()
    with time_machine.travel(now() + CLAIM + dt.timedelta(seconds=1)):
        send()
        send()
    first, second = mail.outbox
    assert (first.body, first.extra_headers) == (second.body, second.extra_headers)
    assert first.extra_headers["Message-ID"].startswith("<news-")


def test_a_worker_that_was_overtaken_does_not_mark_the_others_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = now()

    def slow(*args: object, **kwargs: object) -> None:
        Notification.objects.update(claimed_at=begun + CLAIM * 2)

    monkeypatch.setattr(services, "send", slow)
    send()
    assert Notification.objects.get().sent_at is None


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_after_the_mail_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(insist, "SETTLE_WAITS", (0, 0, 0))
    with connection.execute_wrapper(Away("UPDATE", 2)):
        send()
    send()
    assert len(mail.outbox) == 1
    with pytest.raises(OperationalError), connection.execute_wrapper(Away("UPDATE", 9)):
        insist.insist(lambda: Notification.objects.update(sent_at=None), "it")


def test_the_database_itself_keeps_a_list_free_of_doubles() -> None:
    reader = make_user()
    for _ in range(2):
        list_news(NEWS, user_ids=[reader.pk])
    list_news(News(NEWS.event, "vendor", 7, NEWS.facts, "later"), user_ids=[reader.pk])
    occasions = reader.notices.order_by("pk").values_list("occasion", flat=True)
    assert list(occasions) == ["", "later"]


def test_a_product_that_is_turned_down_twice_is_told_twice() -> None:
    listing = shop.submitted(title="Mắm Cái Rồng")
    past()
    for reason in ("Ảnh mờ.", "Ảnh vẫn mờ."):
        listings.reject_listing(listing=listing, actor=SYSTEM, reason=reason)
        letters = sent()
        assert [reason in letter.body for letter in letters] == [True]
        listings.submit_listing(listing=listing, actor=SYSTEM)
    told = Notification.objects.filter(event="listing.rejected", channel=Channel.LIST).order_by("pk")
    assert [row.facts["reason"] for row in told] == ["Ảnh mờ.", "Ảnh vẫn mờ."]


def test_a_late_job_of_a_parcel_that_went_back_says_nothing() -> None:
    product = make_product()
    part = part_of(make_order(product, email=SHOPPER), product)
    for step in (ordering.accept, ordering.pack):
        step(vendor_order=part, actor=SYSTEM)
    ordering.hand_over(vendor_order=part, actor=SYSTEM, carrier="ghn", tracking_number="GHN-77")
    late = Job.objects.get(kind="vendor_order.shipped")
    past()
    ordering.come_back(vendor_order=part, actor=SYSTEM, reason="Không ai nghe.")
    [letter] = sent()
    assert letter.subject == said("vi", "%(number)s went back to the vendor", number=part.number)
    mail.outbox.clear()
    handler_of(late.kind)(late.args)
    assert mail.outbox == []


def test_what_is_read_or_sent_goes_after_a_while_and_the_unread_stays() -> None:
    reader = make_user()
    with time_machine.travel(now() - dt.timedelta(days=200)):
        for number in (1, 2):
            list_news(News("vendor.lifted", "vendor", number), user_ids=[reader.pk])
        send()
    reader.notices.filter(object_id="1").update(read_at=now())
    list_news(News("vendor.lifted", "vendor", 3), user_ids=[reader.pk])
    reader.notices.filter(object_id="3").update(read_at=now())
    assert purge_old(before=now() - dt.timedelta(days=180)) == 2
    assert list(Notification.objects.order_by("pk").values_list("object_id", flat=True)) == ["2", "3"]


def _raising(problem: BaseException) -> object:
    def fail(*args: object, **kwargs: object) -> None:
        raise problem

    return fail
