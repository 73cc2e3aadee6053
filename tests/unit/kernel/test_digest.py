"""Short names of data."""

from apps.kernel.digest import digest


def test_the_same_data_have_one_name_and_others_another() -> None:
    assert digest("a", [1, 2]) == digest("a", [1, 2])
    assert len({digest("a", [1, 2]), digest("a", [1, 3]), digest("a1", [2]), digest()}) == 4
