"""Who acts, what time it is, and how an error speaks."""

import datetime as dt

import pytest
import time_machine

from apps.kernel.actor import Actor, ActorKind
from apps.kernel.clock import now, today
from apps.kernel.errors import DomainError


def test_the_constructors_name_the_kind() -> None:
    assert Actor.person(7, vendor_id=3) == Actor(ActorKind.PERSON, 7, 3)
    assert [Actor.guest().kind, Actor.system().kind, Actor.provider().kind] == ["guest", "system", "provider"]


@pytest.mark.parametrize(("kind", "user_id"), [(ActorKind.PERSON, None), (ActorKind.GUEST, 1), (ActorKind.SYSTEM, 1)])
def test_only_a_person_has_a_user(kind: ActorKind, user_id: int | None) -> None:
    with pytest.raises(ValueError, match="user id"):
        Actor(kind, user_id)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (dt.datetime(2026, 11, 23, 16, 59, 59, tzinfo=dt.UTC), dt.date(2026, 11, 23)),
        (dt.datetime(2026, 11, 23, 17, 0, 0, tzinfo=dt.UTC), dt.date(2026, 11, 24)),
    ],
)
def test_the_day_begins_at_midnight_in_vietnam(moment: dt.datetime, day: dt.date) -> None:
    with time_machine.travel(moment, tick=False):
        assert (now(), now().tzinfo, today()) == (moment, dt.UTC, day)


class _Lazy:
    def __str__(self) -> str:
        return "hết hàng"


class _OutOfStock(DomainError):
    default_message = _Lazy()


def test_an_error_says_its_message_only_when_asked() -> None:
    assert [str(_OutOfStock()), str(DomainError("no")), str(_OutOfStock(_Lazy()))] == ["hết hàng", "no", "hết hàng"]
