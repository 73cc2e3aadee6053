"""The strictest reading of the words that finds something wins."""

import pytest

from search.words import rank, strictest

TITLES = ["Chả mực giã tay", "Cha lụa", "Trà hoa vàng", "Trang sức ngọc trai"]


def found(q: str) -> list[str]:
    from apps.kernel.vietnamese import fold

    return strictest(TITLES, q, accented=lambda t: t, folded=fold, anyway=lambda t: False)


@pytest.mark.parametrize(
    ("q", "titles"),
    [
        ("chả", ["Chả mực giã tay"]),
        ("cha", ["Chả mực giã tay", "Cha lụa"]),
        ("tra", ["Trà hoa vàng"]),
        ("tran", ["Trang sức ngọc trai"]),
        ("rai", ["Trang sức ngọc trai"]),
        ("vàng trà", ["Trà hoa vàng"]),
        ("thuyền", []),
    ],
)
def test_accents_whole_words_beginnings_parts(q: str, titles: list[str]) -> None:
    assert found(q) == titles


def test_titles_that_begin_with_the_words_come_first() -> None:
    assert [rank("tra hoa", title) for title in ("Trà hoa vàng", "Hộp trà hoa", "Hoa và trà", "Bánh")] == [0, 1, 2, 3]
