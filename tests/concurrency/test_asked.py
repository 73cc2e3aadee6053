"""Several processes write counts of the same searches: none is lost, and nobody waits for the other for ever."""

import pytest

from apps.kernel.clock import today
from search.models import Asked
from search.tally import Counts, Key, Tally
from tests.concurrency.racing import race, tally

pytestmark = pytest.mark.usefixtures("shared_database")

WRITERS, ROUNDS, QUERIES = 4, 10, 40


def test_counts_of_several_writers_are_exact() -> None:
    def writer(number: int) -> None:
        own = Tally()
        # Each begins elsewhere: rows that two writers lock in another order each would be a deadlock.
        queries = [f"q{(number * 7 + place) % QUERIES:02}" for place in range(QUERIES)]
        for _ in range(ROUNDS):
            for query in queries:
                own.add(Key(today(), query, ""), Counts(times=1, seen=2))
            own.flush()

    outcomes = race([lambda number=number: writer(number) for number in range(WRITERS)])
    assert tally(outcomes) == {"done": WRITERS}
    assert set(Asked.objects.values_list("day", "times", "seen")) == {(today(), WRITERS * ROUNDS, 2 * WRITERS * ROUNDS)}
    assert Asked.objects.count() == QUERIES


def test_one_tally_written_by_two_threads_at_once() -> None:
    own = Tally()
    for _ in range(ROUNDS):
        own.add(Key(today(), "mat ong", ""), Counts(times=1))
    outcomes = race([own.flush, own.flush, lambda: own.add(Key(today(), "mat ong", ""), Counts(times=1))])
    own.flush()
    assert tally(outcomes) == {"done": 3}
    assert Asked.objects.get().times == ROUNDS + 1
