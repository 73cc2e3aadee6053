"""Which names have what was typed so far, and which of them come first."""

import pytest

from search.suggesting.row import Begun, Name


@pytest.mark.parametrize(
    ("typed", "name", "has"),
    [
        ("cha m", "Chả mực Hạ Long", True),
        ("ha lo", "Chả mực Hạ Long", True),
        ("long ch", "Chả mực Hạ Long", True),
        ("CHẢ MỰC", "chả mực", True),
        ("hạ long.", "Hạ Long", True),
        ("ch m", "Chả mực Hạ Long", False),  # only the last word may go on
        ("uc", "Chả mực Hạ Long", False),
        ("dong", "Đồng Tháp", True),
    ],
)
def test_whole_words_and_the_beginning_of_the_last(typed: str, name: str, has: bool) -> None:
    assert Begun.of(typed).begins(Name.of(name)) is has


@pytest.mark.parametrize(
    ("typed", "ordered"),
    [
        ("tra", ["Trà", "Trà hoa vàng", "Bánh tráng"]),
        ("ha long", ["Hạ Long", "Hạ Long xanh", "Chả Hạ Long", "Long Hạ"]),
        ("dứa", ["Dứa", "Kẹo dứa", "Dưa", "Kẹo dừa"]),  # the accents that were typed count before all else
        ("dưa", ["Dưa", "Dưa lưới", "Dứa", "Dừa sáp", "Dua"]),  # what was not typed may still come
        ("chả mư", ["Chả mưa", "Chả mực", "Bánh chả mực", "Chà mực"]),
        ("đông", ["Đông Triều", "Đồng Tháp", "Biển Đồng", "Dong"]),
    ],
)
def test_the_order(typed: str, ordered: list[str]) -> None:
    begun = Begun.of(typed)
    backwards = ordered[::-1]
    assert sorted(backwards, key=lambda name: begun.fit(Name.of(name))) == ordered
