"""Admins look after the outbox: dead jobs run again or are laid aside, with a record of who decided."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.jobs import registry, worker
from apps.jobs.models import AuditEvent, Job, JobState
from apps.kernel.clock import now
from apps.storefront.templatetags.shop import vn_time
from tests.factories.people import make_admin
from tests.integration.backoffice.desk import MEANWHILE, desk, second_admin, told

pytestmark = pytest.mark.django_db
URL = "/quan-tri/tac-vu/"


def dead(**args: Any) -> Job:
    """A job that was tried in vain."""
    return Job.objects.create(
        kind="test.note", args=args, state=JobState.DEAD, attempts=8, last_error="ConnectionRefusedError: smtp"
    )


def url_of(job: Job) -> str:
    """Where it is decided."""
    return reverse("backoffice:job", args=[job.pk])


def test_dead_letters_come_first_with_what_went_wrong() -> None:
    job = dead(order_id=7)
    Job.objects.create(kind="test.later")
    page = desk().get(URL)
    assert (page.context["state"], list(page.context["page"])) == ("dead", [job])
    assert page.context["counts"] == {"ready": 1, "running": 0, "done": 0, "dead": 1, "discarded": 0}
    text = page.content.decode()
    assert [word in text for word in ("test.note", "ConnectionRefusedError: smtp", url_of(job))] == [True] * 3


@pytest.mark.parametrize("state", JobState.values)
def test_each_tab_shows_its_own_jobs(state: str) -> None:
    jobs = {each: Job.objects.create(kind="test.note", state=each) for each in JobState.values}
    assert list(desk().get(URL, {"trang-thai": state}).context["page"]) == [jobs[state]]


def test_jobs_that_failed_and_are_tried_again_have_a_tab() -> None:
    Job.objects.create(kind="test.new")
    at = now() + dt.timedelta(minutes=5)
    failed = Job.objects.create(kind="test.note", attempts=3, run_at=at, last_error="ConnectionRefusedError: smtp")
    page = desk().get(URL, {"trang-thai": "retry"})
    assert (list(page.context["page"]), page.context["retrying"]) == ([failed], 1)
    assert [word in page.content.decode() for word in ("ConnectionRefusedError: smtp", _("Next try"))] == [True] * 2


def test_the_page_says_since_when_the_oldest_job_waits() -> None:
    assert _("No job is late.") in desk().get(URL).content.decode()
    at = now() - dt.timedelta(days=1)
    Job.objects.create(kind="test.note", run_at=at)
    said = _("The oldest job that waits was due at %(time)s.") % {"time": vn_time(at)}
    assert said in desk().get(URL).content.decode()


def test_an_unknown_tab_is_the_first() -> None:
    assert desk().get(URL, {"trang-thai": "khong-co"}).context["state"] == "dead"


def test_a_dead_job_runs_again(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, Any]] = []
    monkeypatch.setitem(registry._handlers, "test.note", seen.append)
    job, admin = dead(n=1), make_admin()
    answer = desk(admin).post(url_of(job), {"decision": "retry"})
    assert (answer["Location"], told(answer)) == (URL, [_("The job runs again within seconds.")])
    assert worker.run_all() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, seen) == ("done", 1, [{"n": 1}])
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor_id, event.object_id, event.before, event.after) == (
        "job.retry",
        admin.pk,
        str(job.pk),
        {"state": "dead"},
        {"state": "ready"},
    )


def test_a_dead_job_is_laid_aside() -> None:
    job, admin = dead(), make_admin()
    assert told(desk(admin).post(url_of(job), {"decision": "discard"})) == [_("The job is laid aside.")]
    assert worker.run_all() == 0
    job.refresh_from_db()
    assert job.state == "discarded"
    assert list(AuditEvent.objects.values_list("verb", "actor_id")) == [("job.discard", admin.pk)]


@pytest.mark.parametrize("first", ["retry", "discard"])
@pytest.mark.parametrize("then", ["retry", "discard"])
def test_who_decides_second_is_told_and_changes_nothing(first: str, then: str) -> None:
    job = dead()
    desk().post(url_of(job), {"decision": first})
    state = Job.objects.get().state
    answer = desk(second_admin()).post(url_of(job), {"decision": then})
    assert told(answer) == [_(MEANWHILE)]
    assert (Job.objects.get().state, AuditEvent.objects.count()) == (state, 1)


def test_neither_an_unknown_job_nor_an_unknown_decision_does_anything() -> None:
    job = dead()
    assert desk().post(url_of(job), {"decision": "burn"}).status_code == 404
    assert desk().post(reverse("backoffice:job", args=[uuid.uuid4()]), {"decision": "retry"}).status_code == 404
    assert (Job.objects.get().state, AuditEvent.objects.count()) == ("dead", 0)
