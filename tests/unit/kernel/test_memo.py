"""Kept answers."""

from apps.kernel.memo import forget_all, kept_for


def test_an_answer_is_kept_per_argument_until_it_is_forgotten() -> None:
    asked = []

    @kept_for(60)
    def answer(number: int) -> int:
        asked.append(number)
        return number * 2

    assert [answer(1), answer(1), answer(2)] == [2, 2, 4]
    assert asked == [1, 2]
    forget_all()
    assert answer(1) == 2
    assert asked == [1, 2, 1]


def test_an_old_answer_is_asked_again() -> None:
    asked = []

    @kept_for(0)
    def answer() -> int:
        asked.append(1)
        return len(asked)

    assert [answer(), answer()] == [1, 2]


def test_no_more_answers_are_kept_than_agreed() -> None:
    asked = []

    @kept_for(60, most=2)
    def answer(number: int) -> int:
        asked.append(number)
        return number

    assert [answer(number) for number in (1, 2, 3, 1)] == [1, 2, 3, 1]
    assert asked == [1, 2, 3, 1]
