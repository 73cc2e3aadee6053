"""Duties that come again: one job for each slot, whoever writes it, and what the duties forget."""

import datetime as dt

import pytest
import time_machine
from django.contrib.sessions.models import Session

from apps.jobs import registry, services, worker
from apps.jobs.management.commands import scheduler as command
from apps.jobs.models import Job, JobState
from apps.jobs.registry import handler_of, schedules
from apps.jobs.schedules import Scheduler, slot_of
from apps.kernel.clock import VIETNAM, now

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def hourly(monkeypatch: pytest.MonkeyPatch) -> list[dt.datetime]:
    """When the only duty, due once an hour, was done."""
    done: list[dt.datetime] = []
    monkeypatch.setattr(registry, "_periods", {"test.hourly": HOUR})
    monkeypatch.setitem(registry._handlers, "test.hourly", lambda args: done.append(now()))
    return done


def test_any_number_of_schedulers_writes_one_job_for_each_slot(hourly: list[dt.datetime]) -> None:
    with time_machine.travel(START, tick=False) as clock:
        first, second = Scheduler(), Scheduler()
        assert [first.tick(), second.tick(), first.tick(), Scheduler().tick()] == [1, 0, 0, 0]
        clock.shift(HOUR)
        assert [second.tick(), first.tick()] == [1, 0]
        assert worker.run_all() == 2
    assert list(Job.objects.order_by("created_at").values_list("dedupe_key", flat=True)) == [
        "test.hourly:2026-11-23T08:00:00Z",
        "test.hourly:2026-11-23T09:00:00Z",
    ]


def test_slots_that_were_missed_are_made_up_for_once(hourly: list[dt.datetime]) -> None:
    with time_machine.travel(START, tick=False) as clock:
        Scheduler().tick()
        worker.run_all()
        clock.shift(5 * HOUR)
        Scheduler().tick()
        worker.run_all()
    assert hourly == [START, START + 5 * HOUR]


def test_days_begin_at_three_at_night() -> None:
    three = dt.datetime(2026, 11, 24, 3, tzinfo=VIETNAM)
    day, second = dt.timedelta(days=1), dt.timedelta(seconds=1)
    assert [slot_of(three - second, day), slot_of(three, day)] == [three - day, three]


def test_every_duty_has_a_handler_that_runs() -> None:
    duties = ["basket.clear_old", "jobs.purge", "notifications.purge", "payouts.ask", "payouts.prepare"]
    duties += ["search.plan_looks", "search.purge_asked", "sessions.clear", "sign_ins.forget", "stock.look"]
    duties += ["stripe.accounts", "stripe.reconcile", "stripe.sweep"]
    assert sorted(schedules()) == duties
    Session.objects.create(session_key="old", session_data="", expire_date=START)
    for kind in schedules():
        handler_of(kind)({})
    assert Session.objects.count() == 0


def test_the_scheduler_returns_leases_and_executes_what_nobody_else_does(
    hourly: list[dt.datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    with time_machine.travel(START, tick=False) as clock:
        services.enqueue("test.hourly")
        assert command.sweep() is False
        worker.claim()  # and the worker dies here
        clock.shift(worker.LEASE + dt.timedelta(seconds=1))
        monkeypatch.setattr(command, "RESCUE_SECONDS", 60)
        command.sweep()
    assert (len(hourly), Job.objects.get().state) == (1, JobState.DONE)


def ended(days: int, **values: object) -> str:
    """The id of a job that ended so many days ago."""
    given = {"kind": "test.note", "state": JobState.DONE, "finished_at": now() - dt.timedelta(days=days)}
    return str(Job.objects.create(**given | values).pk)


def test_old_jobs_are_forgotten_and_keys_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "PURGE_BATCH", 2)
    for number in range(3):
        ended(31)
        ended(31, kind="jobs.purge", dedupe_key=f"jobs.purge:{number}")
    ended(40, state=JobState.DISCARDED)
    kept = {
        ended(29),
        ended(400, dedupe_key="mail:order:7"),
        ended(31, state=JobState.DEAD),
        ended(31, state=JobState.READY, attempts=1),
    }
    assert services.purge() == 7
    assert {str(pk) for pk in Job.objects.values_list("pk", flat=True)} == kept
    assert services.enqueue("test.note", dedupe_key="mail:order:7") is None
