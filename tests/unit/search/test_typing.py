"""Telex and VNI keys that nobody put together, and everything that only looks so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.kernel.vietnamese import fold
from search.syllables import is_syllable, may_be_syllable
from search.understanding import decode_typing

SYLLABLES = "chả mực nước gì giếng quý quyến khuya nghệ kẹo ghẹ ngô yến đường xoong oản ít"
OTHERS = "tea rice cảt càc kà gế ngề ngha mực1 ệ̀ fa str"


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("char muwcj", "chả mực"),
        ("CHAR MUWCJ", "chả mực"),
        ("chả muwcj", "chả mực"),
        ("nuwowcs mawsm", "nước mắm"),
        ("nuocws mawms", "nước mắm"),
        ("dduwowngf theer", "đường thể"),
        ("duongwfd", "đường"),
        ("caf phee", "cà phê"),
        ("caphee", None),
        ("tra shan tuyeets", "tra shan tuyết"),
        ("gaoj st25 5kg", "gạo st25 5kg"),
        ("quar cam", "quả cam"),
        ("quys", "quý"),
        ("gif", "gì"),
        ("gieengs", "giếng"),
        ("hoawcj", "hoặc"),
        ("muwa", "mưa"),
        ("muaw", "mưa"),
        ("thuyr", "thủy"),
        ("khoer", "khỏe"),
        ("banhs test", "bánh tét"),
        ("cha3 mu7c5", "chả mực"),
        ("nu7o7c1 ma8m1", "nước mắm"),
        ("nuoc71 mam81", "nước mắm"),
        ("d9u7o7ng2", "đường"),
        ("ca2 phe6", "cà phê"),
    ],
)
def test_keys_become_syllables(keys: str, words: str | None) -> None:
    assert decode_typing(keys) == words


@pytest.mark.parametrize(
    "q",
    [
        "",
        "chả mực",
        "cha muc",
        "tea",
        "test",
        "beef",
        "dried beef",
        "fish sauce",
        "chocolate bar",
        "for the best car",
        "coffee",
        "squid cakes",
        "from vietnam",
        "st25",
        "sâm k5",
        "500g",
        "2 kg",
        "cart",
        "9a9",
        "????",
        "ss ff",
    ],
)
def test_what_is_no_such_typing_is_left_alone(q: str) -> None:
    assert decode_typing(q) is None


@given(st.text(max_size=60) | st.text(alphabet="aeoudwsfrxj123456789 chngt", max_size=30))
def test_whatever_is_decoded_is_well_formed(q: str) -> None:
    decoded = decode_typing(q)
    for before, word in zip(q.lower().split(), (decoded or "").split(), strict=False):
        assert word == before or is_syllable(word) or not before.isascii()


@pytest.mark.parametrize("word", SYLLABLES.split())
def test_a_syllable(word: str) -> None:
    assert is_syllable(word)
    assert may_be_syllable(fold(word))


@pytest.mark.parametrize("word", ["", *OTHERS.split()])
def test_no_syllable(word: str) -> None:
    assert not is_syllable(word)
