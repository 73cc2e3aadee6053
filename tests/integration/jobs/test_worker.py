"""The outbox: jobs commit with their transaction, survive dying workers and end dead when hopeless."""

import datetime as dt
import threading
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, OperationalError, connection, transaction

from apps.accounts.models import User
from apps.jobs import insist, loop, registry, selectors, services, worker
from apps.jobs.management.commands import worker as command
from apps.jobs.models import AuditEvent, Job, JobState
from apps.jobs.transitions import IllegalTransition, transition
from apps.kernel.actor import Actor

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Handlers `test.note` (remembers its args) and `test.fail` (always raises), registered for one test."""
    seen: list[dict[str, Any]] = []

    def fail(args: dict[str, Any]) -> None:
        seen.append(args)
        raise RuntimeError("no luck")

    monkeypatch.setitem(registry._handlers, "test.note", seen.append)
    monkeypatch.setitem(registry._handlers, "test.fail", fail)
    return seen


def test_job_runs_once_and_is_done(ran: list[dict[str, Any]]) -> None:
    job = services.enqueue("test.note", {"n": 1})
    assert worker.run_all() == 1
    assert worker.run_all() == 0
    assert ran == [{"n": 1}]
    assert job is not None
    job.refresh_from_db()
    assert (job.state, job.attempts, job.lease_until) == (JobState.DONE, 1, None)


def test_job_of_a_rolled_back_transaction_does_not_exist(ran: list[dict[str, Any]]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.enqueue("test.note", {"n": 1})
        _ = 1 // 0
    assert worker.run_all() == 0
    assert ran == []


def test_dedupe_key_admits_one_job() -> None:
    first = services.enqueue("test.note", dedupe_key="mail:1")
    assert services.enqueue("test.note", dedupe_key="mail:1") is None
    assert [job.pk for job in Job.objects.all()] == [first.pk if first else None]


def test_failing_job_backs_off_then_dies_and_can_be_retried(ran: list[dict[str, Any]]) -> None:
    job = services.enqueue("test.fail", {"n": 2})
    assert job is not None
    with time_machine.travel(START, tick=False) as clock:
        Job.objects.update(run_at=START)
        for attempt in range(1, worker.MAX_ATTEMPTS + 1):
            assert worker.run_all() == 1
            job.refresh_from_db()
            assert job.attempts == attempt
            clock.shift(worker.LONGEST_BACKOFF)
        assert job.state == JobState.DEAD
        assert "no luck" in job.last_error
        assert worker.run_all() == 0
        services.retry(job=job, actor=Actor.system())
        assert worker.run_all() == 1
    assert ran == [{"n": 2}] * (worker.MAX_ATTEMPTS + 1)
    assert list(AuditEvent.objects.values_list("verb", flat=True)) == ["job.retry"]


def test_discarded_job_never_runs(ran: list[dict[str, Any]]) -> None:
    job = services.enqueue("test.note")
    assert job is not None
    Job.objects.update(state=JobState.DEAD)
    services.discard(job=job, actor=Actor.system())
    assert worker.run_all() == 0
    assert selectors.counts() == {"ready": 0, "running": 0, "done": 0, "dead": 0, "discarded": 1}


def test_lease_of_a_dead_worker_returns(ran: list[dict[str, Any]]) -> None:
    with time_machine.travel(START, tick=False) as clock:
        services.enqueue("test.note", {"n": 3})
        assert worker.claim() is not None  # and the worker dies here
        assert worker.run_one() is False
        clock.shift(worker.LEASE + dt.timedelta(seconds=1))
        assert worker.run_one() is True
    assert ran == [{"n": 3}]
    assert (Job.objects.get().attempts, Job.objects.get().losses) == (2, 1)


def test_a_job_that_takes_its_worker_down_each_time_is_laid_aside(ran: list[dict[str, Any]]) -> None:
    with time_machine.travel(START, tick=False) as clock:
        services.enqueue("test.note")
        for _ in range(worker.MAX_LOSSES):
            assert worker.claim() is not None
            clock.shift(worker.LEASE + dt.timedelta(seconds=1))
            worker.return_expired_leases()
    job = Job.objects.get()
    assert (job.state, job.losses, job.last_error) == ("dead", worker.MAX_LOSSES, "the worker died each time")


def test_worker_that_lost_its_lease_cannot_close_the_job(ran: list[dict[str, Any]]) -> None:
    services.enqueue("test.note", {"n": 4})
    slow = worker.claim()
    assert slow is not None
    Job.objects.update(attempts=2)  # somebody else took the job over
    worker.execute(slow)
    assert Job.objects.get().state == JobState.RUNNING


def test_job_of_the_future_waits(ran: list[dict[str, Any]]) -> None:
    with time_machine.travel(START, tick=False) as clock:
        services.enqueue("test.note", run_at=START + dt.timedelta(minutes=5))
        assert worker.run_one() is False
        assert selectors.lag() == dt.timedelta()
        clock.shift(dt.timedelta(minutes=6))
        assert selectors.lag() == dt.timedelta(minutes=1)
        assert worker.run_one() is True


def test_unknown_kind_fails_like_any_job() -> None:
    services.enqueue("test.nobody")
    assert worker.run_one() is True
    assert "KeyError" in Job.objects.get().last_error


def test_audit_events_cannot_be_changed_or_deleted() -> None:
    person = User.objects.create_user("admin@example.com")
    services.record(actor=Actor.person(person.pk), verb="test.done", obj=person, reason="because")
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.update(verb="test.other")
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.all().delete()
    assert list(AuditEvent.objects.values_list("verb", "reason", "actor_id")) == [("test.done", "because", person.pk)]


def test_transition_checks_its_table_and_audits() -> None:
    job = Job.objects.create(kind="test.note")
    table = {"ready": frozenset({"dead"}), "dead": frozenset[str]()}
    fresh = transition(job, "dead", table=table, actor=Actor.system(), reason="broken", last_error="x")
    assert (fresh.state, fresh.last_error) == ("dead", "x")
    with pytest.raises(IllegalTransition):
        transition(job, "dead", table=table, actor=Actor.system())
    event = AuditEvent.objects.get()
    assert (event.verb, event.before, event.after, event.reason) == (
        "job.dead",
        {"state": "ready"},
        {"state": "dead"},
        "broken",
    )


def test_a_job_is_given_up_after_about_a_day() -> None:
    waits = [worker.backoff(attempt) for attempt in range(1, worker.MAX_ATTEMPTS)]
    assert max(waits) <= worker.LONGEST_BACKOFF
    assert dt.timedelta(hours=18) < sum(waits, dt.timedelta()) < dt.timedelta(hours=30)


class Away:
    """A database that fails the first so many statements that contain some words."""

    def __init__(self, words: str, times: int) -> None:
        self.words, self.left = words, times

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if self.words in sql and self.left > 0:
            self.left -= 1
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)


@pytest.mark.django_db(transaction=True)
def test_the_end_of_a_job_is_written_again_and_the_job_runs_once(
    ran: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(insist, "SETTLE_WAITS", (0, 0))
    services.enqueue("test.note", {"n": 5})
    job = worker.claim()
    assert job is not None
    with connection.execute_wrapper(Away("UPDATE", 2)):
        worker.execute(job)
    assert (ran, Job.objects.get().state) == ([{"n": 5}], JobState.DONE)


@pytest.mark.django_db(transaction=True)
def test_the_worker_survives_a_database_that_fails(ran: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "FIRST_PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(registry, "_periods", {})
    services.enqueue("test.note", {"n": 6})
    stop = threading.Event()
    monkeypatch.setitem(registry._handlers, "test.note", lambda args: (ran.append(args), stop.set()))
    with connection.execute_wrapper(Away("jobs_job", 3)):
        command.serve(stop)
    assert (ran, Job.objects.get().state) == ([{"n": 6}], JobState.DONE)
