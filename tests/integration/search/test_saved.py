"""Saved searches: what is kept, and that new goods are told of once a day at most."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from apps.accounts.models import User
from apps.jobs import worker
from apps.jobs.models import Job
from apps.jobs.registry import handler_of
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.kernel.memo import forget_all
from apps.listings.models import Listing
from search import saved as module
from search.models import SavedSearch
from search.request import Key, SearchRequest
from search.result import Scope
from search.saved import NothingToSave, TooManySaved, mute_saved, plan_looks, read_query, save_search, whole
from tests.factories.catalogue import make_product
from tests.factories.people import make_user
from tests.integration.notifications.letters import LANGUAGES, check_letter, last_link, opened, sent

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def keep(person: User, query: str = "?q=mat+ong", words: str = "“mật ong”") -> SavedSearch:
    return save_search(request=read_query(query), words=words, actor=Actor.person(person.pk))


def put_on_sale(title: str, *, ago: dt.timedelta = dt.timedelta()) -> None:
    product = make_product(title=title)
    product.refresh_search_text(product.listing.vendor.name)
    product.save()
    Listing.objects.filter(product=product).update(published_at=now() - ago)


def next_morning(clock: time_machine.Traveller) -> list[EmailMultiAlternatives]:
    """The mails of the morning after this day; those who look at night write to nobody yet."""
    clock.shift(DAY)
    forget_all()
    plan_looks()
    worker.run_all()
    assert mail.outbox == []
    clock.shift(module.UNTIL_MORNING)
    letters = sent()
    mail.outbox.clear()
    return letters


def test_a_search_is_kept_without_its_page_and_order_and_with_what_its_page_is_about() -> None:
    asked = SearchRequest.read({"q": ["mật ong"], "sao": ["5"], "trang": ["3"], "sap-xep": ["gia-tang"]})
    narrowed = SearchRequest.read({"danh-muc": ["tra-xanh"], "tinh": ["hue"]})
    assert [whole(asked), whole(narrowed, Scope(category="tra", vendor="htx")), whole(SearchRequest())] == [
        SearchRequest(q="mật ong", stars=(5,)),
        SearchRequest(categories=("tra-xanh",), provinces=("hue",), vendors=("htx",)),
        SearchRequest(),
    ]
    assert whole(SearchRequest(), Scope(province="hue")).values(Key.PROVINCE) == ("hue",)
    assert read_query("?q=mat+ong&trang=2&la=gi") == SearchRequest(q="mat ong")


def test_a_search_is_kept_once_and_not_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    person = make_user()
    assert keep(person) == keep(person, "?trang=4&q=mat+ong", "khác")
    assert keep(make_user()).words == "“mật ong”"
    monkeypatch.setattr(module, "MOST_SAVED", 1)
    assert keep(person).query == "?q=mat+ong"
    with pytest.raises(TooManySaved):
        keep(person, "?q=tra")
    for nothing in ("", "?", "?trang=2&sap-xep=moi-nhat", "?" + "&".join(f"nha-ban={'x' * 60}{n}" for n in range(40))):
        with pytest.raises(NothingToSave):
            save_search(
                request=SearchRequest.read(module.parse_qs(nothing.lstrip("?"))), words="", actor=Actor.person(9)
            )
    assert SavedSearch.objects.filter(user=person).count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_new_goods_are_told_of_once(language: str) -> None:
    person = make_user(full_name="Lê Hoa", language=language)
    put_on_sale("Mật ong cũ", ago=DAY)
    with time_machine.travel(now(), tick=False) as clock:
        saved = keep(person)
        clock.shift(dt.timedelta(hours=1))
        put_on_sale("Mật ong rừng")
        put_on_sale("Trà sen")
        [letter] = next_morning(clock)
        check_letter(letter, to=person.email, language=language, facts=["Lê Hoa"])
        assert "“mật ong”" in letter.subject
        assert opened(last_link(letter), person)[0] == 302
        assert list(person.notices.values_list("event", "facts__saved", "facts__count")) == [
            ("search.found", saved.pk, 1)
        ]
        assert next_morning(clock) == []
        put_on_sale("Mật ong hoa nhãn")
        assert [letter.to for letter in next_morning(clock)] == [[person.email]]


def test_goods_that_the_index_may_not_know_yet_are_told_of_the_next_day() -> None:
    person = make_user()
    with time_machine.travel(now(), tick=False) as clock:
        keep(person)
        clock.shift(DAY)
        put_on_sale("Mật ong rừng", ago=module.INDEX_LAG / 2)
        handler_of("search.look")({"ids": list(SavedSearch.objects.values_list("pk", flat=True))})
        assert sent() == []
        assert [letter.to for letter in next_morning(clock)] == [[person.email]]


def test_two_looks_and_two_runs_of_a_job_tell_once() -> None:
    person = make_user()
    with time_machine.travel(now(), tick=False) as clock:
        saved = keep(person)
        put_on_sale("Mật ong rừng", ago=-dt.timedelta(minutes=1))
        clock.shift(DAY)
        for _ in range(2):
            handler_of("search.look")({"ids": [saved.pk]})
        [job] = Job.objects.filter(kind="search.found")
        assert len(sent()) == 1
        handler_of("search.found")(job.args)
        handler_of("search.found")({**job.args, "count": 7})
        assert (sent(), person.notices.count()) == ([], 1)


def test_who_has_muted_or_removed_a_search_is_told_nothing() -> None:
    person = make_user()
    with time_machine.travel(now(), tick=False) as clock:
        saved, other = keep(person), keep(person, "?q=rung", "“rừng”")
        mute_saved(saved_id=saved.pk, muted=True, actor=Actor.person(person.pk))
        put_on_sale("Mật ong rừng", ago=-dt.timedelta(minutes=1))
        assert ["“rừng”" in letter.subject for letter in next_morning(clock)] == [True]
        mute_saved(saved_id=saved.pk, muted=False, actor=Actor.person(person.pk))
        assert next_morning(clock) == []
        other.delete()
        handler_of("search.found")({"saved_id": other.pk or 0, "count": 1, "day": "2026-01-01"})
        assert sent() == []


def test_nobody_changes_a_search_of_somebody_else() -> None:
    saved = keep(make_user())
    with pytest.raises(SavedSearch.DoesNotExist):
        mute_saved(saved_id=saved.pk, muted=True, actor=Actor.person(make_user().pk))


def test_searches_are_looked_at_in_jobs_of_a_bounded_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    person = make_user()
    ids = [keep(person, f"?q=tu+{number}").pk for number in range(5)]
    assert plan_looks() == 3
    jobs = Job.objects.filter(kind="search.look").order_by("created_at")
    assert [job.args["ids"] for job in jobs] == [ids[:2], ids[2:4], ids[4:]]
