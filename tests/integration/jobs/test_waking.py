"""Calls to the broker: after the commit only, one for a transaction, and only for what is due."""

import ast
import datetime as dt
from typing import Any

import pytest
from django.db import transaction

from apps.jobs import services
from apps.jobs.models import Job
from apps.jobs.waking import Bell
from apps.kernel.clock import now
from tools import sizes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def calls(settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many jobs were there at each call."""
    heard: list[int] = []
    settings.BROKER_URL = "redis://127.0.0.1/0"
    monkeypatch.setattr(Bell, "ring", lambda bell: heard.append(Job.objects.count()))
    return heard


def test_one_call_after_the_commit(calls: list[int]) -> None:
    with transaction.atomic():
        services.enqueue("test.a")
        services.enqueue("test.b", dedupe_key="b")
        assert calls == []
    assert calls == [2]


def test_no_call_for_what_is_not_due(calls: list[int]) -> None:
    services.enqueue("test.later", run_at=now() + dt.timedelta(minutes=1))
    services.enqueue("test.b", dedupe_key="b")
    services.enqueue("test.b", dedupe_key="b")
    assert calls == [2]


def test_no_call_without_commit_or_without_a_broker(calls: list[int], settings: Any) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.enqueue("test.a")
        _ = 1 // 0
    settings.BROKER_URL = ""
    services.enqueue("test.a")
    assert calls == []


def _waiting_calls(source: str) -> list[str]:
    """Arguments by which a task would wait in the broker."""
    names = (
        keyword.arg for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) for keyword in node.keywords
    )
    return [name for name in names if name in ("eta", "countdown")]


def test_nothing_waits_in_the_broker() -> None:
    """What is due later is a row with `run_at`: Redis would hand a waiting message out again and again."""
    found = {str(path): _waiting_calls(path.read_text("utf-8")) for path in sizes.sources()}
    assert [path for path, names in found.items() if names] == []
    assert _waiting_calls("task.apply_async(countdown=5)") == ["countdown"]
