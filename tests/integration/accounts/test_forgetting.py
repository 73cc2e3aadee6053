"""What is forgotten after a month."""

import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt

from apps.accounts.services import forget_sign_ins
from apps.kernel.clock import now
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def failed(email: str, days_ago: int) -> None:
    """A wrong password so many days ago."""
    row = AccessAttempt.objects.create(
        username=email, ip_address="10.0.0.1", user_agent="Firefox", failures_since_start=1
    )
    AccessAttempt.objects.filter(pk=row.pk).update(attempt_time=now() - dt.timedelta(days=days_ago))


def test_old_failures_and_places_of_sessions_that_are_over_go() -> None:
    person = make_user()
    failed("a@example.test", 31)
    failed("b@example.test", 29)
    for days_ago in (31, 29):
        UserSession.objects.create(
            user=person,
            ip="10.0.0.1",
            user_agent="Firefox",
            session_key=f"{days_ago}",
            last_seen_at=now() - dt.timedelta(days=days_ago),
        )
    assert forget_sign_ins(before=now() - dt.timedelta(days=30)) == 2
    assert [row.username for row in AccessAttempt.objects.all()] == ["b@example.test"]
    assert [row.session_key for row in UserSession.objects.all()] == ["29"]
