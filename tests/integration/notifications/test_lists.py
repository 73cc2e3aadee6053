"""The list of news: who reads what, in which language, what is marked, and what it costs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from apps.accounts.models import User
from apps.jobs import worker
from apps.kernel.actor import Actor
from apps.notifications.models import Notification
from apps.notifications.news import KINDS, News, url_of, words_of
from apps.notifications.selectors import unread_count
from apps.notifications.services import list_news
from apps.ordering import services as ordering
from apps.provenance import services as provenance
from apps.vendors import services as vendors
from tests.factories.catalogue import make_certificate, make_product
from tests.factories.people import make_user
from tests.factories.sales import make_order, part_of
from tests.factories.vendors import make_member, make_vendor
from tests.integration.notifications.letters import said

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()
LIST, PORTAL_LIST = "/tai-khoan/thong-bao/", "/ban-hang/thong-bao/"


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def events_of(person: User) -> list[str]:
    return list(person.notices.order_by("pk").values_list("event", flat=True))


def told(reader: User, count: int) -> None:
    """So many unread entries of the reader's own."""
    for number in range(count):
        facts = {"number": f"N{number}", "order": f"N{number}"}
        list_news(News("order.placed", "order", number, facts), user_ids=[reader.pk])


def test_a_shopper_reads_every_step_of_an_order() -> None:
    reader, product = make_user(), make_product()
    part = part_of(make_order(product, user_id=reader.pk), product)
    for step in (ordering.accept, ordering.pack):
        step(vendor_order=part, actor=SYSTEM)
    ordering.hand_over(vendor_order=part, actor=SYSTEM, carrier="ghn", tracking_number="GHN1")
    ordering.deliver(vendor_order=part, actor=SYSTEM)
    worker.run_all()
    worker.run_all()
    steps = ("accepted", "shipped", "delivered")
    assert sorted(events_of(reader)) == sorted(["order.placed", *(f"vendor_order.{step}" for step in steps)])
    page = client_of(reader).get(LIST)
    assert [part.number in notice.title for notice in page.context["notices"]].count(True) == 3
    assert {notice.url for notice in page.context["notices"]} == {f"/tai-khoan/don-hang/{part.order.number}/"}


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("owner", ["vendor_order.placed", "certificate.verified", "vendor.suspended"]),
        ("orders", ["vendor_order.placed"]),
        ("catalogue", ["certificate.verified"]),
        ("finance", []),
    ],
)
def test_members_read_what_their_role_works_on(role: str, expected: list[str]) -> None:
    vendor = make_vendor()
    member, elsewhere = make_member(vendor, role), make_member(make_vendor())
    product = make_product(vendor=vendor)
    make_order(product)
    provenance.verify_certificate(certificate=make_certificate(product, state="claimed"), actor=SYSTEM)
    vendors.suspend_vendor(vendor=vendor, actor=SYSTEM, reason="Giấy hết hạn.")
    worker.run_all()
    assert (sorted(events_of(member)), events_of(elsewhere)) == (sorted(expected), [])
    assert len(client_of(member).get(PORTAL_LIST).context["notices"]) == len(expected)
    assert list(client_of(member).get(LIST).context["notices"]) == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_words_are_those_of_the_readers_present_language(language: str) -> None:
    reader = make_user()
    told(reader, 1)
    prefix = "/en" if language == "en" else ""
    page = client_of(reader).get(prefix + LIST)
    [notice] = page.context["notices"]
    assert notice.title == said(language, "Order %(number)s is placed", number="N0")
    assert notice.url == f"{prefix}/tai-khoan/don-hang/N0/"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("event", KINDS)
def test_every_kind_of_news_has_words_and_a_page(event: str, language: str) -> None:
    facts = {
        "number": "K1", "order": "N1", "name": "Tổ <b>", "title": "Mắm & cá", "listing": 5, "total": 1000,
        "payout": 4, "amount": 1000, "account": "VCB ••• 0001",
        "slug": "mam", "product": 7, "saved": 8, "words": "mắm", "count": 3,
        "by": "2026-03-01T10:00:00+00:00", "until": "2026-03-01T10:00:00+00:00", "reason": "",
    }  # fmt: skip
    with translation.override(language):
        title, words = words_of(event, facts)
        assert (bool(title), bool(words.strip()), url_of(event, facts) != "") == (True, True, True)
        assert "<b>" not in words
        assert not hasattr(title, "__html__")


def test_opening_one_marks_it_and_leads_to_the_object() -> None:
    reader = make_user()
    told(reader, 2)
    newest, older = reader.notices.order_by("-pk")
    answer = client_of(reader).post(f"{LIST}{newest.pk}/", {"then": "open"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/tai-khoan/don-hang/N1/")
    assert list(reader.notices.filter(read_at=None)) == [older]


def test_marking_one_stays_on_its_page_and_marking_all_marks_all() -> None:
    reader, other = make_user(), make_user()
    told(reader, 3)
    told(other, 1)
    client = client_of(reader)
    first = reader.notices.earliest("pk")
    answer = client.post(f"{LIST}{first.pk}/", {"then": "stay", "next": f"{LIST}?trang=2"})
    assert (answer.headers["Location"], unread_count(reader.pk)) == (f"{LIST}?trang=2", 2)
    client.post(f"{LIST}da-doc/")
    assert (unread_count(reader.pk), unread_count(other.pk)) == (0, 1)
    assert client.post(f"{LIST}{other.notices.get().pk}/").status_code == 404


def test_members_mark_their_own_and_nobody_elses() -> None:
    vendor = make_vendor()
    one, two = make_member(vendor), make_member(vendor)
    make_order(make_product(vendor=vendor))
    worker.run_all()
    assert client_of(one).post(f"{PORTAL_LIST}{two.notices.get().pk}/").status_code == 404
    mine = one.notices.get()
    answer = client_of(one).post(f"{PORTAL_LIST}{mine.pk}/", {"then": "open"})
    assert answer.headers["Location"] == f"/ban-hang/don-hang/{mine.facts['number']}/"
    client_of(two).post(f"{PORTAL_LIST}da-doc/")
    assert Notification.objects.filter(user__isnull=False, read_at=None).count() == 0


def test_a_list_of_one_and_of_many_cost_the_same_and_comes_in_pages() -> None:
    reader = make_user()
    client = client_of(reader)
    client.get(LIST)  # notes in the session that it is used
    costs = []
    for more in (1, 44):
        told(reader, 1) if more == 1 else _fill(reader, more)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(LIST)
        costs.append(len(queries))
    assert (len(page.context["notices"]), page.context["page"].paginator.num_pages) == (20, 3)
    assert costs[1] <= costs[0] <= 9


def _fill(reader: User, count: int) -> None:
    for number in range(1, count + 1):
        facts = {"number": f"M{number}", "order": f"M{number}"}
        list_news(News("order.placed", "order", 1000 + number, facts), user_ids=[reader.pk])


def test_the_empty_list_says_what_to_do_next() -> None:
    page = client_of(make_user()).get(LIST).content.decode()
    assert 'class="empty"' in page
    assert 'href="/tim-kiem/"' in page


def test_the_count_in_the_header_costs_strangers_nothing_and_others_one_query(client: Client) -> None:
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/")
    assert [query["sql"] for query in queries if "notification" in query["sql"] or "session" in query["sql"]] == []
    assert (page.cookies.output(), page.headers.get("Vary", "")) == ("", page.headers.get("Vary", ""))
    assert "Cookie" not in page.headers.get("Vary", "")
    reader = make_user()
    told(reader, 2)
    signed_in = client_of(reader)
    with CaptureQueriesContext(connection) as queries:
        page = signed_in.get("/")
    assert len([query for query in queries if "notification" in query["sql"]]) == 1
    assert '<span class="count">2<span class="vh">' in page.content.decode()
