"""A transaction that PostgreSQL gave up is run again, three times at most."""

import pytest
from django.db import OperationalError

from apps.purchase.retries import is_away, is_busy, retrying


class Database(Exception):
    """What psycopg raises below Django's error."""

    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


class Checkout:
    """Fails so many times before it succeeds."""

    def __init__(self, failures: int, sqlstate: str) -> None:
        self.calls, self.failures, self.sqlstate = 0, failures, sqlstate

    @retrying
    def submit(self) -> str:
        self.calls += 1
        if self.calls <= self.failures:
            raise OperationalError from Database(self.sqlstate)
        return "ordered"


@pytest.mark.parametrize("sqlstate", ["40001", "40P01"])
def test_three_retries(sqlstate: str) -> None:
    checkout = Checkout(3, sqlstate)

    assert (checkout.submit(), checkout.calls) == ("ordered", 4)


def test_then_it_is_given_up() -> None:
    checkout = Checkout(4, "40P01")

    with pytest.raises(OperationalError):
        checkout.submit()
    assert checkout.calls == 4


def test_other_errors_are_not_repeated() -> None:
    checkout = Checkout(1, "53300")

    with pytest.raises(OperationalError):
        checkout.submit()
    assert checkout.calls == 1


@pytest.mark.parametrize(("failures", "calls", "ordered"), [(1, 2, True), (2, 2, False)])
def test_a_lock_that_was_not_had_is_tried_once_more(failures: int, calls: int, ordered: bool) -> None:
    checkout = Checkout(failures, "55P03")
    try:
        done = checkout.submit() == "ordered"
    except OperationalError:
        done = False

    assert (done, checkout.calls) == (ordered, calls)


@pytest.mark.parametrize(
    ("sqlstate", "busy"), [("55P03", True), ("40P01", True), ("57014", True), ("53300", False), ("08006", False)]
)
def test_what_passes_by_itself_is_busy(sqlstate: str, busy: bool) -> None:
    error = OperationalError()
    error.__cause__ = Database(sqlstate)

    assert is_busy(error) is busy
    assert is_away(error) is (sqlstate in ("53300", "08006"))
    assert is_busy(error.__cause__) is False
