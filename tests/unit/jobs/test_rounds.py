"""What goes on beside the jobs is tried again after whatever went wrong."""

import threading

import pytest

from apps.jobs import loop
from apps.jobs.registry import NotNow


# A round lets go of its connection when it ends.
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("problem", "level", "told"),
    [
        (NotNow("the server is away"), "WARNING", "a round: the server is away; again in 0.01 s"),
        (ValueError("a bug"), "ERROR", "a round failed; again in 0.01 s"),
    ],
)
def test_a_round_that_fails_is_tried_again(
    problem: Exception, level: str, told: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(loop, "NOT_NOW_SECONDS", 0.01)
    monkeypatch.setattr(loop, "LONGEST_PAUSE_SECONDS", 0.01)
    stop, tries = threading.Event(), list[int]()

    def step() -> bool:
        tries.append(1)
        if len(tries) == 1:
            raise problem
        stop.set()
        return False

    loop._round("a round", step, stop, 0.01)
    assert len(tries) == 2
    assert [(record.levelname, record.message) for record in caplog.records] == [(level, told)]
    assert (caplog.records[0].exc_info is None) == isinstance(problem, NotNow)
