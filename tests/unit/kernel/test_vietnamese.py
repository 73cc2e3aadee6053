"""Vietnamese text: two spellings of one word are equal, folding loses every mark, sorting follows the dictionary."""

import random
import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.kernel.vietnamese import canonical_tones, collation_key, fold, name_key, nfc, slugify

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
vietnamese = st.text(LETTERS + LETTERS.upper() + " -'0123456789.")

# The fifteen pairs whose spelling differs between schools and keyboards: new placement, traditional placement.
PAIRS = [
    *zip(["oà", "oá", "oả", "oã", "oạ"], ["òa", "óa", "ỏa", "õa", "ọa"], strict=True),
    *zip(["oè", "oé", "oẻ", "oẽ", "oẹ"], ["òe", "óe", "ỏe", "õe", "ọe"], strict=True),
    *zip(["uỳ", "uý", "uỷ", "uỹ", "uỵ"], ["ùy", "úy", "ủy", "ũy", "ụy"], strict=True),
]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("new", "traditional"), PAIRS)
def test_both_tone_placements_become_the_traditional_one(
    new: str, traditional: str, form: Literal["NFC", "NFD"]
) -> None:
    for initial in ("", "h", "th", "ng", "kh"):
        for spelling in (initial + new, initial + traditional):
            assert canonical_tones(unicodedata.normalize(form, spelling)) == initial + traditional
            assert canonical_tones(unicodedata.normalize(form, spelling.upper())) == (initial + traditional).upper()


@pytest.mark.parametrize(
    "text",
    [
        "quý quả quà Quý QUỲNH quốc quyển giá giả gì giếng giặt",
        "hoàn Hoàng hoạch toán loét huýt thuyền nguyễn ngoài xoáy khuỷu ngoèo",
        "của lúa mía núi líu kéo tàu sào thuở Huế người tưới chuối yến rượu cửu",
        "café résumé Krông Búk Ea H'leo Đắk Lắk Zürich naïve",
        "Thanh Hóa, Hòa Bình; Thủy Nguyên (Hải Phòng) 2.000₫",
    ],
)
def test_text_in_order_is_left_alone(text: str) -> None:
    assert canonical_tones(text) == text


@pytest.mark.parametrize(
    ("slip", "word"), [("qúy", "quý"), ("gía", "giá"), ("ngòai", "ngoài"), ("tòan", "toàn"), ("thủơ", "thuở")]
)
def test_a_slip_of_the_keyboard_is_mended(slip: str, word: str) -> None:
    assert canonical_tones(slip) == word


@given(vietnamese | st.text())
def test_one_placement_is_final(text: str) -> None:
    once = canonical_tones(text)
    assert canonical_tones(once) == once == nfc(once)
    assert canonical_tones(unicodedata.normalize("NFD", text)) == once


@given(vietnamese | st.text())
def test_placing_tones_changes_no_letter(text: str) -> None:
    assert fold(canonical_tones(text)) == fold(text)


@given(vietnamese)
def test_folded_vietnamese_is_plain_ascii(text: str) -> None:
    folded = fold(text)
    assert (folded.isascii(), folded, folded.split(" ")) == (True, folded.lower(), folded.split() or [""])


@given(vietnamese | st.text())
def test_folding_is_final_and_does_not_mind_composition(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


def test_folding_an_example() -> None:
    assert fold("  Chả  mực HẠ LONG, Đặc\u00a0sản ") == "cha muc ha long, dac san"


@given(vietnamese | st.text())
def test_a_slug_is_safe_in_an_address_and_final(text: str) -> None:
    slug = slugify(text)
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert (slugify(slug), "--" in slug, slug.strip("-")) == (slug, False, slug)


@pytest.mark.parametrize(
    ("text", "slug"),
    [("Quảng Ninh", "quang-ninh"), ("Bà Rịa - Vũng Tàu", "ba-ria-vung-tau"), ("Đặc sản 5★", "dac-san-5"), ("!", "")],
)
def test_slugs_of_names(text: str, slug: str) -> None:
    assert slugify(text, allow_unicode=False) == slug


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Hiệp Hoà", "hiệp  hòa", True),
        ("Thuỷ Nguyên", "THỦY NGUYÊN", True),
        ("Ba Đình", unicodedata.normalize("NFD", "ba đình"), True),
        ("Bình Đa", "Bình Đà", False),
        ("dứa", "dừa", False),
    ],
)
def test_names_are_the_same_but_for_spelling(one: str, other: str, same: bool) -> None:
    assert (name_key(one) == name_key(other)) is same


@given(vietnamese)
def test_the_key_of_a_name_is_its_own_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


IN_ORDER = [
    ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "h", "i", "k", "l", "m", "n", "o", "ô", "ơ", "p", "u", "ư", "v"],
    ["ma", "mà", "mả", "mã", "má", "mạ", "mă", "mắ", "mặ", "mâ", "mẩ"],
    ["An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Điện Biên", "Đồng Nai", "Gia Lai"],
    ["da", "đa", "e"],
    ["Phường 2", "Phường 3", "Phường An"],
    ["ba con", "bà con", "ba mẹ"],
    ["", " ", "(", "1", "A", "a", "z", "ж"],
]


@pytest.mark.parametrize("ordered", IN_ORDER)
def test_sorting_follows_the_vietnamese_alphabet(ordered: list[str]) -> None:
    for seed in range(5):
        shuffled = random.Random(seed).sample(ordered, len(ordered))
        assert sorted(shuffled, key=collation_key) == ordered


@given(st.lists(vietnamese, max_size=8))
def test_sorting_does_not_depend_on_where_one_starts(texts: list[str]) -> None:
    backwards = list(reversed(texts))
    assert sorted(texts, key=collation_key) == sorted(backwards, key=collation_key)


@given(vietnamese, vietnamese)
def test_only_equal_texts_share_a_place(one: str, other: str) -> None:
    assert (collation_key(one) == collation_key(other)) == (one == other)
