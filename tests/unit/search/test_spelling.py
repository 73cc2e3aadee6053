"""Words respelt as a shop spells them, its accents and neighbours deciding between those that are near."""

import pytest

from search.spelling import Vocabulary, respelt

KNOWN = Vocabulary.of(
    [
        *["Chả mực giã tay Hạ Long"] * 500,
        *["Nước mắm Phú Quốc"] * 400,
        "Mứt gừng Huế",
        "Mứt dâu tây",
        "Chả cá Nha Trang",
        "Vải thiều Lục Ngạn",
        "Quảng Ninh",
        "Dứa Đồng Giao",
        "Dưa lưới",
        "Hội An",
        "strawberry jam",
    ]
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cha muuc", "chả mực"),  # a letter too many
        ("cah muc", "chả mực"),  # swapped
        ("ch mực", "ch mực"),  # too short to say
        ("chả mưcj", "chả mực"),  # half typed
        ("chã mực", "chả mực"),  # another accent
        ("cha mut", "chả mực"),  # a word that is right elsewhere
        ("mut gung", "mứt gừng"),
        ("chamuc", "chả mực"),  # no blank
        ("nuoc mawm phu quoc", "nước mắm phú quốc"),
        ("cha muc quang nimh", "chả mực quảng ninh"),
        ("strawbrey jam", "strawberry jam"),
        ("strabery jam", "strawberry jam"),  # two letters of a long word
        ("dứa", "dứa"),
        ("dưa", "dưa"),
        ("hơi", "hơi"),  # three accents away from `hội`
        ("st25 500g", "st25 500g"),
        ("zzzz qqqq", "zzzz qqqq"),
        ("", ""),
    ],
)
def test_what_was_meant(typed: str, meant: str) -> None:
    assert " ".join(respelt(typed.split(), KNOWN)) == meant


def test_of_a_long_query_the_end_stays_as_it_is() -> None:
    typed = ["muuc"] * 14
    assert respelt(typed, KNOWN)[12:] == ["muuc", "muuc"]
    assert "muuc" not in respelt(typed, KNOWN)[:12]
