"""A transaction that PostgreSQL gave up is run again, three times at most."""

import pytest
from django.db import OperationalError

from apps.purchase.retries import retrying


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
